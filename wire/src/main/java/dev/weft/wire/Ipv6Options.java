package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The hop-by-hop and the destination options header (RFC 8200 sections 4.3 and 4.6), which differ
/// in the number before them alone.
///
/// ```text
/// 0             1                            2
/// | next header | 8-byte units after first 8 | options, filling the last unit …
/// ```
///
/// @param kind who reads the options
/// @param nextHeader what the payload is
/// @param options the options; padding is added when they do not fill the last unit
public record Ipv6Options(Kind kind, IpProtocol nextHeader, List<Ipv6Option> options)
        implements Header {
    private static final String NAME = "IPv6 options";
    private static final int FIXED_LENGTH = 2;
    private static final int UNIT = 8;
    private static final int MOST_BYTES = 256 * UNIT;

    /// Who reads the options.
    public enum Kind {
        /// Every router on the way.
        HOP_BY_HOP,
        /// The packet's destination.
        DESTINATION
    }

    public Ipv6Options {
        options = padded(options);
        Fields.checkLength(NAME, bytes(options), MOST_BYTES);
    }

    private static List<Ipv6Option> padded(List<Ipv6Option> options) {
        int length = bytes(options);
        int padding = Fields.aligned(length, UNIT) - length;
        var all = new ArrayList<>(options);
        if (padding > 0) {
            all.add(Ipv6Option.padding(padding));
        }
        return List.copyOf(all);
    }

    private static int bytes(List<Ipv6Option> options) {
        return FIXED_LENGTH + options.stream().mapToInt(Ipv6Option::length).sum();
    }

    /// Reads the hop-by-hop header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit
    public static View decodeHopByHop(Slice bytes) {
        return new View(Kind.HOP_BY_HOP, bytes);
    }

    /// Reads the destination options header at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when it does not fit
    public static View decodeDestination(Slice bytes) {
        return new View(Kind.DESTINATION, bytes);
    }

    @Override
    public int length() {
        return bytes(options);
    }

    @Override
    public void encode(ByteBuffer unit) {
        unit.put((byte) nextHeader.value()).put((byte) (length() / UNIT - 1));
        options.forEach(option -> option.encode(unit));
    }

    /// An options header and what follows it.
    public record View(Kind kind, Slice bytes) implements Layer {
        public View {
            bytes.require(NAME, "fixed part", 0, FIXED_LENGTH);
            bytes.require(NAME, "options", 0, headerBytes(bytes));
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int headerBytes(Slice bytes) {
            return (bytes.u8(1) + 1) * UNIT;
        }

        public IpProtocol nextHeader() {
            return new IpProtocol(bytes.u8(0));
        }

        /// All options, padding included.
        ///
        /// @throws MalformedPacketException when their lengths do not add up
        public List<Ipv6Option> options() {
            return Ipv6Option.decodeAll(
                    bytes.part(FIXED_LENGTH, headerBytes(bytes) - FIXED_LENGTH));
        }

        @Override
        public Slice payload() {
            return bytes.from(headerBytes(bytes));
        }

        @Override
        public Optional<Layer> next() {
            return Protocols.decode(nextHeader(), payload());
        }

        @Override
        public Ipv6Options value() {
            return new Ipv6Options(kind, nextHeader(), options());
        }
    }
}
