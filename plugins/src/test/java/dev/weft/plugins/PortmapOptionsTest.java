package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Fields;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.plugins.nat.PortMapping;
import dev.weft.plugins.nat.PortmapOptions;
import dev.weft.plugins.nat.PortmapOptions.Backend;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PortmapOptionsTest {
    private static PortmapOptions options(String json) {
        return PortmapOptions.of(Fields.of(NatLab.json(json)));
    }

    private static PortMapping mapping(String json) {
        return PortMapping.of(Fields.of(NatLab.json(json)));
    }

    @Test
    void nothingSaid_isNftablesWithHairpin() {
        PortmapOptions options = options("{}");
        assertThat(options.backend()).isEqualTo(Backend.NFTABLES);
        assertThat(options.hairpin()).isTrue();
        assertThat(options.everyone()).isFalse();
        assertThat(options.markBit()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'markMasqBit':5}                  | IPTABLES
                    {'externalSetMarkChain':'X'}       | IPTABLES
                    {'conditionsV4':['-s','1.2.3.4']}  | IPTABLES
                    {'conditionsV6':['!','-s','::1']}  | IPTABLES
                    {'conditionsV4':['ip','saddr']}    | NFTABLES
                    {'backend':'nftables','markMasqBit':5} | NFTABLES
                    """)
    void optionsOfIptables_chooseIt(String json, Backend backend) {
        assertThat(options(json).backend()).isEqualTo(backend);
        assertThat(PortmapOptions.of(Fields.of(options(json).toJson()))).isEqualTo(options(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'backend':'x'} | unrecognized backend "x"
                    {'markMasqBit':32} | MasqMarkBit must be between 0 and 31
                    {'markMasqBit':1,'externalSetMarkChain':'X'} | Cannot specify externalSetMarkChain and markMasqBit
                    {'backend':'nftables','externalSetMarkChain':'X','conditionsV4':['-s']} | nftables backend was requested but configuration contains iptables-specific options [externalSetMarkChain conditionsV4]
                    {'backend':'iptables','conditionsV4':['ip']} | iptables backend was requested but configuration contains nftables-specific options [conditionsV4]
                    {'externalSetMarkChain':'X','conditionsV4':['ip']} | iptables backend was requested but configuration contains nftables-specific options [conditionsV4]
                    """)
    void contradictions_areRefused(String json, String message) {
        assertThatThrownBy(() -> options(json)).hasMessage(message);
    }

    @Test
    void mapping_isReadWhateverItsCase_andKeptInARecord() {
        PortMapping mapping =
                mapping(
                        "{'HostPort':8080,'containerPort':80,'protocol':'UDP','hostIP':'::','range':3}");
        assertThat(mapping.protocol()).isEqualTo(TransportProtocol.UDP);
        assertThat(mapping.onlyAddress()).isEmpty();
        assertThat(PortMapping.parse(mapping.toText())).isEqualTo(mapping);
        PortMapping plain = mapping("{'hostPort':1,'containerPort':2,'protocol':''}");
        assertThat(plain.protocol()).isEqualTo(TransportProtocol.TCP);
        assertThat(plain.hostAddress()).isEqualTo(Optional.empty());
        assertThat(PortMapping.parse(plain.toText())).isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'hostPort':0,'containerPort':80} | Invalid host port number: 0
                    {'hostPort':65536,'containerPort':80} | Invalid host port number: 65536
                    {'hostPort':65535,'containerPort':80,'range':2} | Invalid host port number: 65535
                    {'hostPort':1,'containerPort':-1} | Invalid container port number: -1
                    {'hostPort':1,'containerPort':1,'protocol':'icmp'} | protocol "icmp" has no ports to publish: use [tcp, udp, sctp, dccp, udplite]
                    """)
    void mappingsOfNoPorts_areRefused(String json, String message) {
        assertThatThrownBy(() -> mapping(json)).hasMessage(message);
    }
}
