package dev.weft.plugins;

import dev.weft.plugins.Comparison.Scenario;

/// What scenarios of plugins have in common whose interface stands on another link: `up0`, by which
/// the host's default route leads.
final class StackedScenario {
    static final String ADDRESSES =
            local("[{'subnet':'10.1.0.0/24'}]", "'routes':[{'dst':'0.0.0.0/0'}],");
    private static final String UPLINK =
            "ip link show up0 >/dev/null 2>&1 || { "
                    + "ip link add up0 address 02:00:00:00:10:00 type veth"
                    + " peer name up1 address 02:00:00:00:10:01;"
                    + "ip link set up0 up; ip link set up1 up;"
                    + "ip addr add 192.0.2.1/24 dev up0; ip route add default via 192.0.2.2; }";

    private StackedScenario() {}

    static String local(String ranges, String keys) {
        return "'ipam':{'type':'host-local','dataDir':'LEASES',"
                + keys
                + "'ranges':["
                + ranges
                + "]},";
    }

    static Scenario of(String name, String keys, KnownDifference... differences) {
        return Scenario.of(name, keys, differences).after(UPLINK);
    }
}
