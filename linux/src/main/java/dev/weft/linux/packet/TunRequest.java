package dev.weft.linux.packet;

import dev.weft.linux.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// A TUN or TAP device as [TunQueue#open] is to make or find it.
///
/// @param name the link's name; a pattern, `tun%d`, has the kernel choose the number
/// @param mode which kind of packets pass
/// @param flags how the queue is to behave
/// @param offloads what its reader takes off the kernel; needs [TunFlag#VIRTIO_HEADER]
public record TunRequest(String name, Mode mode, Set<TunFlag> flags, Set<TunOffload> offloads) {
    private static final int MAX_NAME_BYTES = 15;

    /// Which packets pass.
    public enum Mode {
        /// IP packets.
        TUN(1),
        /// Ethernet frames.
        TAP(2);

        private final int bit;

        Mode(int bit) {
            this.bit = bit;
        }

        int bit() {
            return bit;
        }
    }

    public TunRequest {
        flags = Set.copyOf(flags);
        offloads = Set.copyOf(offloads);
        if (name.isEmpty() || nameBytes(name).length > MAX_NAME_BYTES) {
            throw new InvalidRequestException(
                    "'" + name + "' cannot name a link: use 1 to " + MAX_NAME_BYTES + " bytes");
        }
        if (!offloads.isEmpty() && !flags.contains(TunFlag.VIRTIO_HEADER)) {
            throw new InvalidRequestException(
                    "offloads of " + name + " need the virtio header, which describes them");
        }
    }

    /// IP packets.
    public static TunRequest tun(String name, TunFlag... flags) {
        return new TunRequest(name, Mode.TUN, Set.of(flags), Set.of());
    }

    /// Ethernet frames.
    public static TunRequest tap(String name, TunFlag... flags) {
        return new TunRequest(name, Mode.TAP, Set.of(flags), Set.of());
    }

    /// The same with offloads.
    public TunRequest offload(TunOffload... work) {
        return new TunRequest(name, mode, flags, Set.of(work));
    }

    byte[] nameBytes() {
        return nameBytes(name);
    }

    private static byte[] nameBytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    int flagBits() {
        return flags.stream().mapToInt(TunFlag::bit).reduce(mode.bit(), (all, bit) -> all | bit);
    }

    int offloadBits() {
        return offloads.stream().mapToInt(TunOffload::bit).sum();
    }

    /// What is asked, for messages.
    @Override
    public String toString() {
        return (mode == Mode.TUN ? "TUN device " : "TAP device ") + name;
    }
}
