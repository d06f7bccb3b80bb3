package dev.weft.agent;

import dev.weft.cni.Plugin;
import dev.weft.ipam.HostLocal;
import dev.weft.linux.namespace.NamespaceId;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.PluginSet;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Steps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The sites of all namespaces that calls come from: kept, because opening their sockets takes
/// longer than a call does.
///
/// An open site keeps its namespace alive, also one that everybody else has left, and the kernel
/// does not tell. So a site that no call has used for a while is closed; only that of the agent's
/// own namespace stays. There are never more than there were calls meanwhile.
final class Sites implements AutoCloseable {
    /// Beyond the interval of a runtime that adds and deletes, and short for a namespace to linger.
    static final Duration IDLE_LIMIT = Duration.ofSeconds(30);

    private final NamespaceId home;
    private final Path stateDirectory;
    private final Steps steps;
    private final HostLocal hostLocal;
    private final Plugin dhcp;
    private final Map<NamespaceId, OpenSite> open = new HashMap<>();

    /// @param home the namespace whose site stays open
    /// @param hostLocal what all sites share, like the next
    Sites(NamespaceId home, Path stateDirectory, Steps steps, HostLocal hostLocal, Plugin dhcp) {
        this.home = home;
        this.dhcp = dhcp;
        this.hostLocal = hostLocal;
        this.stateDirectory = stateDirectory;
        this.steps = steps;
    }

    /// A site, while a call uses it.
    final class OpenSite implements AutoCloseable {
        private final Site site;
        private final PluginSet plugins;
        private int users;
        private long usedNanos;

        private OpenSite(Site site) {
            this.site = site;
            this.plugins = new PluginSet(site, hostLocal, dhcp);
        }

        NetworkNamespace host() {
            return site.host();
        }

        PluginSet plugins() {
            return plugins;
        }

        /// The call ends.
        @Override
        public void close() {
            synchronized (Sites.this) {
                users--;
                usedNanos = System.nanoTime();
            }
        }
    }

    /// The site of a namespace, until it is closed.
    ///
    /// @param id of the namespace
    /// @param descriptor of this process, that stands for it
    synchronized OpenSite use(NamespaceId id, int descriptor) {
        OpenSite site = open.get(id);
        if (site == null) {
            NetworkNamespace namespace = NetworkNamespace.ofDescriptor(descriptor);
            site = new OpenSite(Site.open(namespace, stateDirectory, steps));
            open.put(id, site);
        }
        site.users++;
        return site;
    }

    synchronized int count() {
        return open.size();
    }

    /// Closes what has been idle for too long.
    void closeIdle(Duration limit) {
        takeIdle(limit).forEach(Site::close);
    }

    /// Closing takes a grace period of the kernel, which no call should wait for.
    private synchronized List<Site> takeIdle(Duration limit) {
        long now = System.nanoTime();
        List<Site> idle = new ArrayList<>();
        Iterator<Map.Entry<NamespaceId, OpenSite>> entries = open.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<NamespaceId, OpenSite> entry = entries.next();
            OpenSite site = entry.getValue();
            if (site.users == 0
                    && !entry.getKey().equals(home)
                    && now - site.usedNanos >= limit.toNanos()) {
                entries.remove();
                idle.add(site.site);
            }
        }
        return idle;
    }

    @Override
    public synchronized void close() {
        open.values().forEach(site -> site.site.close());
        open.clear();
    }
}
