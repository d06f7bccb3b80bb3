package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.linux.link.IpvlanMode;
import dev.weft.linux.link.MacvlanMode;
import dev.weft.plugins.stacked.IpvlanConfiguration;
import dev.weft.plugins.stacked.MacvlanConfiguration;
import dev.weft.plugins.stacked.StackedConfiguration;
import dev.weft.plugins.stacked.StackedKeys;
import dev.weft.plugins.stacked.VlanConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys of `macvlan`, `ipvlan` and `vlan`.
final class StackedConfigurationTest {
    private static Request request(Command command, String keys) {
        String json = "{'cniVersion': '1.1.0', 'name': 'net'" + keys + "}";
        return new Request(
                command,
                new AttachmentId("c1", "eth0"),
                Optional.empty(),
                Optional.empty(),
                "",
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(JsonText.parseObject(json.replace('\'', '"'), "test")),
                new Diagnostics());
    }

    private static StackedConfiguration read(String type, String keys) {
        Request request = request(Command.ADD, keys);
        return switch (type) {
            case "macvlan" -> MacvlanConfiguration.of(request);
            case "ipvlan" -> IpvlanConfiguration.of(request);
            default -> VlanConfiguration.of(request);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    macvlan | , 'mode': 'source'                                    | unknown macvlan mode: "source"
                    macvlan | , 'mac': 'xyz'                                        | failed to parse mac: 'xyz' is no hardware address
                    macvlan | , 'bcqueuelen': -1                                    | bcqueuelen
                    macvlan | , 'bcqueuelen': 4294967296                            | bcqueuelen
                    macvlan | , 'mtu': 'x'                                          | mtu
                    ipvlan  | , 'mode': 'L2', 'ipam': {'type': 'static'}            | unknown ipvlan mode: "L2"
                    ipvlan  | , 'master': 'up0'                                     | no plugin name provided
                    ipvlan  | , 'prevResult': {'interfaces': [{'name': 'a'}, {'name': 'b'}], 'ips': [{'address': '10.1.0.2/24'}]} | chained master failure. PrevResult lacks a single named interface
                    ipvlan  | , 'prevResult': {}, 'ipam': {'type': 'static'}        | chained master failure. PrevResult lacks a single named interface
                    vlan    | , 'vlanId': 5, 'ipam': {'type': 'static'}             | "master" field is required. It specifies the host interface name to create the VLAN for
                    vlan    | , 'master': 'a', 'vlanId': 4095, 'ipam': {'type': 'static'} | invalid VLAN ID 4095
                    vlan    | , 'master': 'a', 'vlanId': -1, 'ipam': {'type': 'static'}   | invalid VLAN ID -1
                    vlan    | , 'master': 'a', 'vlanId': 5                          | failed to execute IPAM delegate: no plugin name provided
                    """)
    void configurationThatCannotBe_isRefused(String type, String keys, String message) {
        assertThatThrownBy(() -> read(type, keys)).hasMessageContaining(message);
    }

    @Test
    void keysThatAreNotThere_haveTheirDefaults() {
        MacvlanConfiguration macvlan = MacvlanConfiguration.of(request(Command.ADD, ""));
        assertThat(macvlan.mode()).isEqualTo(MacvlanMode.BRIDGE);
        assertThat(macvlan.keys())
                .isEqualTo(new StackedKeys(Optional.empty(), 0, false, Optional.empty()));
        IpvlanConfiguration ipvlan =
                IpvlanConfiguration.of(request(Command.ADD, ", 'ipam': {'type': 'static'}"));
        assertThat(ipvlan.mode()).isEqualTo(IpvlanMode.L2);
        assertThat(ipvlan.given().addresses()).isEmpty();
    }

    /// The result is then that of the whole list, with as many interfaces as it made.
    @Test
    void resultOfACheck_tellsNothingOfTheMaster() {
        IpvlanConfiguration read =
                IpvlanConfiguration.of(
                        request(Command.CHECK, ", 'prevResult': {'interfaces': [{'name': 'a'}]}"));
        assertThat(read.keys().master()).isEmpty();
    }
}
