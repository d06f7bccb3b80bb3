package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// IPv4's sysctls of a link, by netlink and as files.
final class Ipv4SettingKernelIT {
    @Test
    void everySetting_isWhatItsFileSays() {
        try (Sandbox sandbox = new Sandbox()) {
            Link link = sandbox.veth("v0", "v1");
            sandbox.links().change(link.index(), LinkRequest.empty().ipv4(Ipv4Setting.TAG, 77));
            Link read = sandbox.links().find("v0").orElseThrow();
            List<Ipv4Setting> compared = new ArrayList<>();
            for (Ipv4Setting setting : Ipv4Setting.values()) {
                Optional<String> file =
                        sandbox.namespace()
                                .sysctls()
                                .find("net", "ipv4", "conf", "v0", setting.sysctl());
                if (file.isPresent() && read.ipv4(setting).isPresent()) {
                    assertThat(read.ipv4(setting).getAsInt())
                            .as(setting.sysctl())
                            .isEqualTo(Integer.parseInt(file.get()));
                    compared.add(setting);
                }
            }
            assertThat(compared)
                    .hasSizeGreaterThan(25)
                    .contains(Ipv4Setting.ARP_NOTIFY, Ipv4Setting.ROUTE_LOCALNET);
            assertThat(read.ipv4(Ipv4Setting.TAG)).hasValue(77);
        }
    }

    @Test
    void setting_changesItsFileAlone() {
        try (Sandbox sandbox = new Sandbox()) {
            Link link = sandbox.veth("v0", "v1");
            String[] notify = {"net", "ipv4", "conf", "v0", "arp_notify"};
            String[] announce = {"net", "ipv4", "conf", "v0", "arp_announce"};
            String before = sandbox.namespace().sysctls().read(announce);
            sandbox.links()
                    .change(link.index(), LinkRequest.empty().ipv4(Ipv4Setting.ARP_NOTIFY, 1));
            assertThat(sandbox.namespace().sysctls().read(notify)).isEqualTo("1");
            assertThat(sandbox.namespace().sysctls().read(announce)).isEqualTo(before);
        }
    }

    @Test
    void settingOfLinkThatIsGone_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            LinkRequest request = LinkRequest.empty().ipv4(Ipv4Setting.ARP_NOTIFY, 1);
            assertThatThrownBy(() -> sandbox.links().change(4711, request))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("4711");
        }
    }
}
