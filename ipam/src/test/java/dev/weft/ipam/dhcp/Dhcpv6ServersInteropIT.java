package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weft.testkit.Command;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association.Lent;
import dev.weft.wire.EtherType;
import dev.weft.wire.Ethernet;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.IpProtocol;
import dev.weft.wire.Ipv6;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Udp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The DHCPv6 client beside dnsmasq, over a veth, the client's clock virtual.
final class Dhcpv6ServersInteropIT extends Dhcpv6Bench {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir Path directory;
    private final Cable cable = new Cable(EtherType.IPV6);

    @BeforeAll
    static void dnsmasqIsInstalled() {
        assumeTrue(Command.isInstalled("dnsmasq"), "dnsmasq is not installed");
    }

    @BeforeEach
    void serve() throws IOException {
        Cable.ip("address add fe80::1/64 dev srv nodad");
        Cable.ip("address add fd09::1/64 dev srv nodad");
        cable.inside("address add fe80::77/64 dev eth0 nodad");
        cable.serve(
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--pid-file=",
                        "--user=root",
                        "--port=0",
                        "--interface=srv",
                        "--bind-interfaces",
                        "--dhcp-authoritative",
                        "--dhcp-leasefile=" + directory.resolve("leases"),
                        "--dhcp-range=fd09::100,fd09::1ff,64,1h",
                        "--dhcp-option=option6:dns-server,[fd09::53]",
                        "--dhcp-option=option6:domain-search,a.example,b.a.example"),
                directory.resolve("log"));
    }

    @AfterEach
    void unplug() {
        cable.close();
    }

    private void exchange(BooleanSupplier isDone) {
        long end = System.nanoTime() + LIMIT.toNanos();
        carryOut(client.advance(now));
        while (!isDone.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s", client.state()).isLessThan(end);
            List<Packet> packets = cable.receive();
            for (Packet packet : packets) {
                packet.first(Dhcpv6.View.class)
                        .ifPresent(message -> carryOut(client.receive(message.bytes(), now)));
            }
            if (packets.isEmpty()) {
                now = Math.max(now, client.wakeUpMillis().orElse(now));
                carryOut(client.advance(now));
            }
        }
    }

    private void carryOut(List<Dhcpv6Effect> effects) {
        int before = sent.size();
        take(effects);
        sent.subList(before, sent.size())
                .forEach(message ->
                        cable.send(
                                Packet.encode(
                                        new Ethernet(
                                                MacAddress.parse("33:33:00:01:00:02"),
                                                Cable.MAC,
                                                EtherType.IPV6),
                                        Ipv6.of(
                                                IpAddresses.parseV6("fe80::77"),
                                                IpAddresses.parseV6("ff02::1:2"),
                                                IpProtocol.UDP),
                                        new Udp(Dhcpv6.CLIENT_PORT, Dhcpv6.SERVER_PORT),
                                        message)));
    }

    private boolean isBound() {
        return client.state() == Dhcpv6State.BOUND;
    }

    @Test
    void lease_isGrantedRenewedReboundConfirmedAndReleased() {
        exchange(this::isBound);
        Dhcpv6Lease first = lease();
        assertThat(first.addresses())
                .singleElement()
                .extracting(Lent::address)
                .satisfies(address -> assertThat(IpAddresses.text(address)).startsWith("fd09::1"));
        assertThat(first.addresses().getFirst().validSeconds()).isBetween(3590L, 3600L);
        assertThat(first.nameservers()).containsExactly(IpAddresses.parseV6("fd09::53"));
        assertThat(first.search()).containsExactly("a.example", "b.a.example");

        now = client.wakeUpMillis().orElseThrow();
        exchange(this::isBound);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.RENEW);
        assertThat(events.getLast()).isInstanceOf(Dhcpv6Effect.Renewed.class);

        now += 3_550_000;
        exchange(this::isBound);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.REBIND);
        assertThat(lease().addresses().getFirst().address())
                .isEqualTo(first.addresses().getFirst().address());

        resume(SETTINGS, lease(), now);
        now = client.wakeUpMillis().orElseThrow();
        exchange(this::isBound);
        assertThat(sent).singleElement().extracting(Dhcpv6::type).isEqualTo(Dhcpv6.CONFIRM);

        carryOut(client.release(now));
        exchange(() -> client.state() == Dhcpv6State.STOPPED);
        assertThat(sent).hasSize(2);
    }
}
