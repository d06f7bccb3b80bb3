package dev.weft.firewall.conntrack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpPrefix;
import org.junit.jupiter.api.Test;

/// A busy node's table: some of its connections are deleted, the others stay.
final class ManyConnectionsKernelIT {
    private static final int COUNT = 1 << 15;

    @Test
    void delete_ofThousandsAmongMany_removesThoseAndCountsThem() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            Conntrack conntrack = sandbox.conntrack();
            conntrack.create(ManyConnections.requests(COUNT));
            assertThat(conntrack.usage().entries()).isEqualTo(COUNT);

            ConntrackFilter port =
                    ConntrackFilter.all().protocol(TransportProtocol.UDP).destinationPort(53);
            int ofPort = conntrack.delete(port);
            int ofAddresses =
                    conntrack.delete(
                            ConntrackFilter.all().involving(IpPrefix.parse("10.1.0.0/18")));

            assertThat(ofPort).isEqualTo(COUNT / 10 + 1);
            assertThat(ofAddresses).isEqualTo((1 << 14) * 9 / 10);
            assertThat(sandbox.theirs("-L")).hasSize(COUNT - ofPort - ofAddresses);
        }
    }

    @Test
    void delete_ofWhatIsGone_countsNothing() {
        try (ConntrackSandbox sandbox = new ConntrackSandbox()) {
            Conntrack conntrack = sandbox.conntrack();
            conntrack.create(ManyConnections.requests(5000));
            ConntrackFilter emptying =
                    ConntrackFilter.all()
                            .where(connection -> {
                                conntrack.delete(connection);
                                return true;
                            });
            assertThat(conntrack.delete(emptying)).isZero();
        }
    }
}
