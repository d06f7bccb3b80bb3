package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plugins that die before or after each of their steps, as a killed process would.
final class ChainedFaultsKernelIT {
    @TempDir private Path directory;

    private static final class Death extends Error {
        private static final long serialVersionUID = 1;
    }

    /// Counts the ends of steps, and dies at one of them.
    private static final class Dying implements Steps {
        private int left;

        Dying(int left) {
            this.left = left;
        }

        @Override
        public Runnable begin(String name) {
            die();
            return this::die;
        }

        private void die() {
            if (left-- == 0) {
                throw new Death();
            }
        }
    }

    private static Plugin plugin(String type, Site site) {
        return type.equals("portmap") ? new Portmap(site) : new Firewall(site);
    }

    private static Request request(NatLab lab, Command command, String type, String options) {
        return lab.request(
                command,
                "{'cniVersion':'1.1.0','name':'mynet','type':'"
                        + type
                        + "'"
                        + options
                        + ",'runtimeConfig':{'portMappings':[{'hostPort':8080,'containerPort':80}"
                        + ",{'hostPort':53,'containerPort':53,'protocol':'udp'}]}"
                        + ",'prevResult':{'cniVersion':'1.1.0','interfaces':[{'name':'cni0'}"
                        + ",{'name':'eth0','sandbox':'"
                        + lab.a.path()
                        + "'}],'ips':[{'address':'10.1.0.2/24','interface':1}"
                        + ",{'address':'fd00:1::2/64','interface':1}]}}");
    }

    private String state(NatLab lab) throws IOException {
        String records;
        try (Stream<Path> files = Files.walk(directory)) {
            records = files.filter(Files::isRegularFile).sorted().toList().toString();
        }
        return NatLab.in(lab.host, "nft list ruleset; sysctl net.ipv4.conf.cni0.route_localnet")
                + records;
    }

    /// Whether the operation was over before that death.
    private static boolean survives(
            NatLab lab, int moment, String type, Function<Plugin, Runnable> operation) {
        NetworkNamespace host = NetworkNamespace.ofPath(lab.host.path());
        try (Site site = Site.open(host, lab.records, new Dying(moment))) {
            Runnable run = operation.apply(plugin(type, site));
            try {
                run.run();
                return true;
            } catch (Death death) {
                return false;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    portmap  | ''
                    portmap  | ,'backend':'iptables'
                    firewall | ,'backend':'iptables'
                    firewall | ,'ingressPolicy':'isolated'
                    """)
    void deathAtAnyMoment_leavesWhatDelAndGcRemove(String type, String options) throws IOException {
        try (NatLab lab = new NatLab(directory)) {
            Plugin whole = plugin(type, lab.site);
            Request add = request(lab, Command.ADD, type, options);
            Request delete = request(lab, Command.DEL, type, options);
            whole.add(add);
            whole.delete(delete);
            String before = state(lab);
            for (int moment = 0; !survives(lab, moment, type, p -> () -> p.add(add)); moment++) {
                whole.delete(delete);
                assertThat(state(lab)).as("ADD died at %d, DEL", moment).isEqualTo(before);
                survives(lab, moment, type, p -> () -> p.add(add));
                whole.collect(delete, Set.of());
                assertThat(state(lab)).as("ADD died at %d, GC", moment).isEqualTo(before);
            }
            for (int moment = 0;
                    !survives(lab, moment, type, p -> () -> p.delete(delete));
                    moment++) {
                whole.delete(delete);
                assertThat(state(lab)).as("DEL died at %d", moment).isEqualTo(before);
                whole.add(add);
            }
            assertThat(state(lab)).isEqualTo(before);
        }
    }
}
