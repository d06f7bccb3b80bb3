package dev.weft.bench;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.RouteRequest;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.Routes;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reading large tables, and looking at the main fields of every row, beside `ip -j`, whose text
/// somebody would still have to parse, and beside C.
final class DumpBenchmark implements Benchmark {
    private static final int GROUP = 0x77f2;
    private static final int ROUTES_OF_A_BATCH = 500;
    private static final IpPrefix OWN = IpPrefix.parse("192.0.2.1/24");
    private static final InetAddress GATEWAY = IpPrefix.parseAddress("192.0.2.2");
    private static final Target FASTER = new Target.Ratio(1);

    private final Path peers;

    /// @param peers where the compiled peers are
    DumpBenchmark(Path peers) {
        this.peers = peers;
    }

    /// Who else reads a table, and how long it takes each time.
    private record Reader(String name, Target target, LongSupplier nanoseconds) {}

    @Override
    public String name() {
        return "dump";
    }

    @Override
    public String description() {
        return "read many routes and many links, beside ip -j and C";
    }

    @Override
    public List<Comparison> run(Scale scale, Consumer<String> progress) {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE);
                Programs programs = Programs.open(peers);
                PeerProcess c = PeerProcess.start(peers.resolve("dump_peer"))) {
            Links links = new Links(socket);
            try {
                progress.accept("making " + scale.veths() + " pairs of veth");
                makeLinks(links, scale.veths());
                progress.accept("reading them");
                List<Comparison> ofLinks =
                        compare(
                                "read " + 2 * scale.veths() + " links",
                                scale,
                                () -> touchLinks(links, 2 * scale.veths() + 1),
                                ip("link", programs),
                                inC("links", c));
                progress.accept("making " + scale.routes() + " routes");
                makeRoutes(socket, links, scale.routes());
                progress.accept("reading them");
                List<Comparison> ofRoutes =
                        compare(
                                "read " + scale.routes() + " routes",
                                scale,
                                () -> touchRoutes(new Routes(socket), scale.routes() + 1),
                                ip("route", programs),
                                inC("routes", c));
                return Stream.concat(ofLinks.stream(), ofRoutes.stream()).toList();
            } finally {
                links.deleteGroup(GROUP);
            }
        }
    }

    private static void makeLinks(Links links, int pairs) {
        for (int i = 0; i < pairs; i++) {
            links.create(
                    LinkRequest.veth("d" + i, LinkRequest.named("e" + i).queues(1))
                            .queues(1)
                            .group(GROUP));
        }
    }

    /// Routes through the first pair.
    private static void makeRoutes(NetlinkSocket socket, Links links, int count) {
        for (String name : List.of("d0", "e0")) {
            links.change(links.find(name).orElseThrow().index(), LinkRequest.empty().up());
        }
        int link = links.find("d0").orElseThrow().index();
        new Addresses(socket).add(link, AddressRequest.of(OWN));
        for (int from = 0; from < count; from += ROUTES_OF_A_BATCH) {
            socket.batch(
                    IntStream.range(from, Math.min(count, from + ROUTES_OF_A_BATCH))
                            .mapToObj(DumpBenchmark::route)
                            .toList());
        }
    }

    private static NetlinkRequest route(int number) {
        byte[] network = {10, (byte) (number >> Byte.SIZE), (byte) number, 0};
        return Routes.toAdd(
                RouteRequest.to(new IpPrefix(IpPrefix.addressOf(network), 24)).via(GATEWAY));
    }

    private static Reader ip(String object, Programs programs) {
        return new Reader("ip -j, executed", FASTER, () -> programs.run("ip", "-j", object));
    }

    private static Reader inC(String table, PeerProcess c) {
        return new Reader(
                "C",
                new Target.None(),
                () -> {
                    c.send(table);
                    return c.numbers("time")[0];
                });
    }

    /// @param ours reads the table and answers a number that depends on all of it
    private static List<Comparison> compare(
            String work, Scale scale, IntSupplier ours, Reader... others) {
        int content = ours.getAsInt();
        IntConsumer reading =
                number -> {
                    if (ours.getAsInt() != content) {
                        throw new IllegalStateException(work + ": the table reads differently");
                    }
                };
        Samples.measure(scale.warmUps() + 1, reading);
        return Arrays.stream(others)
                .map(other ->
                        new Comparison(
                                work, other.name(), other.target(), rounds(scale, reading, other)))
                .toList();
    }

    private static List<Round> rounds(Scale scale, IntConsumer reading, Reader other) {
        List<Turn<Samples>> turns =
                Turn.take(
                        scale.rounds(),
                        () -> Samples.measure(scale.dumps(), reading),
                        () -> times(other, scale.dumps()));
        return Turn.rounds(turns, samples -> samples);
    }

    private static Samples times(Reader other, int count) {
        return Samples.of(LongStream.generate(other.nanoseconds()).limit(count).toArray());
    }

    /// Looks at what a list of links shows.
    private static int touchLinks(Links links, int expected) {
        List<Link> rows = links.list();
        requireAll(expected, rows);
        return rows.stream()
                .mapToInt(link ->
                        Objects.hash(
                                link.name(),
                                link.mtu(),
                                link.isUp(),
                                link.address(),
                                link.master(),
                                link.lower(),
                                link.kindName()))
                .sum();
    }

    /// Looks at what a list of routes shows.
    private static int touchRoutes(Routes routes, int expected) {
        RouteFilter main = RouteFilter.all().family(IpFamily.IPV4).table(RouteTable.MAIN);
        List<Route> rows = routes.list(main);
        requireAll(expected, rows);
        return rows.stream()
                .mapToInt(route ->
                        Objects.hash(
                                route.destination(),
                                route.gateway(),
                                route.outputLink(),
                                route.metric(),
                                route.protocol(),
                                route.scope()))
                .sum();
    }

    /// A row less would be work left out.
    private static void requireAll(int expected, List<?> rows) {
        if (rows.size() != expected) {
            throw new IllegalStateException(rows.size() + " rows instead of " + expected);
        }
    }
}
