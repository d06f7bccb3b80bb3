package dev.weft.ipam.dhcp;

import dev.weft.wire.Slice;
import java.util.List;

/// Who a DHCPv6 client is and what it asks for.
///
/// @param identifier the client's DUID (RFC 8415 section 11), 3 to 130 bytes
/// @param association the number of its identity associations, the same after every restart, 0 to
///   2³²-1
/// @param requested the codes of the options that are wanted
/// @param wantsAddress whether it asks for an address
/// @param wantsPrefix whether it asks for a prefix to give addresses of
public record Dhcpv6Settings(
        Slice identifier,
        long association,
        List<Integer> requested,
        boolean wantsAddress,
        boolean wantsPrefix) {
    private static final int LEAST_IDENTIFIER_BYTES = 3;
    private static final int MOST_IDENTIFIER_BYTES = 130;

    public Dhcpv6Settings {
        identifier = identifier.copy();
        requested = List.copyOf(requested);
        int length = identifier.length();
        if (length < LEAST_IDENTIFIER_BYTES || length > MOST_IDENTIFIER_BYTES) {
            throw new IllegalArgumentException("a DUID has 3 to 130 bytes: " + length);
        }
        if (association < 0 || association >>> Integer.SIZE != 0) {
            throw new IllegalArgumentException("a number of 32 bits: " + association);
        }
        if (requested.stream().anyMatch(code -> code < 0 || code > 0xffff)) {
            throw new IllegalArgumentException("codes of 16 bits: " + requested);
        }
        if (!wantsAddress && !wantsPrefix) {
            throw new IllegalArgumentException("neither an address nor a prefix is wanted");
        }
    }
}
