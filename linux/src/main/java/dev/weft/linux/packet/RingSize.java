package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;
import java.time.Duration;

/// The memory that a [PacketSocket] receives into: blocks that the kernel fills with packets and
/// hands over whole, when one is full or its oldest packet has waited for the retirement time.
///
/// A block with a single packet counts like a full one, so a reader has `blocks` times the
/// retirement time before packets are lost. A packet that does not fit into a block is truncated;
/// aggregated TCP packets have up to 64 KiB.
///
/// @param blockBytes a power of two, 4 KiB to 16 MiB
/// @param blocks 2 to 4096, at most 1 GiB in all
/// @param retirement 1 ms to 10 s, in whole milliseconds
public record RingSize(int blockBytes, int blocks, Duration retirement) {
    private static final int MIN_BLOCK_BYTES = 4 << 10;
    private static final int MAX_BLOCK_BYTES = 16 << 20;
    private static final int MAX_BLOCKS = 4096;
    private static final long MAX_BYTES = 1L << 30;
    private static final Duration MIN_RETIREMENT = Duration.ofMillis(1);
    private static final Duration MAX_RETIREMENT = Duration.ofSeconds(10);

    /// For many sockets at once with little traffic each: 512 KiB, packets seen within 5 ms.
    public static final RingSize SMALL = new RingSize(128 << 10, 4, Duration.ofMillis(5));

    /// For a busy link: 32 MiB.
    public static final RingSize LARGE = new RingSize(1 << 20, 32, Duration.ofMillis(50));

    public RingSize {
        require(
                blockBytes >= MIN_BLOCK_BYTES
                        && blockBytes <= MAX_BLOCK_BYTES
                        && Integer.bitCount(blockBytes) == 1,
                "a block has a power of two bytes, 4 KiB to 16 MiB, not " + blockBytes);
        require(
                blocks >= 2 && blocks <= MAX_BLOCKS && (long) blockBytes * blocks <= MAX_BYTES,
                "a ring has 2 to 4096 blocks and at most 1 GiB, not "
                        + blocks
                        + " blocks of "
                        + blockBytes);
        require(
                retirement.compareTo(MIN_RETIREMENT) >= 0
                        && retirement.compareTo(MAX_RETIREMENT) <= 0,
                "a block is retired after 1 ms to 10 s, not " + retirement);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new InvalidRequestException(message);
        }
    }

    int bytes() {
        return blockBytes * blocks;
    }
}
