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
import dev.weft.firewall.expression.ObjectMapReference;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.site.SharedTable;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.SharedTable.Part;
import java.util.List;

/// What masquerading has in the [SharedTable]: who sends is looked up, and gets another address
/// unless the packet goes to many or stays in a subnet.
final class MasqueradePart {
    private static final String PREFIX = "masquerade-";
    private static final IpPrefix MULTICAST4 = IpPrefix.parse("224.0.0.0/4");
    private static final IpPrefix MULTICAST6 = IpPrefix.parse("ff00::/8");

    /// The senders, and the pairs of a subnet and itself.
    private static final NftSet SENDERS4 = senders("masquerade4", DataType.IPV4_ADDR);

    private static final NftSet SENDERS6 = senders("masquerade6", DataType.IPV6_ADDR);
    private static final NftSet INSIDE4 = inside("inside4", DataType.IPV4_ADDR);
    private static final NftSet INSIDE6 = inside("inside6", DataType.IPV6_ADDR);
    private static final Chain CHAIN =
            Chain.base(
                    SharedTable.TABLE,
                    "masquerade",
                    ChainType.NAT,
                    Hook.POSTROUTING,
                    Priority.SOURCE_NAT);

    static final Part PART =
            new Part(
                    PREFIX,
                    List.of(SENDERS4, SENDERS6, INSIDE4, INSIDE6),
                    List.of(CHAIN),
                    List.of(
                            Rule.in(CHAIN)
                                    .notDestination(MULTICAST4)
                                    .add(Selector.IP_SADDR.load(Register.FIRST))
                                    .add(new ObjectMapReference(SENDERS4.name(), Register.FIRST))
                                    .notIn(INSIDE4, Selector.IP_SADDR, Selector.IP_DADDR)
                                    .masquerade(),
                            Rule.in(CHAIN)
                                    .notDestination(MULTICAST6)
                                    .add(Selector.IP6_SADDR.load(Register.FIRST))
                                    .add(new ObjectMapReference(SENDERS6.name(), Register.FIRST))
                                    .notIn(INSIDE6, Selector.IP6_SADDR, Selector.IP6_DADDR)
                                    .masquerade()),
                    MasqueradePart::companions);

    private MasqueradePart() {}

    private static NftSet senders(String name, DataType address) {
        return NftSet.objectMap(SharedTable.TABLE, name, ObjectType.COUNTER, address);
    }

    private static NftSet inside(String name, DataType address) {
        return NftSet.of(SharedTable.TABLE, name, address, address).intervals();
    }

    /// The entry of a container's address.
    static Entry entry(IpPrefix address) {
        return new Entry(
                ContainerAddresses.isIpv6(address) ? SENDERS6 : SENDERS4,
                Element.of(Datum.address(address.address()), group(address)));
    }

    /// Its subnet's.
    static NftObject group(IpPrefix address) {
        return NftObject.counter(SharedTable.TABLE, PREFIX + SharedTable.word(address.network()));
    }

    private static List<Entry> companions(NftObject group) {
        IpPrefix subnet = SharedTable.network(group.name().substring(PREFIX.length()));
        return List.of(
                new Entry(
                        ContainerAddresses.isIpv6(subnet) ? INSIDE6 : INSIDE4,
                        SharedTable.fromTo(subnet, subnet)));
    }

    static IpPrefix multicast(IpPrefix like) {
        return IpFamily.of(like.address()) == IpFamily.IPV4 ? MULTICAST4 : MULTICAST6;
    }
}
