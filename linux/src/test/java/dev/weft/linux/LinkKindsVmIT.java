package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The virtual machine keeps its promise: every kind of link that it exists for can be made, by
/// iproute2, so that a fault of ours is not taken for one of the tier.
class LinkKindsVmIT {
    @BeforeAll
    static void makeLowerLink() {
        ip("link", "add", "name", "lower", "type", "veth", "peer", "name", "far");
    }

    @AfterAll
    static void deleteLowerLink() {
        ip("link", "delete", "lower");
    }

    @ParameterizedTest
    @CsvSource({
        "bond,",
        "bridge, vlan_filtering 1",
        "dummy,",
        "geneve, id 7 remote 192.0.2.1",
        "gre, local 192.0.2.2 remote 192.0.2.1",
        "gretap, local 192.0.2.2 remote 192.0.2.1",
        "ifb,",
        "ip6gre, local 2001:db8::2 remote 2001:db8::1",
        "ip6tnl, local 2001:db8::2 remote 2001:db8::1",
        "ipip, local 192.0.2.2 remote 192.0.2.1",
        "ipvlan, mode l2",
        "ipvtap, mode l2",
        "macvlan, mode bridge",
        "macvtap, mode bridge",
        "sit, local 192.0.2.2 remote 192.0.2.1",
        "team,",
        "vlan, id 7",
        "vrf, table 7",
        "vxlan, id 7 dstport 4789 remote 192.0.2.1",
        "wireguard,",
    })
    void kindOfDebiansKernel_isMadeAndReadBack(String kind, String options) {
        KernelFeature.assumeLinkKind(kind);
        var add = new ArrayList<>(List.of("link", "add", "link", "lower", "name", "made"));
        add.addAll(List.of("type", kind));
        if (options != null) {
            add.addAll(List.of(options.split(" ")));
        }
        ip(add.toArray(String[]::new));
        assertThat(kindOf("made")).isEqualTo(kind);
        ip("link", "delete", "made");
    }

    private static String kindOf(String link) {
        return JsonParser.parseString(ip("-j", "-d", "link", "show", "dev", link))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("linkinfo")
                .get("info_kind")
                .getAsString();
    }

    private static String ip(String... arguments) {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return Command.run(command.toArray(String[]::new)).orFail().stdout();
    }
}
