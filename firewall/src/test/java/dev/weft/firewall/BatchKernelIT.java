package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.NatFlag;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft").comment("made by weft");
    private static final Chain PREROUTING =
            Chain.base(TABLE, "pre", ChainType.NAT, Hook.PREROUTING, Priority.DESTINATION_NAT);
    private static final Chain POSTROUTING =
            Chain.base(TABLE, "post", ChainType.NAT, Hook.POSTROUTING, Priority.SOURCE_NAT);
    private static final NftSet PUBLISHED =
            NftSet.map(
                            TABLE,
                            "published",
                            List.of(DataType.IPV4_ADDR, DataType.INET_PROTO, DataType.INET_SERVICE),
                            List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE))
                    .comment("ports");

    private static Datum address(String text) {
        return Datum.address(IpPrefix.parseAddress(text));
    }

    private static Batch publishing() {
        return new Batch()
                .create(TABLE)
                .create(PREROUTING)
                .create(POSTROUTING)
                .create(PUBLISHED)
                .add(
                        PUBLISHED,
                        Element.of(
                                        Datum.concat(
                                                address("192.168.245.168"),
                                                Datum.u8(6),
                                                Datum.port(80)),
                                        Datum.concat(address("172.17.0.2"), Datum.port(8080)))
                                .comment("web"))
                .append(
                        Rule.in(PREROUTING)
                                .destinationIsLocal()
                                .destinationNat(
                                        PUBLISHED,
                                        Selector.IP_DADDR,
                                        Selector.L4PROTO,
                                        Selector.TH_DPORT))
                .append(
                        Rule.in(PREROUTING)
                                .inputInterface("eth0")
                                .port(Selector.TCP_DPORT, 81)
                                .destinationNat(IpPrefix.parseAddress("172.17.0.2"), 8080))
                .append(
                        Rule.in(POSTROUTING)
                                .source(IpPrefix.parse("172.17.0.0/24"))
                                .match(
                                        Selector.OIFNAME,
                                        Operator.NOT_EQUAL,
                                        Datum.interfaceName("br0"))
                                .masquerade(NatFlag.FULLY_RANDOM)
                                .comment("out"));
    }

    @Test
    void publishing_readsInNftAsWritten() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables().apply(publishing());

            String expected =
                    """
                    table inet weft {
                    	comment "made by weft"
                    	map published {
                    		type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service
                    		comment "ports"
                    		elements = { 192.168.245.168 . tcp . 80 comment "web" : 172.17.0.2 . 8080 }
                    	}

                    	chain pre {
                    		type nat hook prerouting priority dstnat; policy accept;
                    		fib daddr type local dnat ip to ip daddr . meta l4proto . th dport map @published
                    		iifname "eth0" tcp dport 81 dnat ip to 172.17.0.2:8080
                    	}

                    	chain post {
                    		type nat hook postrouting priority srcnat; policy accept;
                    		ip saddr 172.17.0.0/24 oifname != "br0" masquerade fully-random comment "out"
                    	}
                    }
                    """;
            assertThat(sandbox.nft("list", "ruleset")).isEqualTo(expected);
            assertThat(sandbox.nftables().read(TABLE)).hasToString(expected);
        }
    }

    @Test
    void delete_ofTable_leavesNothing() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables().apply(publishing());
            sandbox.nftables().apply(new Batch().delete(TABLE));

            assertThat(sandbox.nft("list", "ruleset")).isEmpty();
            assertThatThrownBy(() -> sandbox.nftables().apply(new Batch().delete(TABLE)))
                    .hasMessageContaining("cannot delete table inet weft: ENOENT");
        }
    }

    @Test
    void masqueradeInFilterChain_isNamedAndNothingIsApplied() {
        try (Sandbox sandbox = new Sandbox()) {
            Chain filter =
                    Chain.base(TABLE, "fwd", ChainType.FILTER, Hook.FORWARD, Priority.FILTER);
            Batch batch = new Batch().add(TABLE).add(filter).append(Rule.in(filter).masquerade());

            assertThatThrownBy(() -> sandbox.nftables().apply(batch))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("cannot append rule inet weft fwd: masquerade")
                    .hasMessageContaining("of it is not for this family, hook or type of chain")
                    .matches(failed -> ((KernelException) failed).is(Errno.EOPNOTSUPP));
            assertThat(sandbox.nft("list", "ruleset")).isEmpty();
        }
    }
}
