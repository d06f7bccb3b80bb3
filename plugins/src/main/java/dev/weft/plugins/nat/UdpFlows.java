package dev.weft.plugins.nat;

import dev.weft.firewall.conntrack.Conntrack;
import dev.weft.firewall.conntrack.ConntrackFilter;
import dev.weft.firewall.conntrack.Transport;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.site.Site;
import java.util.BitSet;
import java.util.List;

/// The flows of UDP that connection tracking remembers: as long as a client goes on sending, they
/// keep what was decided about their first packet, and no rule is asked again.
final class UdpFlows {
    private final Site site;

    UdpFlows(Site site) {
        this.site = site;
    }

    /// Forgets what clients have sent to ports of the host before they were published, or when they
    /// led elsewhere.
    void forgetPorts(PublishedPorts published) {
        if (isNothingKnown()) {
            return;
        }
        for (IpPrefix address : published.addresses()) {
            IpFamily family = IpFamily.of(address.address());
            BitSet ports = ports(published.mappings(), family);
            if (!ports.isEmpty()) {
                conntrack().delete(toPorts(family, ports));
            }
        }
    }

    private Conntrack conntrack() {
        return site.conntrack();
    }

    /// To look for flows takes milliseconds a family, however few there are: the kernel goes
    /// through a table of all namespaces.
    private boolean isNothingKnown() {
        return conntrack().usage().entries() == 0;
    }

    private static BitSet ports(List<PortMapping> mappings, IpFamily family) {
        BitSet ports = new BitSet();
        mappings.stream()
                .filter(mapping -> mapping.protocol().equals(TransportProtocol.UDP))
                .filter(mapping -> mapping.isFor(family))
                .forEach(mapping ->
                        ports.set(mapping.hostPort(), mapping.hostPort() + mapping.count()));
        return ports;
    }

    /// A single port the kernel compares itself, and answers with what there is of it alone.
    private static ConntrackFilter toPorts(IpFamily family, BitSet ports) {
        int first = ports.nextSetBit(0);
        return ConntrackFilter.all()
                .family(family)
                .protocol(TransportProtocol.UDP)
                .destinationPorts(first, ports.length() - 1)
                .where(flow ->
                        flow.original().transport() instanceof Transport.Ports at
                                && ports.get(at.destination()));
    }

    /// Forgets what leads to a container.
    void forgetContainer(PublishedPorts published) {
        if (isNothingKnown()) {
            return;
        }
        for (IpPrefix address : published.addresses()) {
            if (!ports(published.mappings(), IpFamily.of(address.address())).isEmpty()) {
                conntrack()
                        .delete(
                                ConntrackFilter.all()
                                        .family(IpFamily.of(address.address()))
                                        .protocol(TransportProtocol.UDP)
                                        .replySource(IpPrefix.host(address.address())));
            }
        }
    }
}
