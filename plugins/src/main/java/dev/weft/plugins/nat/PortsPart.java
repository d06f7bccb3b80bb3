package dev.weft.plugins.nat;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleBuilder;
import dev.weft.firewall.conntrack.ConnectionStatus;
import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Slice;
import dev.weft.plugins.site.SharedTable;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.SharedTable.Part;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What published ports have in the [SharedTable]: where a packet for this host goes is looked up
/// by protocol and port, first with the address and then without; and where a packet comes from
/// that has been sent on, by the container it goes to.
final class PortsPart {
    /// The maps of a family.
    private record Maps(
            NftSet ports,
            NftSet addressedPorts,
            NftSet containers,
            NftSet hairpins,
            NftSet everyone) {
        static Maps of(DataType address, String number) {
            List<DataType> data = List.of(address, DataType.INET_SERVICE);
            return new Maps(
                    NftSet.map(
                            SharedTable.TABLE,
                            "ports" + number,
                            List.of(DataType.INET_PROTO, DataType.INET_SERVICE),
                            data),
                    NftSet.map(
                            SharedTable.TABLE,
                            "addressed_ports" + number,
                            List.of(DataType.INET_PROTO, address, DataType.INET_SERVICE),
                            data),
                    NftSet.objectMap(
                            SharedTable.TABLE, "published" + number, ObjectType.COUNTER, address),
                    NftSet.of(SharedTable.TABLE, "hairpins" + number, address, address).intervals(),
                    NftSet.of(SharedTable.TABLE, "hidden_from" + number, address));
        }

        List<NftSet> all() {
            return List.of(ports, addressedPorts, containers, hairpins, everyone);
        }
    }

    private static final Maps IPV4 = Maps.of(DataType.IPV4_ADDR, "4");
    private static final Maps IPV6 = Maps.of(DataType.IPV6_ADDR, "6");
    private static final String PREFIX = "published-";
    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8");

    private static final Chain ARRIVING =
            Chain.base(
                    SharedTable.TABLE,
                    "arriving",
                    ChainType.NAT,
                    Hook.PREROUTING,
                    Priority.DESTINATION_NAT);
    private static final Chain OWN =
            Chain.base(
                    SharedTable.TABLE, "own", ChainType.NAT, Hook.OUTPUT, Priority.DESTINATION_NAT);
    private static final Chain LEAVING =
            Chain.base(
                    SharedTable.TABLE,
                    "leaving",
                    ChainType.NAT,
                    Hook.POSTROUTING,
                    Priority.SOURCE_NAT);

    /// Where packets for this host are looked up; conditional rules are before that.
    static final Chain PORTS = Chain.of(SharedTable.TABLE, "ports");

    static final Part PART =
            new Part(
                    PREFIX,
                    List.of(IPV4, IPV6).stream().flatMap(maps -> maps.all().stream()).toList(),
                    List.of(ARRIVING, OWN, LEAVING, PORTS),
                    rules(),
                    PortsPart::companions);

    private PortsPart() {}

    private static List<Rule> rules() {
        Selector[] addressed4 = {Selector.L4PROTO, Selector.IP_DADDR, Selector.TH_DPORT};
        Selector[] addressed6 = {Selector.L4PROTO, Selector.IP6_DADDR, Selector.TH_DPORT};
        return List.of(
                Rule.in(ARRIVING).destinationIsLocal().jump(PORTS),
                Rule.in(OWN).destinationIsLocal().jump(PORTS),
                sentOn(IpFamily.IPV4)
                        .add(Selector.IP_DADDR.load(Register.FIRST))
                        .add(new ObjectMapReference(IPV4.containers().name(), Register.FIRST))
                        .in(IPV4.hairpins(), Selector.IP_SADDR, Selector.IP_DADDR)
                        .masquerade(),
                sentOn(IpFamily.IPV6)
                        .add(Selector.IP6_DADDR.load(Register.FIRST))
                        .add(new ObjectMapReference(IPV6.containers().name(), Register.FIRST))
                        .in(IPV6.hairpins(), Selector.IP6_SADDR, Selector.IP6_DADDR)
                        .masquerade(),
                sentOn(IpFamily.IPV4).in(IPV4.everyone(), Selector.IP_DADDR).masquerade(),
                sentOn(IpFamily.IPV6).in(IPV6.everyone(), Selector.IP6_DADDR).masquerade(),
                Rule.in(PORTS).destinationNat(IPV4.addressedPorts(), addressed4),
                of(IpFamily.IPV4).destinationNat(IPV4.ports(), Selector.L4PROTO, Selector.TH_DPORT),
                Rule.in(PORTS).destinationNat(IPV6.addressedPorts(), addressed6),
                of(IpFamily.IPV6)
                        .destinationNat(IPV6.ports(), Selector.L4PROTO, Selector.TH_DPORT));
    }

    private static RuleBuilder of(IpFamily family) {
        return Rule.in(PORTS).match(Selector.NFPROTO, Datum.u8(family.number()));
    }

