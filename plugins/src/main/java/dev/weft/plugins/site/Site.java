package dev.weft.plugins.site;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.conntrack.Conntrack;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where plugins work: the network namespace of whoever calls them, with the sockets in it that
/// stay open from one call to the next, and the directory with the attachment records.
///
/// An agent keeps one for every namespace that it is called from; a process of its own has one.
/// Sockets are opened when they are first needed.
public final class Site implements AutoCloseable {
    private static final int OWNER_ONLY = 0600;

    private final NetworkNamespace host;
    private final AttachmentRecords records;
    private final LinkRemoval removal;
    private final SiteIptables iptables;
    private final Forwarding forwarding;
    private final Steps steps;
    private final Path stateDirectory;
    private final Path exclusion;
    private final ReentrantLock turns = new ReentrantLock();
    private @Nullable NetlinkSocket socket;
    private @Nullable Nftables nftables;
    private @Nullable Conntrack conntrack;

    private Site(NetworkNamespace host, Path stateDirectory, Steps steps) {
        this.host = host;
        this.records = new AttachmentRecords(stateDirectory.resolve("attachments"));
        this.stateDirectory = stateDirectory;
        this.exclusion = stateDirectory.resolve("network.lock");
        this.steps = steps;
        this.iptables = new SiteIptables(host);
        this.forwarding = new Forwarding(host);
        this.removal = new LinkRemoval(host);
    }

    /// Takes over a namespace, and closes it when it is closed itself.
    ///
    /// @param stateDirectory for what the kernel cannot know; made when it is first written to
    public static Site open(NetworkNamespace host, Path stateDirectory, Steps steps) {
        return new Site(host, stateDirectory, steps);
    }

    /// The namespace.
    public NetworkNamespace host() {
        return host;
    }

    public AttachmentRecords records() {
        return records;
    }

    public LinkRemoval removal() {
        return removal;
    }

    public Steps steps() {
        return steps;
    }

    /// For links, addresses, routes and rules.
    public synchronized NetlinkSocket socket() {
        if (socket == null) {
            socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, host);
        }
        return socket;
    }

    /// Does something that belongs to a network as a whole, while nobody else on this node does.
    /// The action may come here again.
    public <T> T exclusively(Supplier<T> action) {
        turns.lock();
        try {
            if (turns.getHoldCount() > 1) {
                return action.get();
            }
            try (FileLock _ = lock()) {
                return action.get();
            }
        } finally {
            turns.unlock();
        }
    }

    private FileLock lock() {
        try {
            return FileLock.acquire(exclusion, OWNER_ONLY);
        } catch (KernelException failed) {
            if (!failed.is(Errno.ENOENT)) {
                throw failed;
            }
            records.makeDirectory(stateDirectory);
            return FileLock.acquire(exclusion, OWNER_ONLY);
        }
    }

    public Links links() {
        return new Links(socket());
    }

    /// Kept open, because the kernel waits for a grace period when a socket is closed that changed
    /// something.
    public synchronized Nftables nftables() {
        if (nftables == null) {
            nftables = Nftables.open(host);
        }
        return nftables;
    }

    /// For flows that should be forgotten.
    public synchronized Conntrack conntrack() {
        if (conntrack == null) {
            conntrack = Conntrack.open(host);
        }
        return conntrack;
    }

    /// What the plugins have in nftables.
    public SharedTable sharedTable() {
        return new SharedTable(nftables());
    }

    public Forwarding forwarding() {
        return forwarding;
    }

    /// For rules that only iptables can have.
    public SiteIptables iptables() {
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
        forwarding.close();
        host.close();
    }
}
