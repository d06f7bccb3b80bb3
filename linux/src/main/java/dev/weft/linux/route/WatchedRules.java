package dev.weft.linux.route;

import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.WatchedTable;
import java.util.List;
import java.util.Map;

/// Rules as a [dev.weft.linux.netlink.Watch] follows them. A rule has no name: all of it is its
/// identity, apart from what the kernel notes silently about links and rules it refers to.
final class WatchedRules implements WatchedTable<Rule, Rule> {
    @Override
    public String name() {
        return "rules";
    }

    @Override
    public int[] groups() {
        return new int[] {RouteGroups.IPV4_RULE, RouteGroups.IPV6_RULE};
    }

    @Override
    public Dump<Rule> dump(NetlinkSocket socket) {
        return new Rules(socket).dump();
    }

    @Override
    public Rule key(Rule rule) {
        return new Rule(
                rule.destination(),
                rule.source(),
                rule.typeOfService(),
                rule.action(),
                rule.flags() & RuleFlag.INVERT.bit(),
                rule.attributes());
    }

    @Override
    public List<Update<Rule>> updates(NetlinkMessage message, Map<Rule, Rule> rows) {
        return switch (message.type()) {
            case Rules.RTM_NEWRULE -> Rows.present(Rule.decode(message));
            case Rules.RTM_DELRULE -> Rows.absent(Rule.decode(message));
            default -> List.of();
        };
    }
}
