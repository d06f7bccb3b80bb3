package dev.weft.linux.netlink;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What the kernel adds to a refusal (`NETLINK_EXT_ACK`): its own words, and which attribute of the
/// request it means, by offset, which the request's tables turn into a name.
record ExtendedAck(Attributes attributes) {
    static final AttributeTable TABLE = AttributeTable.named("extended acknowledgement");
    static final Attribute<String> MESSAGE = TABLE.add(1, "NLMSGERR_ATTR_MSG", Codecs.STRING);
    static final Attribute<Integer> OFFSET = TABLE.add(2, "NLMSGERR_ATTR_OFFS", Codecs.S32);
    static final Attribute<Slice> COOKIE = TABLE.add(3, "NLMSGERR_ATTR_COOKIE", Codecs.BINARY);
    static final Attribute<Attributes> POLICY = TABLE.nest(4, "NLMSGERR_ATTR_POLICY", Policy.TABLE);
    static final Attribute<Integer> MISSING_TYPE =
            TABLE.add(5, "NLMSGERR_ATTR_MISS_TYPE", Codecs.S32);
    static final Attribute<Integer> MISSING_NEST =
            TABLE.add(6, "NLMSGERR_ATTR_MISS_NEST", Codecs.S32);

    private static final int ERRNO_BYTES = 4;

    /// What an attribute may hold (`enum netlink_policy_type_attr`).
    static final class Policy {
        static final AttributeTable TABLE = AttributeTable.named("policy");
        static final Attribute<Long> MIN_SIGNED =
                TABLE.add(2, "NL_POLICY_TYPE_ATTR_MIN_VALUE_S", Codecs.U64);
        static final Attribute<Long> MAX_SIGNED =
                TABLE.add(3, "NL_POLICY_TYPE_ATTR_MAX_VALUE_S", Codecs.U64);
        static final Attribute<Long> MIN =
                TABLE.add(4, "NL_POLICY_TYPE_ATTR_MIN_VALUE_U", Codecs.U64);
        static final Attribute<Long> MAX =
                TABLE.add(5, "NL_POLICY_TYPE_ATTR_MAX_VALUE_U", Codecs.U64);
        static final Attribute<Integer> MIN_LENGTH =
                TABLE.add(6, "NL_POLICY_TYPE_ATTR_MIN_LENGTH", Codecs.S32);
        static final Attribute<Integer> MAX_LENGTH =
                TABLE.add(7, "NL_POLICY_TYPE_ATTR_MAX_LENGTH", Codecs.S32);

        private Policy() {}

        static Optional<String> describe(Attributes policy) {
            return range(policy, "allowed", MIN, MAX)
                    .or(() -> range(policy, "allowed", MIN_SIGNED, MAX_SIGNED))
                    .or(() -> range(policy, "allowed bytes", MIN_LENGTH, MAX_LENGTH));
        }

        private static <T> Optional<String> range(
                Attributes policy, String what, Attribute<T> least, Attribute<T> most) {
            if (!policy.has(least) && !policy.has(most)) {
                return Optional.empty();
            }
            String from = policy.find(least).map(low -> " from " + low).orElse("");
            String upTo = policy.find(most).map(high -> " up to " + high).orElse("");
            return Optional.of(what + from + upTo);
        }
    }

    /// The acknowledgement in an error message's body: after the errno, the request's header, and,
    /// unless the answer is capped, the request's body.
    static ExtendedAck decode(NetlinkMessage error) {
        int skipped = ERRNO_BYTES + NetlinkMessage.HEADER_BYTES;
        if (!error.has(NetlinkFlags.CAPPED)) {
            skipped += Math.max(0, error.body().s32(ERRNO_BYTES) - NetlinkMessage.HEADER_BYTES);
        }
        return afterBytes(error, skipped + 3 & ~3);
    }

    /// The acknowledgement that ends a dump: it follows the errno.
    static ExtendedAck decodeDone(NetlinkMessage done) {
        return afterBytes(done, ERRNO_BYTES);
    }

    private static ExtendedAck afterBytes(NetlinkMessage message, int skipped) {
        boolean present =
                message.has(NetlinkFlags.EXTENDED_ACK) && skipped < message.body().length();
        return new ExtendedAck(
                present
                        ? Attributes.decode(TABLE, message.body().from(skipped))
                        : Attributes.empty(TABLE));
    }

    /// The answer in words, with the attributes of the request that it means by name; empty when
    /// the kernel said nothing more.
    String describe(NetlinkRequest request) {
        List<String> parts = new ArrayList<>();
        attributes.find(MESSAGE).ifPresent(parts::add);
        attributes.find(OFFSET).flatMap(offset -> nameAt(request, offset)).ifPresent(parts::add);
        attributes
                .find(MISSING_TYPE)
                .map(missing -> "missing " + missingName(request, missing))
                .ifPresent(parts::add);
        attributes.find(POLICY).flatMap(Policy::describe).ifPresent(parts::add);
        return String.join(", ", parts);
    }

    private static Optional<String> nameAt(NetlinkRequest request, int offset) {
        int at = offset - NetlinkMessage.HEADER_BYTES - request.header().length();
        return at < 0 ? Optional.empty() : path(request.attributes(), at).map(path -> "at " + path);
    }

    private String missingName(NetlinkRequest request, int number) {
        int nest =
                attributes.orElse(MISSING_NEST, 0)
                        - NetlinkMessage.HEADER_BYTES
                        - request.header().length();
        return (nest < 0 ? Optional.of(request.attributes()) : nestAt(request.attributes(), nest))
                .map(inside -> inside.table().nameOf(number))
                .orElse("attribute " + number);
    }

    /// The names from the outermost attribute down to the one whose header stands at an offset.
    private static Optional<String> path(Attributes attributes, int offset) {
        return holding(attributes, offset)
                .map(found -> {
                    String name = attributes.table().nameOf(found.number) + found.index;
                    return found.inner
                            .filter(_ -> found.offsetInside >= 0)
                            .flatMap(inner -> path(inner, found.offsetInside))
                            .map(deeper -> name + "." + deeper)
                            .orElse(name);
                });
    }

    private static Optional<Attributes> nestAt(Attributes attributes, int offset) {
        return holding(attributes, offset)
                .flatMap(found ->
                        found.offsetInside < 0
                                ? found.inner
                                : found.inner.flatMap(inner -> nestAt(inner, found.offsetInside)));
    }

    /// The attribute that covers an offset, and where in its payload the offset lies (below zero in
    /// its own header).
    private static Optional<Covering> holding(Attributes attributes, int offset) {
        Slice bytes = attributes.encoded();
        List<Integer> before = new ArrayList<>();
        int at = 0;
        while (at < bytes.length()) {
            int length = bytes.u16(at);
            int number = bytes.u16(at + 2) & AttributeTable.NUMBER_MASK;
            if (offset < at + length) {
                Optional<Attributes> inner =
                        attributes.table().find(number).flatMap(attributes::nested);
                return Optional.of(
                        new Covering(
                                number,
                                index(attributes, number, before),
                                inner,
                                offset - at - AttributeWriter.HEADER_BYTES));
            }
            before.add(number);
            at += length + 3 & ~3;
        }
        return Optional.empty();
    }

    /// Which one of several it is, from 0.
    private static String index(Attributes attributes, int number, List<Integer> before) {
        int[] count = new int[1];
        attributes.forEach((other, _) -> count[0] += other == number ? 1 : 0);
        return count[0] == 1 ? "" : "[" + Collections.frequency(before, number) + "]";
    }

    private record Covering(
            int number, String index, Optional<Attributes> inner, int offsetInside) {}
}
