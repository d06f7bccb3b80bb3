package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;

/// What is asked of a policy rule. Immutable, each method answers a new request.
///
/// ```java
/// rules.add(RuleRequest.table(IpFamily.IPV4, 100).from(IpPrefix.parse("10.1.0.0/16")).priority(50));
/// ```
public final class RuleRequest {
    private final IpPrefix destination;
    private final IpPrefix source;
    private final int typeOfService;
    private final RuleAction action;
    private final int flags;
    private final Attributes attributes;

    private RuleRequest(
            IpPrefix destination,
            IpPrefix source,
            int typeOfService,
            RuleAction action,
            int flags,
            Attributes attributes) {
        this.destination = destination;
        this.source = source;
        this.typeOfService = typeOfService;
        this.action = action;
        this.flags = flags;
        this.attributes = attributes;
    }

    /// A rule with another action than a table: [RuleAction#BLACKHOLE] and the like.
    public static RuleRequest of(IpFamily family, RuleAction action) {
        return new RuleRequest(
                family.everything(),
                family.everything(),
                0,
                action,
                0,
                Attributes.empty(RuleAttributes.TABLE));
    }

    /// Looks into a table.
    ///
    /// @param number 1 to 2^32 - 1
    public static RuleRequest table(IpFamily family, long number) {
        return of(family, RuleAction.TABLE).set(RuleAttributes.ROUTE_TABLE, number);
    }

    /// Goes on at another rule.
    ///
    /// @param priority of that rule, above the own one
    public static RuleRequest goTo(IpFamily family, long priority) {
        return of(family, RuleAction.GOTO).set(RuleAttributes.GOTO, priority);
    }

    /// What would make a rule again, or delete exactly it, as it was read.
    public static RuleRequest of(Rule rule) {
        return new RuleRequest(
                rule.destination(),
                rule.source(),
                rule.typeOfService(),
                rule.action(),
                rule.flags() & RuleFlag.INVERT.bit(),
                rule.attributes());
    }

    /// Any attribute of a rule.
    public <T> RuleRequest set(Attribute<T> attribute, T value) {
        Attributes more = attributes.and(writer -> writer.put(attribute, value));
        return new RuleRequest(destination, source, typeOfService, action, flags, more);
    }

    /// Selects packets that go there.
    ///
    /// @throws InvalidRequestException when it is of another family than the rule
    public RuleRequest to(IpPrefix packets) {
        requireFamily(packets);
        return new RuleRequest(packets, source, typeOfService, action, flags, attributes)
                .prefix(RuleAttributes.DESTINATION, packets);
    }

    /// Selects packets that come from there.
    ///
    /// @throws InvalidRequestException when it is of another family than the rule
    public RuleRequest from(IpPrefix packets) {
        requireFamily(packets);
        return new RuleRequest(destination, packets, typeOfService, action, flags, attributes)
                .prefix(RuleAttributes.SOURCE, packets);
    }

    private void requireFamily(IpPrefix packets) {
        if (IpFamily.of(packets.address()) != family()) {
            throw new InvalidRequestException(packets + " in a rule of " + family());
        }
    }

    private RuleRequest prefix(Attribute<InetAddress> attribute, IpPrefix prefix) {
        return prefix.length() == 0 ? this : set(attribute, prefix.address());
    }

    /// Its place: the lowest is asked first.
    public RuleRequest priority(long place) {
        return set(RuleAttributes.PRIORITY, place);
    }

    /// Selects packets by firewall mark.
    ///
    /// @param mask the bits that count
    public RuleRequest mark(long value, long mask) {
        return set(RuleAttributes.MARK, value).set(RuleAttributes.MARK_MASK, mask);
    }

    /// Selects packets by the link they come in by; `lo` for those that start here.
    public RuleRequest comingInBy(String link) {
        return set(RuleAttributes.INPUT_LINK, link);
    }

    /// Selects packets of sockets that are bound to a link.
    public RuleRequest boundTo(String link) {
        return set(RuleAttributes.OUTPUT_LINK, link);
    }

    /// Selects packets by type of service.
    public RuleRequest typeOfService(int value) {
        Numbers.requireByte("type of service", value);
        return new RuleRequest(destination, source, value, action, flags, attributes);
    }

    public RuleRequest protocol(RouteProtocol maker) {
        return set(RuleAttributes.PROTOCOL, maker.number());
    }

    /// Selects the packets that do not fit.
    public RuleRequest inverted() {
        int more = flags | RuleFlag.INVERT.bit();
        return new RuleRequest(destination, source, typeOfService, action, more, attributes);
    }

    private IpFamily family() {
        return IpFamily.of(destination.address());
    }

    RuleHeader header() {
        long table = attributes.orElse(RuleAttributes.ROUTE_TABLE, RouteTable.UNSPECIFIED);
        return new RuleHeader(
                family().number(),
                destination.length(),
                source.length(),
                typeOfService,
                RouteTable.headerByte(table),
                action.number(),
                flags);
    }

    Attributes attributes() {
        return attributes;
    }

    /// The rule, for messages: `rule 50 from 10.1.0.0/16 to 0.0.0.0/0`.
    @Override
    public String toString() {
        return "rule"
                + attributes.find(RuleAttributes.PRIORITY).map(place -> " " + place).orElse("")
                + " from "
                + source
                + " to "
                + destination;
    }
}
