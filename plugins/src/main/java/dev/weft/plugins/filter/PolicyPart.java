package dev.weft.plugins.filter;

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
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.filter.FirewallOptions.Policy;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.site.SharedTable;
import dev.weft.plugins.site.SharedTable.Entry;
import dev.weft.plugins.site.SharedTable.Part;
import java.util.ArrayList;
import java.util.List;

/// What policies have in the [SharedTable]: a packet that comes in by a device with a policy and
/// leaves by one is dropped, unless both are behind the same bridge, or in the same subnet of a
/// network without one.
///
/// A bridge is entered with its first container. A device of one container alone is that
/// container's own entry.
final class PolicyPart {
    private static final String PREFIX = "policy-";
    private static final String SAME_BRIDGE = PREFIX + "same-bridge/";
    private static final String SAME_SUBNET = PREFIX + "same-subnet/";
    private static final String ISOLATED_BRIDGE = PREFIX + "isolated-bridge/";
    private static final String ISOLATED_SUBNET = PREFIX + "isolated-subnet/";

    private static final NftSet PROTECTED =
            NftSet.of(SharedTable.TABLE, "protected", DataType.IFNAME);
    private static final NftSet TOGETHER =
            NftSet.of(SharedTable.TABLE, "together", DataType.IFNAME, DataType.IFNAME);
    private static final NftSet NEIGHBOURS4 = neighbours("neighbours4", DataType.IPV4_ADDR);
    private static final NftSet NEIGHBOURS6 = neighbours("neighbours6", DataType.IPV6_ADDR);
    private static final NftSet MEMBERS4 = members("members4", DataType.IPV4_ADDR);
    private static final NftSet MEMBERS6 = members("members6", DataType.IPV6_ADDR);
    private static final Chain FORWARDED =
            Chain.base(
                    SharedTable.TABLE,
                    "forwarded",
                    ChainType.FILTER,
                    Hook.FORWARD,
                    Priority.FILTER);

    static final Part PART =
            new Part(
                    PREFIX,
                    List.of(PROTECTED, TOGETHER, NEIGHBOURS4, NEIGHBOURS6, MEMBERS4, MEMBERS6),
                    List.of(FORWARDED),
                    List.of(
                            strangers()
                                    .notIn(NEIGHBOURS4, Selector.IP_SADDR, Selector.IP_DADDR)
                                    .verdict(Verdict.DROP),
                            strangers()
                                    .notIn(NEIGHBOURS6, Selector.IP6_SADDR, Selector.IP6_DADDR)
                                    .verdict(Verdict.DROP)),
                    PolicyPart::companions);

    private PolicyPart() {}

    private static NftSet neighbours(String name, DataType address) {
        return NftSet.of(SharedTable.TABLE, name, address, address).intervals();
    }

    private static NftSet members(String name, DataType address) {
        return NftSet.objectMap(SharedTable.TABLE, name, ObjectType.COUNTER, address);
    }

    private static RuleBuilder strangers() {
        return Rule.in(FORWARDED)
                .in(PROTECTED, Selector.IIFNAME)
                .in(PROTECTED, Selector.OIFNAME)
                .notIn(TOGETHER, Selector.IIFNAME, Selector.OIFNAME);
    }

    static List<Entry> entries(Admission admission) {
        if (admission.policy() == Policy.OPEN) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        for (IpPrefix address : admission.addresses()) {
            entries.add(
                    new Entry(
                            ContainerAddresses.isIpv6(address) ? MEMBERS6 : MEMBERS4,
                            Element.of(
                                    Datum.address(address.address()), group(admission, address))));
        }
        if (!admission.isBridge()) {
            entries.add(device(admission.device()));
        }
        return entries;
    }

    private static Entry device(String name) {
        return new Entry(PROTECTED, Element.of(Datum.interfaceName(name)));
    }

    static List<NftObject> groups(Admission admission) {
        return admission.policy() == Policy.OPEN
                ? List.of()
                : admission.addresses().stream().map(address -> group(admission, address)).toList();
    }

    private static NftObject group(Admission admission, IpPrefix address) {
        boolean isIsolated = admission.policy() == Policy.ISOLATED;
        String name =
                admission.isBridge()
                        ? (isIsolated ? ISOLATED_BRIDGE : SAME_BRIDGE) + admission.device()
                        : (isIsolated ? ISOLATED_SUBNET : SAME_SUBNET)
                                + SharedTable.word(address.network());
        return NftObject.counter(SharedTable.TABLE, name);
    }

    static List<Entry> companions(NftObject group) {
        String word = group.name().substring(group.name().indexOf('/') + 1);
        String kind = group.name().substring(0, group.name().length() - word.length());
        return switch (kind) {
            case ISOLATED_BRIDGE -> List.of(device(word));
            case SAME_BRIDGE -> {
                Datum name = Datum.interfaceName(word);
                yield List.of(
                        device(word), new Entry(TOGETHER, Element.of(Datum.concat(name, name))));
            }
            case SAME_SUBNET -> {
                IpPrefix subnet = SharedTable.network(word);
                yield List.of(
                        new Entry(
                                ContainerAddresses.isIpv6(subnet) ? NEIGHBOURS6 : NEIGHBOURS4,
                                SharedTable.fromTo(subnet, subnet)));
            }
            default -> List.of();
        };
    }
}
