package dev.weft.plugins;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.conntrack.Conntrack;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where plugins work: the network namespace of whoever calls them, with the sockets in it that
/// stay open from one call to the next, and the directory with the attachment records.
///
/// An agent keeps one for every namespace that it is called from; a process of its own has one.
/// Sockets are opened when they are first needed.
public final class Site implements AutoCloseable {
    private final NetworkNamespace host;
    private final AttachmentRecords records;
    private final LinkRemoval removal;
    private final SiteIptables iptables;
    private final Steps steps;
    private @Nullable NetlinkSocket socket;
    private @Nullable Nftables nftables;
    private @Nullable Conntrack conntrack;

    private Site(NetworkNamespace host, AttachmentRecords records, Steps steps) {
        this.host = host;
        this.records = records;
        this.steps = steps;
        this.removal = new LinkRemoval(host);
        this.iptables = new SiteIptables(host);
    }

    /// Takes over a namespace, and closes it when it is closed itself.
    ///
    /// @param stateDirectory for what the kernel cannot know; made when it is first written to
    public static Site open(NetworkNamespace host, Path stateDirectory, Steps steps) {
        return new Site(host, new AttachmentRecords(stateDirectory.resolve("attachments")), steps);
    }

    /// The namespace.
    public NetworkNamespace host() {
        return host;
    }

    AttachmentRecords records() {
        return records;
    }

    LinkRemoval removal() {
        return removal;
    }

    Steps steps() {
        return steps;
    }

    /// For links, addresses, routes and rules.
    synchronized NetlinkSocket socket() {
        if (socket == null) {
            socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, host);
        }
        return socket;
    }

    Links links() {
        return new Links(socket());
    }

    /// Kept open, because the kernel waits for a grace period when a socket is closed that changed
    /// something.
    synchronized Nftables nftables() {
        if (nftables == null) {
            nftables = Nftables.open(host);
        }
        return nftables;
    }

    /// For flows that should be forgotten.
    synchronized Conntrack conntrack() {
        if (conntrack == null) {
            conntrack = Conntrack.open(host);
        }
        return conntrack;
    }

    /// What the plugins have in nftables.
    SharedTable sharedTable() {
        return new SharedTable(nftables());
    }

    /// For rules that only iptables can have.
    SiteIptables iptables() {
        return iptables;
    }

    @Override
    public synchronized void close() {
        removal.close();
        if (socket != null) {
            socket.close();
        }
        if (nftables != null) {
            nftables.close();
        }
        if (conntrack != null) {
            conntrack.close();
        }
        host.close();
    }
}
