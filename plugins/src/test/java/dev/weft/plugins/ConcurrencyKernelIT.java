package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.bridge.Bridge;
import dev.weft.plugins.site.LinkRemoval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Many at once, at one site.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class ConcurrencyKernelIT {
    private static final int THREADS = 16;
    private static final int ROUNDS = 3;
    private static final int REMOVALS = 200;
    private static final String BRIDGE =
            """
            {"cniVersion": "1.1.0", "name": "net", "bridge": "br0", "isGateway": true,
             "ipMasq": true, "macspoofchk": true, "ipam": {"type": "fixed", "addresses": [
               {"address": "10.1.0.NUMBER/24"}, {"address": "fd00:1::NUMBER/64"}]}}
            """;

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void open() throws IOException {
        node = Node.open(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private List<Link> links() {
        return node.links(node.host(), Links::list);
    }

    private Request add(int thread) {
        return node.request(
                Command.ADD,
                BRIDGE.replace("NUMBER", Crowd.number(thread)),
                "c" + thread,
                node.container());
    }

    @Test
    void bridgeThatAllMake_isOne_andHasItsAddressesOnce() throws Exception {
        List<Request> requests = IntStream.range(0, THREADS).mapToObj(this::add).toList();
        Bridge bridge = node.bridge();
        List<String> macs =
                Crowd.atOnce(THREADS, i -> () -> bridge.add(requests.get(i))).stream()
                        .flatMap(result -> result.interfaces().getFirst().mac().stream())
                        .toList();
        Link made = node.link(node.host(), "br0").orElseThrow();
        assertThat(macs).hasSize(THREADS).containsOnly(made.address().orElseThrow().toString());
        List<Address> addresses =
                node.ask(node.host(), socket -> new Addresses(socket).list(made.index()));
        assertThat(addresses)
                .filteredOn(address -> !address.address().isLinkLocalAddress())
                .extracting(address -> address.prefix().toString())
                .containsExactlyInAnyOrder("10.1.0.1/24", "fd00:1::1/64");
        assertThat(links())
                .filteredOn(link -> link.master().equals(Optional.of(made.index())))
                .hasSize(THREADS);
        Crowd.atOnce(
                THREADS,
                i ->
                        () -> {
                            bridge.delete(requests.get(i).withCommand(Command.DEL));
                            return i;
                        });
        assertThat(links()).extracting(Link::name).containsExactlyInAnyOrder("lo", "br0");
        assertThat(node.leasesLeft()).isEmpty();
    }

    static Stream<PluginRow> rows() {
        return PluginRow.makers();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void addsAndDeletes_leaveNothing(PluginRow row) throws Exception {
        new Crowd(node, row).comesAndGoes(THREADS, ROUNDS);
    }

    /// Both ends of a pair, either of which takes the other along.
    @Test
    void linksRemovedAtOnce_areAllGone_andNobodyWaitsForEver() throws Exception {
        NetworkNamespace host = node.host();
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < REMOVALS; i += 2) {
            LinkRequest other = LinkRequest.named("many" + (i + 1));
            node.site().links().create(LinkRequest.veth("many" + i, other));
            indices.add(node.link(host, "many" + i).orElseThrow().index());
            indices.add(node.link(host, "many" + (i + 1)).orElseThrow().index());
        }
        try (LinkRemoval removal = new LinkRemoval(host)) {
            List<Boolean> left =
                    Crowd.atOnce(
                            REMOVALS,
                            i ->
                                    () -> {
                                        removal.begin(host, indices.get(i)).await();
                                        return node.link(host, "many" + i).isPresent();
                                    });
            assertThat(left).hasSize(REMOVALS).doesNotContain(true);
        }
        assertThat(links()).extracting(Link::name).containsExactly("lo");
    }

    @Test
    void linkRemovedByMany_isGoneForAll() throws Exception {
        NetworkNamespace host = node.host();
        int index = node.site().links().create(LinkRequest.of(LinkKind.BRIDGE, "one")).index();
        try (LinkRemoval removal = new LinkRemoval(host)) {
            List<Boolean> left =
                    Crowd.atOnce(
                            THREADS,
                            i ->
                                    () -> {
                                        removal.begin(host, index).await();
                                        return node.link(host, "one").isPresent();
                                    });
            assertThat(left).doesNotContain(true);
        }
    }
}
