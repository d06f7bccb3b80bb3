package dev.weft.ipam;

import java.math.BigInteger;

/// How full a range set is.
///
/// @param rangeSet its number, as in the name of `last_reserved_ip.0`
/// @param ranges its ranges, "10.1.0.1-10.1.0.254"
/// @param capacity how many addresses it can give away
/// @param taken how many it has given away
public record PoolLevel(int rangeSet, String ranges, BigInteger capacity, BigInteger taken) {

    /// Whether there is none left.
    public boolean isExhausted() {
        return taken.compareTo(capacity) >= 0;
    }

    @Override
    public String toString() {
        return "range set " + rangeSet + " (" + ranges + "): " + taken + " of " + capacity;
    }
}
