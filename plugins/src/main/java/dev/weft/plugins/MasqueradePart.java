package dev.weft.plugins;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Priority;
import dev.weft.firewall.Rule;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.SharedTable.Entry;
import dev.weft.plugins.SharedTable.Group;
import dev.weft.plugins.SharedTable.Part;
import java.util.List;

/// What masquerading has in the [SharedTable]: who sends is looked up, and leads to the chain of
/// the sender's subnet, which leaves alone what stays inside and what goes to many.
final class MasqueradePart {
    private static final NftSet IPV4 =
            NftSet.verdictMap(SharedTable.TABLE, "masquerade4", DataType.IPV4_ADDR);
    private static final NftSet IPV6 =
            NftSet.verdictMap(SharedTable.TABLE, "masquerade6", DataType.IPV6_ADDR);
    private static final Chain CHAIN =
            Chain.base(
                    SharedTable.TABLE,
                    "masquerade",
                    ChainType.NAT,
                    Hook.POSTROUTING,
                    Priority.SOURCE_NAT);
    private static final String PREFIX = "masquerade-";

    static final Part PART =
            new Part(
                    PREFIX,
                    List.of(IPV4, IPV6),
                    List.of(CHAIN),
                    List.of(
                            Rule.in(CHAIN).verdict(IPV4, Selector.IP_SADDR),
                            Rule.in(CHAIN).verdict(IPV6, Selector.IP6_SADDR)));

    private static final IpPrefix MULTICAST4 = IpPrefix.parse("224.0.0.0/4");
    private static final IpPrefix MULTICAST6 = IpPrefix.parse("ff00::/8");

    private MasqueradePart() {}

    /// The entry of a container's address.
    static Entry entry(IpPrefix address) {
        return new Entry(
                ContainerAddresses.isIpv6(address) ? IPV6 : IPV4,
                Element.of(Datum.address(address.address()), Verdict.goTo(name(address))));
    }

    /// The chain of its subnet.
    static Group group(IpPrefix address) {
        Chain chain = Chain.of(SharedTable.TABLE, name(address));
        return new Group(
                chain,
                List.of(
                        Rule.in(chain).destination(address.network()).returnToCaller(),
                        Rule.in(chain).destination(multicast(address)).returnToCaller(),
                        Rule.in(chain).masquerade()));
    }

    static IpPrefix multicast(IpPrefix like) {
        return IpFamily.of(like.address()) == IpFamily.IPV4 ? MULTICAST4 : MULTICAST6;
    }

    private static String name(IpPrefix address) {
        return PREFIX + SharedTable.word(address.network());
    }
}
