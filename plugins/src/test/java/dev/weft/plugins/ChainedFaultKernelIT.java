package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Chained plugins that end before and after each of their steps, as a killed process does: what
/// they leave, the next DEL or GC removes.
final class ChainedFaultKernelIT {

    /// A plugin, with a configuration that makes it do everything it can.
    enum Row {
        BANDWIDTH(
                "\"ingressRate\":1000000,\"ingressBurst\":80000,\"egressRate\":8000000,"
                        + "\"egressBurst\":160000,") {
            @Override
            Plugin plugin(Site site, Path directory) {
                return new Bandwidth(site);
            }
        },
        SBR("\"addSourceHints\":true,") {
            @Override
            Plugin plugin(Site site, Path directory) {
                return new Sbr(site);
            }
        },
        TUNING(
                "\"dataDir\":\"DIRECTORY/data\",\"mac\":\"02:00:00:00:00:01\",\"mtu\":1400,"
                        + "\"promisc\":true,\"allmulti\":true,\"txQLen\":5,"
                        + "\"sysctl\":{\"net.ipv4.conf.IFNAME.arp_filter\":\"1\","
                        + "\"net.ipv4.tcp_rmem\":\"4096 100000 5000000\"},") {
            @Override
            Plugin plugin(Site site, Path directory) {
                return new Tuning(site, directory.resolve("allowlist.conf"));
            }
        };

        private final String keys;

        Row(String keys) {
            this.keys = keys;
        }

        abstract Plugin plugin(Site site, Path directory);
    }

    /// The end of a process: nothing catches it.
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Kills at one moment: before a step, or after it.
    private static final class Killer implements Steps {
        private int left = Integer.MAX_VALUE;

        @Override
        public Runnable begin(String name) {
            hit();
            return this::hit;
        }

        private void hit() {
            if (left-- == 0) {
                left = Integer.MAX_VALUE;
                throw new Killed();
            }
        }
    }

    private final Killer killer = new Killer();

    /// Whether the operation met its end.
    private boolean killed(int moment, Runnable operation) {
        killer.left = moment;
        try {
            operation.run();
            return false;
        } catch (Killed _) {
            return true;
        } finally {
            killer.left = Integer.MAX_VALUE;
        }
    }

    @ParameterizedTest
    @EnumSource
    void addThatDies_isRemovedByDelete(Row row) {
        run(row, "ADD", "DEL");
    }

    @ParameterizedTest
    @EnumSource
    void addThatDies_isRemovedByCollection(Row row) {
        run(row, "ADD", "GC");
    }

    @ParameterizedTest
    @EnumSource
    void deletionThatDies_isCompletedByTheNext(Row row) {
        run(row, "DEL", "DEL");
    }

    @ParameterizedTest
    @EnumSource
    void collectionThatDies_isCompletedByDelete(Row row) {
        run(row, "GC", "DEL");
    }

    private void run(Row row, String dying, String cleaning) {
        try (ChainedSandbox sandbox = new ChainedSandbox(killer)) {
            Plugin plugin = row.plugin(sandbox.site(), sandbox.directory());
            String before = sandbox.snapshot();
            int moment = 0;
            boolean dead = true;
            while (dead) {
                if (!dying.equals("ADD")) {
                    call(sandbox, row, plugin, "ADD");
                }
                dead = killed(moment, () -> call(sandbox, row, plugin, dying));
                call(sandbox, row, plugin, cleaning);
                assertThat(sandbox.snapshot())
                        .describedAs("%s killed at moment %d", dying, moment)
                        .isEqualTo(before);
                moment++;
            }
            assertThat(moment).isGreaterThan(4);
        }
    }

    private static void call(ChainedSandbox sandbox, Row row, Plugin plugin, String command) {
        String keys = row.keys.replace("DIRECTORY", sandbox.directory().toString());
        JsonObject configuration =
                sandbox.configuration(
                        CniVersion.newest(), keys + "\"cni.dev/valid-attachments\":[],");
        Map<String, String> environment = sandbox.environment(command);
        if (command.equals("GC")) {
            environment.remove("CNI_NETNS");
        }
        sandbox.call(plugin, environment, configuration).requireSuccess();
    }
}
