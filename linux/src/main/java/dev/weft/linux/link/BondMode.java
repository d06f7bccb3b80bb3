package dev.weft.linux.link;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// How a bond shares traffic among its ports.
///
/// @param number the kernel's (`BOND_MODE_*`); one that has no name here is kept as it is
public record BondMode(int number) {
    /// One port after the other.
    public static final BondMode ROUND_ROBIN = new BondMode(0);

    /// One port; another when it fails.
    public static final BondMode ACTIVE_BACKUP = new BondMode(1);

    /// By a hash of the addresses.
    public static final BondMode HASH = new BondMode(2);

    /// Everything on every port.
    public static final BondMode BROADCAST = new BondMode(3);

    /// By a hash, over ports agreed on with the partner.
    public static final BondMode LACP = new BondMode(4);

    /// Sending by load; receiving on one port.
    public static final BondMode SEND_BALANCE = new BondMode(5);

    /// Sending and receiving by load.
    public static final BondMode BALANCE = new BondMode(6);

    private static final Map<Integer, String> WORDS =
            Map.ofEntries(
                    Map.entry(0, "balance-rr"),
                    Map.entry(1, "active-backup"),
                    Map.entry(2, "balance-xor"),
                    Map.entry(3, "broadcast"),
                    Map.entry(4, "802.3ad"),
                    Map.entry(5, "balance-tlb"),
                    Map.entry(6, "balance-alb"));

    static final Codec<BondMode> CODEC = Codecs.U8.as(BondMode::new, BondMode::number);

    /// The word that iproute2 uses, or the number.
    @Override
    public String toString() {
        return WORDS.getOrDefault(number, Integer.toString(number));
    }
}
