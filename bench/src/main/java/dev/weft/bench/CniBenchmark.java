package dev.weft.bench;

import dev.weft.bench.CniNetwork.Form;
import dev.weft.bench.CniRuntime.Containers;
import dev.weft.bench.CniRuntime.Network;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// CNI plugins executed as a runtime executes them, beside the reference plugins.
///
/// Ours are served by an agent that runs meanwhile, as on a node; its processor time counts as
/// theirs.
final class CniBenchmark implements Benchmark {
    private static final int CALLERS = 16;
    static final String REFERENCE = "reference plugins";
    private static final Target ONE_SIXTH = new Target.Ratio(1.0 / 6);
    private static final Target ONE_TWENTIETH = new Target.Ratio(0.05);
    private static final Target A_MILLISECOND = new Target.Time(1_000_000);
    private static final Target NONE = new Target.None();

    private final Path peers;

    /// @param peers where the compiled peers are
    CniBenchmark(Path peers) {
        this.peers = peers;
    }

    /// What both have to reach with a kind of network.
    private record Kind(String name, Pair networks, Target addition, Target deletion) {
        String work(String what) {
            return name + ": " + what;
        }
    }

    /// The same network, with our plugins and with the others.
    private record Pair(Network ours, Network theirs) {
        List<Turn<CniRound>> turns(int count, Containers containers, Containers peers) {
            return Turn.take(count, () -> ours.round(containers), () -> theirs.round(peers));
        }
    }

    @Override
    public String name() {
        return "cni";
    }

    @Override
    public String description() {
        return "execute plugins as a runtime does, beside the reference plugins";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        if (!Files.isExecutable(CniPlugins.REFERENCE.directory().resolve("bridge"))) {
            progress.accept("left out: containernetworking-plugins are not installed");
            return List.of();
        }
        progress.accept("starting the agent");
        try (CniPlaces places = CniPlaces.make(peers);
                CniAgent agent = CniAgent.start(places.memory());
                CniAgent onDisk = CniAgent.start(places.disk());
                CniRuntime runtime = CniRuntime.start(peers)) {
            return new Run(scale.cni(), progress, peers, places, agent, onDisk, runtime)
                    .comparisons();
        }
    }

    /// The benchmark while its processes run.
    private record Run(
            CniScale scale,
            Consumer<String> progress,
            Path peers,
            CniPlaces places,
            CniAgent agent,
            CniAgent onDisk,
            CniRuntime runtime) {

        List<Comparison> comparisons() {
            CniMemory memory = new CniMemory(agent);
            Pair plain = pair(agent, Form.BRIDGE, "plain", 0, places.memory());
            Kind bridge = new Kind("bridge", plain, ONE_SIXTH, ONE_TWENTIETH);
            Kind published =
                    new Kind(
                            "bridge, portmap",
                            pair(agent, Form.PUBLISHED, "port", 2, places.memory()),
                            new Target.Ratio(1.0 / 30),
                            new Target.Ratio(0.01));
            Kind disk =
                    new Kind(
                            "bridge, state on " + CniPlaces.fileSystem(places.disk()),
                            pair(onDisk, Form.BRIDGE, "disk", 4, places.disk()),
                            NONE,
                            NONE);
            Kind macvlan =
                    new Kind(
                            "macvlan",
                            pair(agent, Form.MACVLAN, "macvlan", 8, places.memory()),
                            ONE_SIXTH,
                            ONE_TWENTIETH);
            runtime.haveNamespaces(staying() + 2);
            published.networks().ours().stay(staying());
            published.networks().theirs().stay(staying() + 1);
            warmUp(List.of(bridge, disk, published, macvlan));
            memory.look("after the warm-up");
            List<Comparison> all = new ArrayList<>();
            all.addAll(oneByOne(bridge, scale.containers()));
            all.addAll(oneByOne(published, scale.publishedContainers()));
            all.addAll(oneByOne(disk, scale.containers()));
            all.addAll(oneByOne(macvlan, scale.containers()));
            all.addAll(byMany(bridge, scale.concurrentContainers()));
            all.addAll(byMany(published, scale.concurrentPublished()));
            published.networks().ours().leave(staying());
            published.networks().theirs().leave(staying() + 1);
            all.addAll(oneShot(plain.theirs()));
            progress.accept(scale.filled() + " containers on one bridge");
            all.addAll(new CniGrowth(scale, peers).measure(runtime, plain.ours(), plain.theirs()));
            memory.look("after everything");
            work(plain.ours());
            memory.look("after " + scale.operations() + " more operations");
            all.addAll(memory.comparisons());
            return all;
        }

        private Pair pair(CniAgent agent, Form form, String name, int number, Path leases) {
            return new Pair(
                    network(agent.plugins(), form, "weft-" + name, number, leases),
                    network(CniPlugins.REFERENCE, form, "ref-" + name, number + 1, leases));
        }

        private Network network(
                CniPlugins plugins, Form form, String name, int number, Path leases) {
            String subnet = "10." + (100 + number) + ".0.0/16";
            if (form == Form.MACVLAN) {
                makeMaster(name);
            }
            return runtime.network(
                    plugins, new CniNetwork(form, name, subnet, leases.resolve("networks")));
        }

        /// An Ethernet link that drops what is sent. The runtime expects one link for each network,
        /// as a bridge is.
        private static void makeMaster(String name) {
            try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
                new Links(socket).create(LinkRequest.of(LinkKind.IFB, name).up());
            }
        }

