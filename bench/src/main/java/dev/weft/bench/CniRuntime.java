package dev.weft.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A container runtime: a C program that executes plugin files.
final class CniRuntime implements AutoCloseable {
    private final PeerProcess process;
    private int lists;
    private int staying;

    private CniRuntime(PeerProcess process) {
        this.process = process;
    }

    /// A runtime in the namespaces of this process.
    ///
    /// @param peers where the compiled peers are
    static CniRuntime start(Path peers) {
        return new CniRuntime(PeerProcess.start(peers.resolve("runtime_peer")));
    }

    /// Containers from 0 to below that many have namespaces from now on.
    void haveNamespaces(int count) {
        process.send("namespaces\t" + count);
    }

    /// A network of somebody's plugins.
    Network network(CniPlugins plugins, CniNetwork network) {
        List<String> words = new ArrayList<>();
        words.add("list");
        words.add(Long.toString(plugins.agent()));
        words.add(plugins.directory().toString());
        words.addAll(plugins.variables());
        words.add("--");
        words.addAll(network.words());
        process.send(String.join("\t", words));
        return new Network(lists++);
    }

    /// One that containers can be added to.
    final class Network {
        private final int list;

        private Network(int list) {
            this.list = list;
        }

        CniCalls add(Containers containers) {
            return run("ADD", containers);
        }

        CniCalls delete(Containers containers) {
            return run("DEL", containers);
        }

        private CniCalls run(String command, Containers containers) {
            process.send(
                    String.join(
                            "\t",
                            command,
                            Integer.toString(list),
                            Integer.toString(containers.first()),
                            Integer.toString(containers.count()),
                            Integer.toString(containers.callers())));
            long[] wall = process.numbers("wall");
            long[] cpu = process.numbers("cpu");
            return CniCalls.of(wall, cpu, process.numbers("all"));
        }

        /// Waits until every deleted container's link is gone.
        ///
        /// @return the agent's processor time meanwhile, in nanoseconds
        long settle() {
            process.send("settle\t" + list);
            return process.numbers("settled")[0];
        }

        /// Adds a container that stays, as on a node at work.
        void stay(int container) {
            add(new Containers(container, 1, 1));
            staying++;
            process.send("keep\t" + staying);
        }

        /// Deletes one that stayed.
        void leave(int container) {
            delete(new Containers(container, 1, 1));
            staying--;
            process.send("keep\t" + staying);
        }

        /// Adds containers, deletes them, and waits for what follows.
        CniRound round(Containers containers) {
            CniCalls added = add(containers);
            CniCalls deleted = delete(containers);
            return new CniRound(added, deleted, settle() / containers.count());
        }
    }

    /// Which containers, and how many callers there are at once.
    record Containers(int first, int count, int callers) {
        /// From the first one on, one after the other.
        static Containers first(int count) {
            return new Containers(0, count, 1);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
