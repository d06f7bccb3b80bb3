package dev.weft.ipam;

import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// A set of addresses, kept as runs without gaps: to find the next one that is not in it takes as
/// long in a full pool as in an empty one.
final class TakenAddresses {
    /// From the first of each run to its last; runs neither overlap nor touch.
    private final NavigableMap<IpNumber, IpNumber> runs = new TreeMap<>();

    void add(IpNumber address) {
        if (contains(address)) {
            return;
        }
        IpNumber first =
                runEndingAt(address.previous())
                        .map(Map.Entry<IpNumber, IpNumber>::getKey)
                        .orElse(address);
        IpNumber follower = runs.remove(address.next());
        runs.put(first, follower == null ? address : follower);
    }

    private Optional<Map.Entry<IpNumber, IpNumber>> runEndingAt(IpNumber address) {
        return Optional.ofNullable(runs.floorEntry(address))
                .filter(run -> run.getValue().equals(address));
    }

    void remove(IpNumber address) {
        Map.Entry<IpNumber, IpNumber> run = runs.floorEntry(address);
        if (run == null || run.getValue().compareTo(address) < 0) {
            return;
        }
        runs.remove(run.getKey());
        if (run.getKey().compareTo(address) < 0) {
            runs.put(run.getKey(), address.previous());
        }
        if (address.compareTo(run.getValue()) < 0) {
            runs.put(address.next(), run.getValue());
        }
    }

    boolean contains(IpNumber address) {
        return !firstFreeFrom(address).equals(address);
    }

    /// The lowest address from this one on that is not in the set; beyond the family's last, its
    /// successor.
    IpNumber firstFreeFrom(IpNumber address) {
        Map.Entry<IpNumber, IpNumber> run = runs.floorEntry(address);
        return run == null || run.getValue().compareTo(address) < 0
                ? address
                : run.getValue().next();
    }

    /// How many addresses of a range are in the set.
    BigInteger count(IpNumber first, IpNumber last) {
        IpNumber begin = firstFreeFrom(first);
        BigInteger sum = BigInteger.ZERO;
        if (!begin.equals(first)) {
            sum = first.countTo(min(begin.previous(), last));
        }
        if (begin.compareTo(last) > 0) {
            return sum;
        }
        for (Map.Entry<IpNumber, IpNumber> run : runs.subMap(begin, true, last, true).entrySet()) {
            sum = sum.add(run.getKey().countTo(min(run.getValue(), last)));
        }
        return sum;
    }

    private static IpNumber min(IpNumber a, IpNumber b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
