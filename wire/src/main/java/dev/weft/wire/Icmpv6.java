package dev.weft.wire;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// ICMP for IPv6 (RFC 4443). The header is what a type's RFC fixes: eight bytes for echo and
/// errors, with the echo data or the start of the faulty packet as payload; the whole message for
/// [NeighbourDiscovery]; four bytes for types unknown here.
///
/// ```text
/// 0      1      2          4
/// | type | code | checksum | depends on type …
/// ```
///
/// A message that its type's value could not hold is kept whole as [Other].
public sealed interface Icmpv6 extends Header.Transport permits Icmpv6.Fixed, NeighbourDiscovery {
    int DESTINATION_UNREACHABLE = 1;
    int PACKET_TOO_BIG = 2;
    int TIME_EXCEEDED = 3;
    int PARAMETER_PROBLEM = 4;
    int ECHO_REQUEST = 128;
    int ECHO_REPLY = 129;

    /// The message's type, 0 to 255.
    int type();

    /// The message's code, 0 to 255.
    default int code() {
        return 0;
    }

    /// Writes what follows the checksum.
    void encodeBody(ByteBuffer unit);

    /// Reads the message at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when its header does not fit
    static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    default IpProtocol protocol() {
        return IpProtocol.ICMPV6;
    }

    @Override
    default int checksumOffset() {
        return View.CHECKSUM;
    }

    @Override
    default void encode(ByteBuffer unit) {
        unit.put((byte) type()).put((byte) code()).putShort((short) 0);
        encodeBody(unit);
    }

    /// The messages of RFC 4443, and those unknown here.
    sealed interface Fixed extends Icmpv6 {
        @Override
        default int length() {
            return View.LEAST_LENGTH + Integer.BYTES;
        }
    }

    /// Asks for an echo of the payload, or is that echo (section 4).
    ///
    /// @param isReply whether this is the echo
    /// @param identifier tells askers apart
    /// @param sequenceNumber tells questions apart
    record Echo(boolean isReply, int identifier, int sequenceNumber) implements Fixed {
        public Echo {
            Fields.check("identifier", identifier, 16);
            Fields.check("sequence number", sequenceNumber, 16);
        }

        /// A question.
        public static Echo request(int identifier, int sequenceNumber) {
            return new Echo(false, identifier, sequenceNumber);
        }

        /// The answer to this question.
        public Echo reply() {
            return new Echo(true, identifier, sequenceNumber);
        }

        @Override
        public int type() {
            return isReply ? ECHO_REPLY : ECHO_REQUEST;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putShort((short) identifier).putShort((short) sequenceNumber);
        }
    }

    /// An error about the packet in the payload (section 3).
    ///
    /// @param type [#DESTINATION_UNREACHABLE] to [#PARAMETER_PROBLEM]
    /// @param code why
    /// @param argument the MTU of a packet that is too big, the place of a parameter problem, else
    ///   0
    record Failure(int type, int code, long argument) implements Fixed {
        public Failure {
            Fields.check("ICMPv6 error type", type, 7);
            Fields.check("ICMPv6 code", code, 8);
            Fields.check("argument", argument, 32);
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putInt((int) argument);
        }
    }

    /// Any other message, as it is.
    ///
    /// @param type 0 to 255
    /// @param code 0 to 255
    /// @param body what this type's header has after the checksum; empty for unknown types
    record Other(int type, int code, Slice body) implements Fixed {
        public Other {
            Fields.check("ICMPv6 type", type, 8);
            Fields.check("ICMPv6 code", code, 8);
            body = body.copy();
        }

        @Override
        public int length() {
            return View.LEAST_LENGTH + body.length();
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            body.writeTo(unit);
        }
    }

    /// A message of any type.
    record View(Slice bytes) implements Layer {
        static final int LEAST_LENGTH = 4;

        private static final String NAME = "ICMPv6";
        private static final int CHECKSUM = 2;

        /// The least length of the types that are known here, errors aside.
        private static final Map<Integer, Integer> LENGTHS =
                Map.ofEntries(
                        Map.entry(ECHO_REQUEST, 8),
                        Map.entry(ECHO_REPLY, 8),
                        Map.entry(NeighbourDiscovery.ROUTER_SOLICITATION, 8),
                        Map.entry(NeighbourDiscovery.ROUTER_ADVERTISEMENT, 16),
                        Map.entry(NeighbourDiscovery.NEIGHBOUR_SOLICITATION, 24),
                        Map.entry(NeighbourDiscovery.NEIGHBOUR_ADVERTISEMENT, 24),
                        Map.entry(NeighbourDiscovery.REDIRECT, 40));

        public View {
            bytes.require(NAME, "header", 0, LEAST_LENGTH);
            bytes.require(NAME, "message", 0, leastLength(bytes.u8(0)));
        }

        @Override
        public String name() {
            return NAME;
        }

        private static int leastLength(int type) {
            return isError(type) ? 8 : LENGTHS.getOrDefault(type, LEAST_LENGTH);
        }

        private static boolean isError(int type) {
            return type >= DESTINATION_UNREACHABLE && type <= PARAMETER_PROBLEM;
        }

        public int type() {
            return bytes.u8(0);
        }

        public int code() {
            return bytes.u8(1);
        }

        public int checksum() {
            return bytes.u16(CHECKSUM);
        }

        /// Whether this is one of the five messages of neighbour discovery.
        public boolean isNeighbourDiscovery() {
            return type() >= NeighbourDiscovery.ROUTER_SOLICITATION
                    && type() <= NeighbourDiscovery.REDIRECT;
        }

        private int headerBytes() {
            return isNeighbourDiscovery() ? bytes.length() : leastLength(type());
        }

        /// The header after the checksum.
        public Slice body() {
            return bytes.part(LEAST_LENGTH, headerBytes() - LEAST_LENGTH);
        }

        @Override
        public Slice payload() {
            return bytes.from(headerBytes());
        }

        /// The start of the packet that an error is about, decoded as far as it goes.
        public Optional<Packet> quoted() {
            return isError(type())
                    ? Optional.of(Packet.decode(LinkType.RAW, payload()))
                    : Optional.empty();
        }

        /// @throws MalformedPacketException when the options of neighbour discovery do not add up
        @Override
        public Icmpv6 value() {
            if (isError(type())) {
                return new Failure(type(), code(), body().u32(0));
            }
            return code() == 0 ? interpreted() : other();
        }

        private Icmpv6 interpreted() {
            return switch (type()) {
                case ECHO_REQUEST -> new Echo(false, body().u16(0), body().u16(2));
                case ECHO_REPLY -> new Echo(true, body().u16(0), body().u16(2));
                default -> isNeighbourDiscovery() ? NeighbourDiscovery.of(this) : other();
            };
        }

        private Other other() {
            return new Other(type(), code(), body());
        }
    }
}
