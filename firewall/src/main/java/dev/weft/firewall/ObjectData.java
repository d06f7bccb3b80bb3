package dev.weft.firewall;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Family;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What a named object does and has done so far.
public sealed interface ObjectData {
    /// Of tunnels, Weft reads nothing.
    AttributeTable TUNNEL = AttributeTable.named("tunnel");

    /// The type of objects that have it.
    ObjectType type();

    /// The attributes that stand for it.
    Attributes encode();

    /// Reads the data of an object.
    ///
    /// @throws MalformedMessageException when something is missing, or a number has no meaning
    static ObjectData decode(ObjectType type, Attributes data) {
        return switch (type) {
            case COUNTER, QUOTA, LIMIT, CONNLIMIT, SYNPROXY ->
                    new State(type, Expression.decode(type.toString(), data));
            case CT_HELPER -> FollowedProtocol.decode(data);
            case CT_TIMEOUT -> CtTimeout.decode(data);
            case CT_EXPECTATION -> CtExpectation.decode(data);
            case SECURITY_MARK -> SecurityMark.decode(data);
            case TUNNEL -> new Unread(type, data);
        };
    }

    private static <T> T required(Attributes data, Attribute<T> attribute) {
        return data.find(attribute)
                .orElseThrow(() -> new MalformedMessageException("missing " + attribute.name()));
    }

    /// What rules also have of their own: counters, quotas, limits, bounds on connections, and SYN
    /// proxies.
    record State(ObjectType type, Expression expression) implements ObjectData {
        @Override
        public Attributes encode() {
            return expression.encode();
        }
    }

    /// Follows connections of an application protocol (`nft_ct_helper_obj`).
    ///
    /// @param helper the kernel's name of it, `ftp`
    /// @param protocol above IP: 6 is TCP
    record FollowedProtocol(String helper, Family family, int protocol) implements ObjectData {
        static final AttributeTable TABLE = AttributeTable.named("ct helper");
        private static final Attribute<String> NAME =
                TABLE.add(1, "NFTA_CT_HELPER_NAME", Codecs.STRING);
        private static final Attribute<Integer> FAMILY =
                TABLE.add(2, "NFTA_CT_HELPER_L3PROTO", Codecs.BE16);
        private static final Attribute<Integer> PROTOCOL =
                TABLE.add(3, "NFTA_CT_HELPER_L4PROTO", Codecs.U8);

        static FollowedProtocol decode(Attributes data) {
            return new FollowedProtocol(
                    required(data, NAME),
                    Family.of(required(data, FAMILY)),
                    required(data, PROTOCOL));
        }

        @Override
        public ObjectType type() {
            return ObjectType.CT_HELPER;
        }

        @Override
        public Attributes encode() {
            return Attributes.build(
                    TABLE,
                    writer ->
                            writer.put(NAME, helper)
                                    .put(FAMILY, family.number())
                                    .put(PROTOCOL, protocol));
        }
    }

    /// How long connections are remembered (`nft_ct_timeout_obj`).
    ///
    /// @param protocol above IP: 6 is TCP
    /// @param seconds by the protocol's state, as `enum ctattr_timeout_tcp` and its like number it
    record CtTimeout(Family family, int protocol, Map<Integer, Integer> seconds)
            implements ObjectData {
        static final AttributeTable TABLE = AttributeTable.named("ct timeout");
        private static final AttributeTable STATES = AttributeTable.named("ct timeout states");
        private static final Attribute<Integer> FAMILY =
                TABLE.add(1, "NFTA_CT_TIMEOUT_L3PROTO", Codecs.BE16);
        private static final Attribute<Integer> PROTOCOL =
                TABLE.add(2, "NFTA_CT_TIMEOUT_L4PROTO", Codecs.U8);
        private static final Attribute<Attributes> SECONDS =
                TABLE.nest(3, "NFTA_CT_TIMEOUT_DATA", STATES);

        public CtTimeout {
            seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
        }

        static CtTimeout decode(Attributes data) {
            Map<Integer, Integer> seconds = new TreeMap<>();
            data.find(SECONDS)
                    .ifPresent(states ->
                            states.forEach(
                                    (state, payload) -> seconds.put(state, payload.be32(0))));
            return new CtTimeout(
                    Family.of(required(data, FAMILY)), required(data, PROTOCOL), seconds);
        }

        @Override
        public ObjectType type() {
            return ObjectType.CT_TIMEOUT;
        }

        @Override
        public Attributes encode() {
            return Attributes.build(
                    TABLE,
                    writer ->
                            writer.put(FAMILY, family.number())
                                    .put(PROTOCOL, protocol)
                                    .nest(
                                            SECONDS,
                                            states ->
                                                    seconds.forEach((state, limit) ->
                                                            states.raw(
                                                                    state, to -> to.be32(limit)))));
        }
    }

    /// Connections that are yet to come and belong to another (`nft_ct_expect_obj`).
    ///
    /// @param protocol above IP: 6 is TCP
    /// @param port that they go to
    /// @param size how many are expected at a time, 0 to 255
    record CtExpectation(Family family, int protocol, int port, int timeoutMillis, int size)
            implements ObjectData {
        static final AttributeTable TABLE = AttributeTable.named("ct expectation");
        private static final Attribute<Integer> FAMILY =
                TABLE.add(1, "NFTA_CT_EXPECT_L3PROTO", Codecs.BE16);
        private static final Attribute<Integer> PROTOCOL =
                TABLE.add(2, "NFTA_CT_EXPECT_L4PROTO", Codecs.U8);
        private static final Attribute<Integer> PORT =
                TABLE.add(3, "NFTA_CT_EXPECT_DPORT", Codecs.BE16);

        /// One of few in the machine's order (`nft_ct_expect_obj_init` in `nft_ct.c`).
        private static final Attribute<Integer> TIMEOUT =
                TABLE.add(4, "NFTA_CT_EXPECT_TIMEOUT", Codecs.S32);

        private static final Attribute<Integer> SIZE =
                TABLE.add(5, "NFTA_CT_EXPECT_SIZE", Codecs.U8);

        static CtExpectation decode(Attributes data) {
            return new CtExpectation(
                    Family.of(required(data, FAMILY)),
                    required(data, PROTOCOL),
                    required(data, PORT),
                    required(data, TIMEOUT),
                    required(data, SIZE));
        }

        @Override
        public ObjectType type() {
            return ObjectType.CT_EXPECTATION;
        }

        @Override
        public Attributes encode() {
            return Attributes.build(
                    TABLE,
                    writer ->
                            writer.put(FAMILY, family.number())
                                    .put(PROTOCOL, protocol)
                                    .put(PORT, port)
                                    .put(TIMEOUT, timeoutMillis)
                                    .put(SIZE, size));
        }
    }

    /// A mark of a security module (`nft_secmark_obj`).
    ///
    /// @param context in the module's words
    record SecurityMark(String context) implements ObjectData {
        static final AttributeTable TABLE = AttributeTable.named("secmark");
        private static final Attribute<String> CONTEXT =
                TABLE.add(1, "NFTA_SECMARK_CTX", Codecs.STRING);

        static SecurityMark decode(Attributes data) {
            return new SecurityMark(required(data, CONTEXT));
        }

        @Override
        public ObjectType type() {
            return ObjectType.SECURITY_MARK;
        }

        @Override
        public Attributes encode() {
            return Attributes.build(TABLE, writer -> writer.put(CONTEXT, context));
        }
    }

    /// Data that are kept as they are.
    record Unread(ObjectType type, Attributes encode) implements ObjectData {}
}
