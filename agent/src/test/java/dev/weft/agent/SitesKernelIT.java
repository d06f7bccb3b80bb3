package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.HostLocal;
import dev.weft.ipam.dhcp.live.DaemonPlugin;
import dev.weft.linux.namespace.NamespaceId;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.site.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SitesKernelIT {
    @TempDir private Path directory;
    private final NetworkNamespace home = NetworkNamespace.current();
    private Sites sites;

    @BeforeEach
    void open() {
        sites =
                new Sites(
                        home.id(),
                        directory,
                        Steps.NONE,
                        new HostLocal(),
                        new DaemonPlugin(directory, directory));
        sites.use(home.id(), home.descriptor()).close();
    }

    @AfterEach
    void close() {
        sites.close();
        home.close();
    }

    /// Whether this process has it open, which keeps it alive.
    private static boolean isHeld(NamespaceId id) throws IOException {
        String name = "net:[" + id.inode() + "]";
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Files::isSymbolicLink)
                    .map(SitesKernelIT::target)
                    .anyMatch(name::equals);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    @Test
    void namespaceThatEverybodyElseHasLeft_staysUntilItsSiteIsIdle() throws IOException {
        NetworkNamespace caller = NetworkNamespace.create();
        NamespaceId id = caller.id();
        try (Sites.OpenSite used = sites.use(id, caller.descriptor())) {
            caller.close();
            sites.closeIdle(Duration.ZERO);
            assertThat(used.host().id()).isEqualTo(id);
            assertThat(sites.count()).isEqualTo(2);
        }
        sites.closeIdle(Duration.ofDays(1));
        assertThat(isHeld(id)).isTrue();
        sites.closeIdle(Duration.ZERO);
        assertThat(isHeld(id)).isFalse();
        assertThat(sites.count()).isEqualTo(1);
    }

    @Test
    void namespaceThatIsUsedAgain_isTheSameSite() {
        try (NetworkNamespace caller = NetworkNamespace.create();
                Sites.OpenSite first = sites.use(caller.id(), caller.descriptor());
                Sites.OpenSite second = sites.use(caller.id(), caller.descriptor())) {
            assertThat(second).isSameAs(first);
            assertThat(sites.count()).isEqualTo(2);
        }
    }

    @Test
    void siteThatTwoCallsUse_staysUntilBothHaveEnded() throws IOException {
        try (NetworkNamespace caller = NetworkNamespace.create()) {
            Sites.OpenSite first = sites.use(caller.id(), caller.descriptor());
            Sites.OpenSite second = sites.use(caller.id(), caller.descriptor());
            first.close();
            sites.closeIdle(Duration.ZERO);
            assertThat(sites.count()).isEqualTo(2);
            second.close();
            sites.closeIdle(Duration.ZERO);
            assertThat(sites.count()).isEqualTo(1);
        }
    }

    @Test
    void home_isNeverIdle() throws IOException {
        sites.closeIdle(Duration.ZERO);
        assertThat(sites.count()).isEqualTo(1);
        assertThat(isHeld(home.id())).isTrue();
    }
}
