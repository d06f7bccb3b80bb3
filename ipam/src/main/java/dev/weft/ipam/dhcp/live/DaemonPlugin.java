package dev.weft.ipam.dhcp.live;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.unix.UnixConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The plugin `dhcp` in a process of one call: it asks the daemon, which outlives it.
///
/// When none runs, nothing renews the lease any more. DEL gives it back all the same, from its
/// file.
public final class DaemonPlugin implements Plugin {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    /// Beyond what the daemon allows itself.
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final Path socket;
    private final Path stateDirectory;

    /// @param socket the daemon's
    /// @param stateDirectory where the daemon's leases are
    public DaemonPlugin(Path socket, Path stateDirectory) {
        this.socket = socket;
        this.stateDirectory = stateDirectory;
    }

    @Override
    public String type() {
        return DhcpPlugin.TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        return DaemonMessage.result(ask(request).orElseThrow(this::nobody));
    }

    @Override
    public void delete(Request request) {
        ask(request)
                .ifPresentOrElse(
                        DaemonMessage::result, () -> alone(plugin -> plugin.delete(request)));
    }

    @Override
    public void check(Request request) {
        DaemonMessage.result(ask(request).orElseThrow(this::nobody));
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        ask(request)
                .ifPresentOrElse(
                        DaemonMessage::result,
                        () -> alone(plugin -> plugin.collect(request, valid)));
    }

    @Override
    public void status(Request request) {
        DaemonMessage.result(ask(request).orElseThrow(this::nobody));
    }

    private void alone(Consumer<DhcpPlugin> action) {
        try (LeaseHolder holder = new LeaseHolder(stateDirectory, _ -> {})) {
            action.accept(new DhcpPlugin(holder));
        }
    }

    private CniException nobody() {
        return new CniException(
                ErrorCode.NOT_AVAILABLE,
                "nobody holds DHCP leases here",
                "start weftd, or \"weft dhcp daemon\", which listens at " + socket);
    }

    /// @return nothing when no daemon is there
    private Optional<JsonObject> ask(Request request) {
        try (UnixConnection connection = UnixConnection.connect(socket, CONNECT_LIMIT)) {
            DaemonMessage.send(connection, DaemonMessage.question(request));
            return Optional.of(DaemonMessage.receive(connection, ANSWER_LIMIT));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT) || failed.is(Errno.ECONNREFUSED)) {
                return Optional.empty();
            }
            throw failed;
        }
    }
}
