package dev.weft.wire;

import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.util.Optional;

/// ICMP for IPv4 (RFC 792). Every message starts with the same eight bytes; what follows (echo
/// data, or the start of the packet an error is about) is the payload.
///
/// ```text
/// 0      1      2          4                8
/// | type | code | checksum | depends on type | payload …
/// ```
///
/// A message whose unused bits are set, as RFC 4884 does in errors, is kept whole as [Other].
public sealed interface Icmpv4 extends Header {
    int ECHO_REPLY = 0;
    int DESTINATION_UNREACHABLE = 3;
    int REDIRECT = 5;
    int ECHO_REQUEST = 8;
    int TIME_EXCEEDED = 11;
    int PARAMETER_PROBLEM = 12;

    /// The code of an unreachable message that says the packet is too big for the next hop.
    int FRAGMENTATION_NEEDED = 4;

    /// The message's type, 0 to 255.
    int type();

    /// The message's code, 0 to 255.
    int code();

    /// The four bytes after the checksum.
    long rest();

    /// Asks for an echo of the payload, or is that echo.
    ///
    /// @param isReply whether this is the echo
    /// @param identifier tells askers apart
    /// @param sequenceNumber tells questions apart
    record Echo(boolean isReply, int identifier, int sequenceNumber) implements Icmpv4 {
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
        public int code() {
            return 0;
        }

        @Override
        public long rest() {
            return (long) identifier << 16 | sequenceNumber;
        }
    }

    /// The packet in the payload could not be delivered.
    ///
    /// @param code why: 0 network, 1 host, 2 protocol, 3 port, [#FRAGMENTATION_NEEDED], 13
    ///   forbidden …
    /// @param nextHopMtuBytes what would fit (RFC 1191 section 4); 0 unless fragmentation is needed
    record DestinationUnreachable(int code, int nextHopMtuBytes) implements Icmpv4 {
        public DestinationUnreachable {
            Fields.check("ICMP code", code, 8);
            Fields.check("next-hop MTU", nextHopMtuBytes, 16);
        }

        @Override
        public int type() {
            return DESTINATION_UNREACHABLE;
        }

        @Override
        public long rest() {
            return nextHopMtuBytes;
        }
    }

    /// There is a better gateway for the packet in the payload.
    ///
    /// @param code for what: 0 network, 1 host, 2 and 3 the same for its type of service
    /// @param gateway the better one
    record Redirect(int code, Inet4Address gateway) implements Icmpv4 {
        public Redirect {
            Fields.check("ICMP code", code, 8);
        }

        @Override
        public int type() {
            return REDIRECT;
        }

        @Override
        public long rest() {
            return Slice.of(gateway.getAddress()).u32(0);
        }
    }

    /// The packet in the payload took too long.
    ///
    /// @param code 0 hops ran out on the way, 1 fragments did not arrive in time
    record TimeExceeded(int code) implements Icmpv4 {
        public TimeExceeded {
            Fields.check("ICMP code", code, 8);
        }

        @Override
        public int type() {
            return TIME_EXCEEDED;
        }

        @Override
        public long rest() {
            return 0;
        }
    }

    /// A byte of the packet in the payload is wrong.
    ///
    /// @param code 0 see the pointer, 1 an option is missing, 2 a bad length
    /// @param pointer which byte
    record ParameterProblem(int code, int pointer) implements Icmpv4 {
        public ParameterProblem {
            Fields.check("ICMP code", code, 8);
            Fields.check("pointer", pointer, 8);
        }

        @Override
        public int type() {
            return PARAMETER_PROBLEM;
        }

        @Override
        public long rest() {
            return (long) pointer << 24;
        }
    }

    /// Any other message, as it is.
    ///
    /// @param type 0 to 255
    /// @param code 0 to 255
    /// @param rest the four bytes after the checksum
    record Other(int type, int code, long rest) implements Icmpv4 {
        public Other {
            Fields.check("ICMP type", type, 8);
            Fields.check("ICMP code", code, 8);
            Fields.check("rest of the header", rest, 32);
        }
    }

    /// Reads the message at the start of `bytes`.
    ///
    /// @throws MalformedPacketException when its header does not fit
    static View decode(Slice bytes) {
        return new View(bytes);
    }

    @Override
    default int length() {
        return View.LENGTH;
    }

    @Override
    default void encode(ByteBuffer unit) {
        unit.put((byte) type()).put((byte) code()).putShort((short) 0).putInt((int) rest());
        unit.putShort(View.CHECKSUM, (short) InternetChecksum.of(Fields.whole(unit)));
    }

    /// A message of any type.
    record View(Slice bytes) implements Layer {
        private static final String NAME = "ICMP";
        private static final int LENGTH = 8;
        private static final int CHECKSUM = 2;

        public View {
            bytes.require(NAME, "header", 0, LENGTH);
        }

        @Override
        public String name() {
            return NAME;
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

        /// The four bytes after the checksum.
        public long rest() {
            return bytes.u32(4);
        }

        @Override
        public Slice payload() {
            return bytes.from(LENGTH);
        }

        /// The start of the packet that an error or redirect is about, decoded as far as it goes.
        public Optional<Packet> quoted() {
            return switch (type()) {
                case DESTINATION_UNREACHABLE, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM ->
                        Optional.of(Packet.decode(LinkType.RAW, payload()));
                default -> Optional.empty();
            };
        }

        @Override
        public Icmpv4 value() {
            Icmpv4 value = interpreted();
            return value.code() == code() && value.rest() == rest() ? value : other();
        }

        private Icmpv4 interpreted() {
            return switch (type()) {
                case ECHO_REPLY -> new Echo(true, bytes.u16(4), bytes.u16(6));
                case ECHO_REQUEST -> new Echo(false, bytes.u16(4), bytes.u16(6));
                case DESTINATION_UNREACHABLE -> new DestinationUnreachable(code(), bytes.u16(6));
                case REDIRECT -> new Redirect(code(), IpAddresses.v4(bytes, 4));
                case TIME_EXCEEDED -> new TimeExceeded(code());
                case PARAMETER_PROBLEM -> new ParameterProblem(code(), bytes.u8(4));
                default -> other();
            };
        }

        private Other other() {
            return new Other(type(), code(), rest());
        }
    }
}