    /// `ct status dnat`.
    private static RuleBuilder sentOn(IpFamily family) {
        Datum none = Datum.u32(0);
        Datum bit = Datum.u32(ConnectionStatus.DESTINATION_NAT.bit());
        return Rule.in(LEAVING)
                .match(Selector.NFPROTO, Datum.u8(family.number()))
                .add(new Ct(CtKey.STATUS, Register.FIRST))
                .add(new Bitwise(Register.FIRST, Register.FIRST, bit, none))
                .add(new Compare(Operator.NOT_EQUAL, Register.FIRST, none));
    }

    private static Maps maps(IpFamily family) {
        return switch (family) {
            case IPV4 -> IPV4;
            case IPV6 -> IPV6;
        };
    }

    /// What an attachment has there: an entry of its address, and one of each port unless that
    /// takes a rule.
    static List<Entry> entries(PublishedPorts published) {
        List<Entry> entries = new ArrayList<>();
        for (IpPrefix address : published.addresses()) {
            IpFamily family = IpFamily.of(address.address());
            Datum container = Datum.address(address.address());
            entries.add(
                    new Entry(
                            maps(family).containers(),
                            Element.of(container, group(published, address))));
            if (published.options().hairpin() && published.options().everyone()) {
                entries.add(new Entry(maps(family).everyone(), Element.of(container)));
            }
            if (published.options().conditions(family).isEmpty()) {
                published.mappings().stream()
                        .filter(mapping -> mapping.isFor(family))
                        .forEach(mapping -> addEntries(mapping, address.address(), entries));
            }
        }
        return entries;
    }

    /// Each port of a range by itself: an interval beside another key needs a set whose changes
    /// take longer the more there are, and would hide that a port is taken.
    private static void addEntries(
            PortMapping mapping, InetAddress container, List<Entry> entries) {
        Maps maps = maps(IpFamily.of(container));
        Optional<InetAddress> only = mapping.onlyAddress();
        Datum protocol = Datum.u8(mapping.protocol().number());
        for (int i = 0; i < mapping.count(); i++) {
            Datum port = Datum.port(mapping.hostPort() + i);
            Datum key =
                    only.map(address -> Datum.concat(protocol, Datum.address(address), port))
                            .orElseGet(() -> Datum.concat(protocol, port));
            Datum data =
                    Datum.concat(Datum.address(container), Datum.port(mapping.containerPort() + i));
            entries.add(
                    new Entry(
                            only.isPresent() ? maps.addressedPorts() : maps.ports(),
                            Element.of(key, data)));
        }
    }

    /// Whether an entry is of a port, not of a container's address.
    static boolean isPort(Entry entry) {
        return entry.element().data().isPresent();
    }

    /// `tcp port 8080`, with the address if it is of one.
    static String describe(Entry entry) {
        Slice key = entry.key().bytes();
        boolean isAddressed = key.length() > 2 * Integer.BYTES;
        if (!isPort(entry)) {
            return "container " + address(key);
        }
        String where =
                isAddressed
                        ? " of "
                                + address(key.part(Integer.BYTES, key.length() - 2 * Integer.BYTES))
                        : "";
        return new TransportProtocol(key.u8(0))
                + " port "
                + key.be16(key.length() - Integer.BYTES)
                + where;
    }

    private static String address(Slice bytes) {
        return IpPrefix.textOf(IpPrefix.addressOf(bytes.bytes()));
    }

    /// What the groups of a device begin with.
    static String groupsOf(String device) {
        return PREFIX + device + "/";
    }

    static List<NftObject> groups(PublishedPorts published) {
        return published.addresses().stream().map(address -> group(published, address)).toList();
    }

    /// Who gets another source address: those of the container's subnet and of the host itself, or
    /// everybody, or nobody. There is one for each device, so that its last container is known.
    private static NftObject group(PublishedPorts published, IpPrefix address) {
        PortmapOptions options = published.options();
        String who = options.everyone() ? "everyone" : SharedTable.word(address.network());
        NftObject counter =
                NftObject.counter(
                        SharedTable.TABLE,
                        groupsOf(published.device().orElse("nowhere"))
                                + (options.hairpin() ? who : "nobody"));
        return published.needsLocalRouting() && !published.routedLocalBefore()
                ? counter.comment(LocalRouting.WAS_OFF)
                : counter;
    }

    private static List<Entry> companions(NftObject group) {
        String word = group.name().substring(group.name().indexOf('/') + 1);
        if (word.equals("everyone") || word.equals("nobody")) {
            return List.of();
        }
        IpPrefix subnet = SharedTable.network(word);
        IpFamily family = IpFamily.of(subnet.address());
        Stream<IpPrefix> sources =
                family == IpFamily.IPV4 ? Stream.of(subnet, LOOPBACK) : Stream.of(subnet);
        return sources.map(source ->
                        new Entry(maps(family).hairpins(), SharedTable.fromTo(source, subnet)))
                .toList();
    }
}
