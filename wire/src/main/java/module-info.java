/// Packets as lossless views and validated values, checksums, and pcapng captures.
module dev.weft.wire {
    requires static org.jspecify;

    exports dev.weft.wire;
}
