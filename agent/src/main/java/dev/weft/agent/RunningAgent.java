package dev.weft.agent;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.JsonText;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DhcpPlugin;
import dev.weft.ipam.dhcp.live.LeaseHolder;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.LinuxException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.unix.UnixListener;
import dev.weft.plugins.PluginSet;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// An agent with everything that it has: the parts, and the order in which they begin and end.
final class RunningAgent implements AutoCloseable {
    static final String SOCKET = "cni.sock";
    static final String HTTP_SOCKET = "http.sock";

    private static final int OWNER_ONLY = 0600;

    /// Beyond the connections that [Admission] lets wait; the doorkeeper takes them at once.
    private static final int BACKLOG = 128;

    private final AgentConfiguration configuration;
    private final UnixListener listener;
    private final Sites sites;
    private final Tracing tracing;
    private final Operations operations;
    private final Admission admission;
    private final Pools pools;
    private final AgentMetrics metrics;
    private final LeaseHolder leases;
    private final Logger log;
    private final Instant started = Instant.now();
    private @Nullable CallServer server;
    private @Nullable Watch watch;
    private @Nullable HttpServer http;

    private RunningAgent(
            AgentConfiguration configuration,
            UnixListener listener,
            Sites sites,
            Tracing tracing,
            Pools pools,
            AgentMetrics metrics,
            LeaseHolder leases,
            Logger log) {
        this.configuration = configuration;
        this.listener = listener;
        this.sites = sites;
        this.tracing = tracing;
        this.pools = pools;
        this.metrics = metrics;
        this.leases = leases;
        this.log = log;
        this.operations = new Operations(metrics, log);
        this.admission = new Admission(configuration.workers(), configuration.queue());
    }

    /// Takes the socket: callers wait from now on, and no other agent can have the directory.
    ///
    /// @param log of operations
    /// @param around who else follows their steps
    /// @throws KernelException EADDRINUSE when another agent has it
    /// @throws UncheckedIOException when a directory cannot be made
    static RunningAgent open(
            AgentConfiguration configuration, Logger log, UnaryOperator<Steps> around) {
        requirePrivate(configuration.runDirectory());
        make(configuration.stateDirectory());
        Path socket = configuration.runDirectory().resolve(SOCKET);
        UnixListener listener = UnixListener.open(socket, OWNER_ONLY, BACKLOG);
        Tracing tracing = new Tracing();
        Steps steps = around.apply(tracing);
        NetworkNamespace home = NetworkNamespace.current();
        HostLocal hostLocal = new HostLocal();
        LeaseHolder leases = new LeaseHolder(configuration.stateDirectory(), log::info);
        Sites sites =
                new Sites(
                        home.id(),
                        configuration.stateDirectory(),
                        steps,
                        hostLocal,
                        new DhcpPlugin(leases));
        // Opened now, so that no call waits for it.
        try (Sites.OpenSite _ = sites.use(home.id(), home.descriptor())) {
            AgentMetrics metrics = new AgentMetrics(Set.copyOf(PluginSet.TYPES));
            Pools pools = new Pools(hostLocal);
            return new RunningAgent(
                    configuration, listener, sites, tracing, pools, metrics, leases, log);
        } finally {
            home.close();
        }
    }

    /// Makes the directory for its owner alone, or accepts one that nobody else may write.
    private static void requirePrivate(Path directory) {
        make(directory);
        try {
            Set<PosixFilePermission> permissions =
                    Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                throw KernelException.explained(
                        Errno.EPERM.number(),
                        "use",
                        directory.toString(),
                        "others may write to it: chmod go-w " + directory);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot use " + directory, failed);
        }
    }

    private static void make(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make the directory " + directory, failed);
        }
    }

    /// Serves calls from now on.
    synchronized void start() {
        resumeLeases();
        CallHandler handler =
                new CallHandler(sites, tracing, operations, pools, () -> admission.waiting() > 0);
        watch = Watch.start(configuration.operationLimit(), sites, operations);
        server =
                CallServer.start(listener, admission, handler, operations, configuration.workers());
        metrics.gauge("weft_operations_running", "Operations being served.", admission::running);
        metrics.gauge("weft_operations_waiting", "Calls that wait for others.", admission::waiting);
        metrics.gauge("weft_sites", "Namespaces that calls come from.", sites::count);
        metrics.gauge("weft_dhcp_leases", "DHCP leases being held.", leases::count);
        metrics.pools(pools);
        http =
                HttpServer.start(
                        new HttpEndpoint(
                                Map.of("/health", this::health, "/metrics", this::metricsPage)),
                        configuration.runDirectory().resolve(HTTP_SOCKET),
                        configuration.httpPort());
    }

    /// Without them everything else works.
    private void resumeLeases() {
        try {
            leases.resume();
        } catch (CniException | LinuxException | UncheckedIOException refused) {
            log.warn("DHCP leases are not renewed: {}", refused.getMessage());
        }
    }

    private HttpResponse metricsPage() {
        return new HttpResponse(200, "OK", AgentMetrics.CONTENT_TYPE, metrics.text());
    }

    private HttpResponse health() {
        JsonObject state = new JsonObject();
        state.addProperty("status", "ready");
        state.addProperty("version", Release.VERSION);
        state.addProperty("started", started.toString());
        state.addProperty("operationsRunning", admission.running());
        state.addProperty("operationsWaiting", admission.waiting());
        return HttpResponse.json(200, "OK", JsonText.compact(state) + "\n");
    }

    /// Takes the socket away, so that nobody else comes, and finishes what has come.
    ///
    /// @return whether everything was finished in time
    synchronized boolean stop() {
        // The next agent may begin while this one still finishes.
        if (http != null) {
            http.close();
        }
        listener.stop();
        boolean finished = server == null || server.stop(configuration.stopLimit());
        if (watch != null) {
            watch.close();
        }
        leases.close();
        return finished;
    }

    /// Ends at once, for agents that have no callers.
    @Override
    public void close() {
        stop();
        listener.close();
        sites.close();
    }
}
