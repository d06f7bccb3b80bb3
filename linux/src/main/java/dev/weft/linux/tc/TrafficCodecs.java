package dev.weft.linux.tc;

import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;

/// The value kinds of this family.
final class TrafficCodecs {
    /// A handle in one word.
    static final Codec<Handle> HANDLE = Codecs.S32.as(Handle::new, Handle::value);

    private TrafficCodecs() {}
}
