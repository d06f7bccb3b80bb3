package dev.weft.firewall.conntrack;

/// What is known of a connection (`enum ip_conntrack_status`).
public enum ConnectionStatus {
    /// Another connection announced it.
    EXPECTED(0),
    /// Packets came in both directions.
    SEEN_REPLY(1),
    /// It is not given up early when the table is full.
    ASSURED(2),
    /// Its first packet went through; so is every entry that a list shows.
    CONFIRMED(3),
    /// The source of the original direction is translated.
    SOURCE_NAT(4),
    /// The destination of the original direction is translated.
    DESTINATION_NAT(5),
    /// TCP sequence numbers are moved.
    SEQUENCE_ADJUSTED(6),
    /// It was decided whether to translate the source.
    SOURCE_NAT_DONE(7),
    /// It was decided whether to translate the destination.
    DESTINATION_NAT_DONE(8),
    /// It is being removed.
    DYING(9),
    /// Packets do not prolong it.
    FIXED_TIMEOUT(10),
    /// It is a template that a rule attaches to packets.
    TEMPLATE(11),
    /// It stands for packets that are not tracked; of old kernels.
    UNTRACKED(12),
    /// A rule or a program chose its helper.
    HELPER(13),
    /// A flowtable forwards its packets.
    OFFLOADED(14),
    /// A device forwards its packets.
    HARDWARE_OFFLOADED(15);

    private final int bit;

    ConnectionStatus(int position) {
        bit = 1 << position;
    }

    /// The kernel's bit.
    public int bit() {
        return bit;
    }

    static int bits(ConnectionStatus... some) {
        int bits = 0;
        for (ConnectionStatus status : some) {
            bits |= status.bit;
        }
        return bits;
    }
}
