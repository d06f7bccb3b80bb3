package dev.weft.firewall.conntrack;

import dev.weft.firewall.conntrack.TupleAttributes.Protocol;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.Map;

/// What a protocol has to tell its flows apart, in one direction.
public sealed interface Transport {
    /// Ports of TCP, UDP, UDP-Lite, SCTP and DCCP; of GRE the keys.
    ///
    /// @param source 0 to 65,535
    /// @param destination 0 to 65,535
    record Ports(int source, int destination) implements Transport {
        public Ports {
            requireRange("port", source, MOST_NUMBER);
            requireRange("port", destination, MOST_NUMBER);
        }

        @Override
        public Ports reversed() {
            return new Ports(destination, source);
        }
    }

    /// A query of ICMP or ICMPv6.
    ///
    /// @param type 0 to 255; 8 for an echo of ICMP, 128 of ICMPv6
    /// @param code 0 to 255
    /// @param id 0 to 65,535
    record Icmp(int type, int code, int id) implements Transport {
        /// Query and answer of both versions; their numbers do not overlap.
        private static final Map<Integer, Integer> ANSWERS =
                Map.of(8, 0, 13, 14, 15, 16, 17, 18, 128, 129, 139, 140);

        public Icmp {
            requireRange("ICMP type", type, MOST_BYTE);
            requireRange("ICMP code", code, MOST_BYTE);
            requireRange("ICMP id", id, MOST_NUMBER);
        }

        /// The answer to a query, the query of an answer.
        @Override
        public Icmp reversed() {
            int other =
                    ANSWERS.entrySet().stream()
                            .filter(pair -> pair.getValue() == type)
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(ANSWERS.getOrDefault(type, type));
            return new Icmp(other, code, id);
        }
    }

    /// Nothing: addresses and protocol are all there is.
    record None() implements Transport {
        @Override
        public None reversed() {
            return this;
        }
    }

    int MOST_BYTE = 0xff;
    int MOST_NUMBER = 0xffff;

    /// The same in the other direction.
    Transport reversed();

    private static void requireRange(String what, int number, int most) {
        if (number < 0 || number > most) {
            throw new InvalidRequestException(
                    "an " + what + " is 0 to " + most + ", not " + number);
        }
    }

    /// Reads attributes of [Protocol].
    static Transport decode(Attributes protocol) {
        if (protocol.has(Protocol.SOURCE_PORT)) {
            return new Ports(
                    protocol.orElse(Protocol.SOURCE_PORT, 0),
                    protocol.orElse(Protocol.DESTINATION_PORT, 0));
        }
        if (protocol.has(Protocol.ICMP_TYPE)) {
            return new Icmp(
                    protocol.orElse(Protocol.ICMP_TYPE, 0),
                    protocol.orElse(Protocol.ICMP_CODE, 0),
                    protocol.orElse(Protocol.ICMP_ID, 0));
        }
        if (protocol.has(Protocol.ICMPV6_TYPE)) {
            return new Icmp(
                    protocol.orElse(Protocol.ICMPV6_TYPE, 0),
                    protocol.orElse(Protocol.ICMPV6_CODE, 0),
                    protocol.orElse(Protocol.ICMPV6_ID, 0));
        }
        return new None();
    }

    /// Writes attributes of [Protocol], behind its number.
    static void encode(Transport transport, TransportProtocol protocol, AttributeWriter writer) {
        switch (transport) {
            case Ports(int source, int destination) ->
                    writer.put(Protocol.SOURCE_PORT, source)
                            .put(Protocol.DESTINATION_PORT, destination);
            case Icmp icmp when protocol.equals(TransportProtocol.ICMPV6) ->
                    encode(
                            icmp,
                            writer,
                            Protocol.ICMPV6_TYPE,
                            Protocol.ICMPV6_CODE,
                            Protocol.ICMPV6_ID);
            case Icmp icmp ->
                    encode(icmp, writer, Protocol.ICMP_TYPE, Protocol.ICMP_CODE, Protocol.ICMP_ID);
            case None() -> {}
        }
    }

    private static void encode(
            Icmp icmp,
            AttributeWriter writer,
            Attribute<Integer> type,
            Attribute<Integer> code,
            Attribute<Integer> id) {
        writer.put(id, icmp.id()).put(type, icmp.type()).put(code, icmp.code());
    }
}
