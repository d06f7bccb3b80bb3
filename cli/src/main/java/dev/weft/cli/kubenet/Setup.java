package dev.weft.cli.kubenet;

import dev.weft.firewall.Batch;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes a node what its settings say.
///
/// A range that the node had before stays, with the node's address in it, as long as pods have
/// addresses of it. Whether any have is asked after the new list is there: by then a runtime that
/// read the former one has an address from host-local, or asks under the new one.
final class Setup {
    private final Node node;
    private final Settings settings;
    private final ListFile file;
    private final PodLeases leases;
    private final Mtu mtu;

    Setup(Node node, Settings settings, ListFile file, PodLeases leases) {
        this.node = node;
        this.settings = settings;
        this.file = file;
        this.leases = leases;
        this.mtu = Mtu.of(settings, node.links().list());
    }

    /// Does a plan's changes, or not.
    @FunctionalInterface
    interface Performer {
        /// Every change.
        Performer ALL = change -> change.action().run();

        /// No change.
        Performer NONE = _ -> {};

        void perform(Change change) throws IOException;
    }

    /// What has been done.
    ///
    /// @param changes in words
    /// @param former ranges that stay for the pods that have addresses of them
    /// @param warnings in sentences
    record Outcome(List<String> changes, Mtu mtu, List<FormerRange> former, List<String> warnings) {
        Outcome {
            changes = List.copyOf(changes);
            former = List.copyOf(former);
            warnings = List.copyOf(warnings);
        }
    }

    Outcome run(Performer performer) throws IOException {
        requirePossible();
        List<FormerRange> former = former();
        Set<String> done = new LinkedHashSet<>(perform(plan(former), performer));
        List<FormerRange> needed = former().stream().filter(FormerRange::isNeeded).toList();
        if (needed.size() < former.size()) {
            done.addAll(perform(plan(needed), performer));
        }
        return new Outcome(List.copyOf(done), mtu, needed, warnings());
    }

    /// The list as a run would leave it.
    PodNetwork network() throws IOException {
        requirePossible();
        return network(former().stream().filter(FormerRange::isNeeded).toList());
    }

    private static List<String> perform(List<Change> plan, Performer performer) throws IOException {
        for (Change change : plan) {
            performer.perform(change);
        }
        return plan.stream().map(Change::what).toList();
    }

    private void requirePossible() throws IOException {
        file.text();
        for (PodRange range : settings.ranges()) {
            Optional<String> intruder = node.intruder(range, settings.bridge());
            if (intruder.isPresent()) {
                throw new IOException(
                        intruder.get() + ", which lies in the pods' range " + range.cidr());
            }
            for (FormerRange former : former()) {
                if (former.isNeeded() && former.isMixedWith(range) && !sharesGateway(former)) {
                    throw new IOException(
                            range.cidr()
                                    + " overlaps "
                                    + former.gateway().network()
                                    + ", of which pods still have "
                                    + former.podNames()
                                    + ": remove these pods first; nothing was changed");
                }
            }
        }
    }

    private boolean sharesGateway(FormerRange former) {
        return settings.gateways().stream()
                .anyMatch(own -> own.address().equals(former.gateway().address()));
    }

    private List<FormerRange> former() throws IOException {
        List<IpPrefix> given = node.bridge(settings.bridge()).map(node::given).orElse(List.of());
        List<InetAddress> taken = leases.addresses();
        return given.stream()
                .filter(own -> !settings.gateways().contains(own))
                .map(own -> FormerRange.of(own, settings.ranges(), taken))
                .toList();
    }

    private PodNetwork network(List<FormerRange> kept) {
        Optional<String> directory =
                Optional.of(leases.directory())
                        .filter(other -> !other.equals(PodLeases.DEFAULT))
                        .map(Object::toString);
        return new PodNetwork(settings, mtu.bytes(), directory, kept.isEmpty());
    }

    /// The list comes last of what is made: whoever finds it finds the rest.
    private List<Change> plan(List<FormerRange> kept) throws IOException {
        List<Change> changes =
                new ArrayList<>(new BridgePlan(node, settings, mtu.bytes()).changes());
        families().forEach(family -> changes.addAll(sysctls(family)));
        changes.addAll(tables(kept));
        String text = network(kept).text();
        if (!file.text().equals(Optional.of(text))) {
            changes.add(new Change("write " + file.path(), () -> file.write(text)));
        }
        Optional<Link> bridge = node.bridge(settings.bridge());
        if (bridge.isPresent()) {
            changes.addAll(farewells(bridge.get(), kept));
        }
        return changes;
    }

    private Stream<IpFamily> families() {
        return settings.ranges().stream().map(PodRange::family);
    }

    private List<Change> sysctls(IpFamily family) {
        List<Change> changes = new ArrayList<>();
        if (!node.isForwarding(family)) {
            changes.add(on(Node.forwarding(family)));
        }
        if (node.sysctls().find(Node.filteringOfBridges(family)).filter("0"::equals).isPresent()) {
            changes.add(on(Node.filteringOfBridges(family)));
        }
        return changes;
    }

    private Change on(String... key) {
        return new Change(
                "set " + String.join(".", key) + " to 1", () -> node.sysctls().write("1", key));
    }

    private List<Change> tables(List<FormerRange> kept) {
        List<IpPrefix> pods =
                Stream.concat(
                                settings.ranges().stream().map(PodRange::cidr),
                                kept.stream().map(former -> former.gateway().network()))
                        .distinct()
                        .toList();
        NodeTables tables = new NodeTables(settings, pods);
        Batch missing = tables.missing(node.nftables());
        return missing.isEmpty()
                ? List.of()
                : List.of(
                        new Change(
                                "write the tables weft_kubenet of nftables",
                                () ->
                                        node.nftables()
                                                .apply(() -> tables.missing(node.nftables()))));
    }

    private List<Change> farewells(Link bridge, List<FormerRange> kept) {
        List<IpPrefix> stay =
                Stream.concat(settings.gateways().stream(), kept.stream().map(FormerRange::gateway))
                        .toList();
        return node.given(bridge).stream()
                .filter(own -> !stay.contains(own))
                .map(own ->
                        new Change(
                                "take the address " + own + " from " + bridge.name(),
                                () -> node.addresses().delete(bridge.index(), own)))
                .toList();
    }

    private List<String> warnings() throws IOException {
        List<String> warnings = new ArrayList<>();
        if (families()
                .anyMatch(
                        family -> node.sysctls().find(Node.filteringOfBridges(family)).isEmpty())) {
            warnings.add(
                    "br_netfilter is not loaded: services that kube-proxy leads from a pod to"
                            + " another one of this node will not answer (modprobe br_netfilter)");
        }
        List<String> preferred = file.preferred();
        if (!preferred.isEmpty()) {
            warnings.add(
                    "runtimes take the file that is first by name, which is "
                            + file.directory().resolve(preferred.getFirst()));
        }
        return warnings;
    }
}