        private void warmUp(List<Kind> kinds) {
            progress.accept("warming up");
            for (int done = 0; done < scale.warmUps(); done += scale.containers()) {
                for (Kind kind : kinds) {
                    kind.networks().ours().round(Containers.first(scale.containers()));
                }
            }
        }

        /// The first of the containers that are in no round, one of ours and one of the peer's.
        private int staying() {
            return Math.max(scale.containers(), scale.concurrentContainers());
        }

        /// So many additions and deletions of ours, one by one, as the agent's memory is looked at.
        private void work(Network ours) {
            Containers containers = Containers.first(scale.containers());
            for (int done = 0; done < scale.operations(); done += 2 * scale.containers()) {
                ours.round(containers);
            }
        }

        private List<Comparison> oneByOne(Kind kind, int count) {
            progress.accept(kind.work(scale.rounds() + " rounds of " + count));
            Containers containers = Containers.first(count);
            List<Turn<CniRound>> turns =
                    kind.networks().turns(scale.rounds(), containers, containers);
            return List.of(
                    new Comparison(
                            kind.work("add"),
                            REFERENCE,
                            kind.addition(),
                            Turn.rounds(turns, CniRound::addedWall)),
                    new Comparison(
                            kind.work("delete"),
                            REFERENCE,
                            kind.deletion(),
                            Turn.rounds(turns, CniRound::deletedWall)),
                    new Comparison(
                            kind.work("processor time, add"),
                            REFERENCE,
                            A_MILLISECOND,
                            Turn.rounds(turns, CniRound::addedCpu)),
                    new Comparison(
                            kind.work("processor time, both"),
                            REFERENCE,
                            NONE,
                            Turn.rounds(turns, CniRound::wholeCpu)));
        }

        /// @param peerCount so many containers show the peer's rate
        private List<Comparison> byMany(Kind kind, int peerCount) {
            int count = scale.concurrentContainers();
            progress.accept(kind.work(CALLERS + " callers, " + count + " containers"));
            List<Turn<CniRound>> turns =
                    kind.networks()
                            .turns(
                                    scale.concurrentRounds(),
                                    new Containers(0, count, CALLERS),
                                    new Containers(0, peerCount, CALLERS));
            return List.of(
                    new Comparison(
                            kind.work(CALLERS + " callers, from add to add"),
                            REFERENCE,
                            A_MILLISECOND,
                            Turn.rounds(turns, CniRound::addedEach)),
                    new Comparison(
                            kind.work(CALLERS + " callers, from delete to delete"),
                            REFERENCE,
                            A_MILLISECOND,
                            Turn.rounds(turns, CniRound::deletedEach)));
        }

        private List<Comparison> oneShot(Network theirs) {
            progress.accept("without an agent");
            Network ours = network(agent.oneShot(), Form.BRIDGE, "weft-alone", 6, places.memory());
            Containers containers = Containers.first(scale.oneShots());
            List<Turn<CniRound>> turns = new Pair(ours, theirs).turns(1, containers, containers);
            return Stream.of(
                            new Comparison(
                                    "bridge: add, no agent",
                                    REFERENCE,
                                    NONE,
                                    Turn.rounds(turns, CniRound::addedWall)),
                            new Comparison(
                                    "bridge: delete, no agent",
                                    REFERENCE,
                                    NONE,
                                    Turn.rounds(turns, CniRound::deletedWall)))
                    .toList();
        }
    }
}
