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
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.FirewallOptions.Policy;
import dev.weft.plugins.SharedTable.Entry;
import dev.weft.plugins.SharedTable.Group;
import dev.weft.plugins.SharedTable.Part;
import java.util.ArrayList;
import java.util.List;

/// What policies have in the [SharedTable]: the device that a forwarded packet came in by leads to
/// the chain of its policy, which drops what goes out by another device with a policy.
///
/// A bridge is entered with its first container; its containers are kept beside, so that the last
/// one is known. A device of one container alone is that container's entry.
final class PolicyPart {
    private static final String PREFIX = "policy-";
    private static final String BRIDGE = PREFIX + "bridge-";
    private static final NftSet DEVICES =
            NftSet.verdictMap(SharedTable.TABLE, "policies", DataType.IFNAME);
    private static final NftSet PROTECTED =
            NftSet.of(SharedTable.TABLE, "protected", DataType.IFNAME);
    private static final NftSet MEMBERS4 =
            NftSet.verdictMap(SharedTable.TABLE, "members4", DataType.IPV4_ADDR);
    private static final NftSet MEMBERS6 =
            NftSet.verdictMap(SharedTable.TABLE, "members6", DataType.IPV6_ADDR);
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
                    List.of(DEVICES, PROTECTED, MEMBERS4, MEMBERS6),
                    List.of(FORWARDED),
                    List.of(Rule.in(FORWARDED).verdict(DEVICES, Selector.IIFNAME)),
                    PolicyPart::companions);

    private PolicyPart() {}

    static List<Entry> entries(Admission admission) {
        if (admission.policy() == Policy.OPEN) {
            return List.of();
        }
        Chain chain = chain(admission);
        if (!admission.isBridge()) {
            return ofDevice(admission.device(), chain);
        }
        return admission.addresses().stream()
                .map(address ->
                        new Entry(
                                ContainerAddresses.isIpv6(address) ? MEMBERS6 : MEMBERS4,
                                Element.of(
                                        Datum.address(address.address()),
                                        Verdict.goTo(chain.name()))))
                .toList();
    }

    private static List<Entry> ofDevice(String device, Chain chain) {
        Datum name = Datum.interfaceName(device);
        return List.of(
                new Entry(DEVICES, Element.of(name, Verdict.goTo(chain.name()))),
                new Entry(PROTECTED, Element.of(name)));
    }

    private static List<Entry> companions(Chain chain) {
        if (!chain.name().startsWith(BRIDGE)) {
            return List.of();
        }
        String rest = chain.name().substring(BRIDGE.length());
        return ofDevice(rest.substring(rest.indexOf('/') + 1), chain);
    }

    private static Chain chain(Admission admission) {
        String policy = admission.policy() == Policy.ISOLATED ? "isolated" : "same";
        return Chain.of(
                SharedTable.TABLE,
                admission.isBridge()
                        ? BRIDGE + policy + "/" + admission.device()
                        : PREFIX
                                + "subnet-"
                                + policy
                                + "-"
                                + SharedTable.word(admission.addresses().getFirst().network()));
    }

    static List<Group> groups(Admission admission) {
        if (admission.policy() == Policy.OPEN) {
            return List.of();
        }
        Chain chain = chain(admission);
        List<Rule> rules = new ArrayList<>();
        if (admission.policy() == Policy.SAME_BRIDGE) {
            if (admission.isBridge()) {
                rules.add(Rule.in(chain).outputInterface(admission.device()).returnToCaller());
            } else {
                for (IpPrefix address : admission.addresses()) {
                    rules.add(Rule.in(chain).destination(address.network()).returnToCaller());
                }
            }
        }
        rules.add(Rule.in(chain).in(PROTECTED, Selector.OIFNAME).verdict(Verdict.DROP));
        return List.of(new Group(chain, rules, companions(chain)));
    }
}
