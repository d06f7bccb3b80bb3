package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Watch;
import dev.weft.linux.netlink.Watch.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class LinkWatchKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void links_comingChangingAndGoing_areTold() {
        try (Sandbox sandbox = new Sandbox();
                Watch<Integer, Link> watch = Links.watch(sandbox.namespace())) {
            until(
                    watch,
                    change ->
                            change instanceof Change.Added<Link>(Link link)
                                    && link.name().equals("lo"));
            int index = sandbox.veth("v0", "v1").index();
            until(
                    watch,
                    change ->
                            change instanceof Change.Added<Link>(Link link)
                                    && link.index() == index);

            // Kernels before 6.2 do not rename a link that is up.
            sandbox.links().change(index, LinkRequest.empty().down());
            sandbox.links().change(index, LinkRequest.named("w0").mtu(1300));
            until(
                    watch,
                    change ->
                            change instanceof Change.Changed<Link>(Link before, Link after)
                                    && after.name().equals("w0")
                                    && after.mtu() == 1300);
            sandbox.links().delete(index);
            until(
                    watch,
                    change ->
                            change instanceof Change.Removed<Link>(Link link)
                                    && link.name().equals("w0"));
            until(
                    watch,
                    change ->
                            change instanceof Change.Removed<Link>(Link link)
                                    && link.name().equals("v1"));

            assertThat(watch.rows()).extracting(Link::name).containsExactly("lo");
        }
    }

    @Test
    void bridgePort_changedAndReleased_staysALink() {
        try (Sandbox sandbox = new Sandbox();
                Watch<Integer, Link> watch = Links.watch(sandbox.namespace())) {
            Links links = sandbox.links();
            int bridge = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0").up()).index();
            int port = sandbox.veth("p0", "p1").index();
            links.change(port, LinkRequest.empty().master(bridge));
            until(
                    watch,
                    change ->
                            change instanceof Change.Added<Link>(Link link)
                                    && link.index() == port);
            links.change(
                    port,
                    LinkRequest.portOf(
                            LinkKind.BRIDGE, data -> data.put(BridgePortAttributes.HAIRPIN, true)));
            until(
                    watch,
                    change ->
                            change instanceof Change.Changed<Link>(Link before, Link after)
                                    && after.index() == port
                                    && after.port(BridgePortAttributes.HAIRPIN)
                                            .equals(Optional.of(true)));

            links.change(port, LinkRequest.empty().master(0));
            List<Change<Link>> seen =
                    until(
                            watch,
                            change ->
                                    change instanceof Change.Changed<Link>(Link before, Link after)
                                            && after.index() == port
                                            && after.master().isEmpty());
            assertThat(seen).noneMatch(change -> change instanceof Change.Removed<Link>);
            assertThat(watch.rows()).extracting(Link::index).contains(port);
        }
    }

    @Test
    void namespace_thatVanishes_takesTheHostsEndWithIt() {
        try (Sandbox host = new Sandbox();
                Watch<Integer, Link> watch = Links.watch(host.namespace())) {
            try (Sandbox container = new Sandbox()) {
                host.links()
                        .create(
                                LinkRequest.veth(
                                        "web0",
                                        LinkRequest.named("eth0").in(container.namespace())));
                until(
                        watch,
                        change ->
                                change instanceof Change.Added<Link>(Link link)
                                        && link.name().equals("web0"));
            }
            until(
                    watch,
                    change ->
                            change instanceof Change.Removed<Link>(Link link)
                                    && link.name().equals("web0"));

            assertThat(host.links().find("web0")).isEmpty();
        }
    }

    /// Takes changes until one is as wanted, and answers all of them.
    private static List<Change<Link>> until(
            Watch<Integer, Link> watch, Predicate<Change<Link>> wanted) {
        List<Change<Link>> seen = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            List<Change<Link>> changes = watch.next(LIMIT);
            seen.addAll(changes);
            if (changes.stream().anyMatch(wanted)) {
                return seen;
            }
        }
        throw new AssertionError(
                "not told in time; seen: " + seen.stream().map(LinkWatchKernelIT::text).toList());
    }

    private static String text(Change<Link> change) {
        return switch (change) {
            case Change.Added<Link>(Link link) -> "added " + link.name();
            case Change.Changed<Link>(Link before, Link after) -> "changed " + after.name();
            case Change.Removed<Link>(Link link) -> "removed " + link.name();
        };
    }
}
