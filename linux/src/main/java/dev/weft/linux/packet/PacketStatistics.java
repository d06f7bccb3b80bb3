package dev.weft.linux.packet;

/// What became of the packets that passed a socket's filter since it was opened.
///
/// @param seen all of them, the dropped ones included
/// @param dropped those that found every block full
/// @param freezes how often the ring became full
public record PacketStatistics(long seen, long dropped, long freezes) {
    static final PacketStatistics NONE = new PacketStatistics(0, 0, 0);

    PacketStatistics plus(long moreSeen, long moreDropped, long moreFreezes) {
        return new PacketStatistics(seen + moreSeen, dropped + moreDropped, freezes + moreFreezes);
    }
}
