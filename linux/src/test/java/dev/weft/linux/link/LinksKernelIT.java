package dev.weft.linux.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Attributes;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What is done with links of any kind.
final class LinksKernelIT {
    private static final int REAPED = 4711;

    @Test
    void change_ofEverything_isWhatIproute2Shows() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int index = sandbox.veth("v0", "v1").index();
            HardwareAddress address = HardwareAddress.parse("02:00:0a:0b:0c:0d");
            links.change(index, LinkRequest.empty().down());
            links.change(
                    index,
                    LinkRequest.named("w0")
                            .address(address)
                            .mtu(1280)
                            .alias("a text")
                            .group(9)
                            .up());
            links.change(
                    index,
                    LinkRequest.empty()
                            .set(LinkAttributes.TRANSMIT_QUEUE_LENGTH, 77)
                            .set(LinkAttributes.SEGMENTATION_MAX_SEGMENTS, 10L)
                            .flag(LinkFlag.NO_ARP, true));

            Link read = links.find("w0").orElseThrow();
            assertThat(read.index()).isEqualTo(index);
            assertThat(read.address()).hasValue(address);
            assertThat(read.alias()).hasValue("a text");
            assertThat(read.group()).isEqualTo(9);
            assertThat(read.has(LinkFlag.NO_ARP)).isTrue();
            assertThat(read.operationalState()).isEqualTo(OperationalState.UP);
            assertThat(read.attributes().find(LinkAttributes.SEGMENTATION_MAX_SEGMENTS))
                    .hasValue(10L);
            assertThat(read.attributes().find(LinkAttributes.CARRIER)).hasValue(true);
            assertThat(read.attributes().find(LinkAttributes.MIN_MTU)).hasValue(68L);
            assertThat(links.find("v0")).isEmpty();
            var json = sandbox.ipOne("link", "show", "dev", "w0");
            assertThat(json.get("address")).hasToString("\"02:00:0a:0b:0c:0d\"");
            assertThat(json.get("txqlen")).hasToString("77");
            assertThat(json.get("gso_max_segs")).hasToString("10");
            assertThat(json.get("operstate")).hasToString("\"" + read.operationalState() + "\"");
            assertThat(json.get("ifalias")).hasToString("\"a text\"");
        }
    }

    @Test
    void create_ofTun_keepsTheKernelsOwnWords() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThatThrownBy(() -> sandbox.links().create(LinkRequest.of(LinkKind.TUN, "tap0")))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("not supported")
                    .hasMessageNotContaining("rtnl-link");
        }
    }

    @Test
    void tap_madeByIproute2_isReadWithItsData() {
        KernelFeature.assumeMachineRoot("open /dev/net/tun");
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.run("ip", "tuntap", "add", "tap0", "mode", "tap", "multi_queue", "user", "7");
            Link tap = sandbox.links().find("tap0").orElseThrow();

            assertThat(tap.kind()).hasValue(LinkKind.TUN);
            assertThat(tap.data(TunAttributes.TYPE)).hasValue(2);
            assertThat(tap.data(TunAttributes.OWNER)).hasValue(7L);
            assertThat(tap.data(TunAttributes.MULTI_QUEUE)).hasValue(true);
            assertThat(tap.data(TunAttributes.PERSISTENT)).hasValue(true);
        }
    }

    @Test
    void names_addedAndRemoved_findTheLink() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int index = sandbox.veth("v0", "v1").index();
            String longName = "a-name-that-is-longer-than-fifteen-bytes";
            links.addNames(index, List.of(longName, "second"));

            assertThat(links.find(longName)).map(Link::index).hasValue(index);
            assertThat(links.find("second")).map(Link::name).hasValue("v0");
            assertThat(links.find(index).orElseThrow().alternativeNames())
                    .containsExactly(longName, "second");
            assertThat(sandbox.ipOne("link", "show", "dev", "v0").get("altnames"))
                    .hasToString("[\"" + longName + "\",\"second\"]");
            assertThatThrownBy(() -> links.addNames(index, List.of("v1")))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EEXIST");

            links.removeNames(index, List.of(longName));
            assertThat(links.find(longName)).isEmpty();
            assertThatThrownBy(() -> links.find("x".repeat(128)))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void retiredLinks_goWithTheirGroup() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int bridge = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0").up()).index();
            for (String name : List.of("a0", "b0")) {
                int index = sandbox.veth(name, name + "p").index();
                links.change(index, LinkRequest.empty().master(bridge));
                links.retire(index, REAPED);
                Link retired = links.find(index).orElseThrow();
                assertThat(retired.isUp()).isFalse();
                assertThat(retired.group()).isEqualTo(REAPED);
            }
            links.deleteGroup(REAPED);
            links.deleteGroup(REAPED);

            assertThat(links.list()).extracting(Link::name).containsOnly("lo", "br0");
            assertThatThrownBy(() -> links.deleteGroup(0))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EPERM");
        }
    }

    @Test
    void group_changed_changesEveryLinkOfIt() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            for (String name : List.of("a0", "b0")) {
                links.change(sandbox.veth(name, name + "p").index(), LinkRequest.empty().group(5));
            }
            links.changeGroup(5, LinkRequest.empty().mtu(1300).down());
            links.changeGroup(6, LinkRequest.empty().mtu(1200));

            assertThat(links.list().stream().filter(link -> link.group() == 5))
                    .hasSize(2)
                    .allMatch(link -> link.mtu() == 1300 && !link.isUp());
            assertThat(links.list()).noneMatch(link -> link.mtu() == 1200);
        }
    }

    @Test
    void list_filtered_holdsOnlyWhatWasAsked() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int bridge = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")).index();
            links.change(sandbox.veth("p0", "p1").index(), LinkRequest.empty().master(bridge));

            assertThat(links.list(LinkFilter.all().kind(LinkKind.VETH)))
                    .extracting(Link::name)
                    .containsExactlyInAnyOrder("p0", "p1");
            assertThat(links.list(LinkFilter.all().kind(LinkKind.VETH).master(bridge)))
                    .extracting(Link::name)
                    .containsExactly("p0");
            // The kernel ignores a filter by a kind that it does not know.
            assertThat(links.list(LinkFilter.all().kind(LinkKind.NETKIT))).isEmpty();
            assertThat(links.list(LinkFilter.all()))
                    .hasSize(4)
                    .allSatisfy(link ->
                            assertThat(ipv6(link).has(Ipv6LinkAttributes.STATISTICS)).isTrue());
            assertThat(links.list(LinkFilter.all().withoutFamilyStatistics()))
                    .hasSize(4)
                    .allSatisfy(link ->
                            assertThat(ipv6(link).has(Ipv6LinkAttributes.STATISTICS)).isFalse());
        }
    }

    private static Attributes ipv6(Link link) {
        return link.attributes()
                .find(LinkAttributes.FAMILIES)
                .flatMap(families -> families.find(FamilyAttributes.IPV6))
                .orElseThrow();
    }

    @Test
    void create_inAnotherNamespace_tellsOfTheLinkThere() {
        try (Sandbox host = new Sandbox();
                Sandbox container = new Sandbox()) {
            int lower = host.veth("v0", "v1").index();
            LinkRequest request =
                    LinkRequest.of(
                                    LinkKind.MACVLAN,
                                    "eth0",
                                    data -> data.put(MacvlanAttributes.MODE, MacvlanMode.BRIDGE))
                            .lower(lower)
                            .in(container.namespace());
            Link made = host.links().create(request);

            assertThat(made.data(MacvlanAttributes.MODE)).hasValue(MacvlanMode.BRIDGE);
            assertThat(container.links().find("eth0")).map(Link::address).hasValue(made.address());
            assertThat(host.links().find("eth0")).isEmpty();
            assertThatThrownBy(() -> host.links().create(request.alias("mine")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("set it there");
        }
    }

    /// Its index is looked for among the links here, not its name, which one here has.
    @Test
    void create_inANamespaceAtHand_givesItNoNumber() {
        try (Sandbox host = new Sandbox();
                Sandbox container = new Sandbox()) {
            int lower = host.veth("eth0", "v1").index();
            LinkRequest request =
                    LinkRequest.of(LinkKind.MACVLAN, "eth0")
                            .lower(lower)
                            .in(container.namespace())
                            .index(REAPED);
            Link made = host.links().create(request, container.links());

            assertThat(made.index()).isEqualTo(REAPED);
            assertThat(made.lower()).hasValue(lower);
            assertThat(new NamespaceIds(host.socket()).list()).isEmpty();
            assertThatThrownBy(() -> host.links().create(request, container.links()))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EEXIST");
        }
    }

    @Test
    void move_withNewNameAndIndex_takesBoth() {
        try (Sandbox host = new Sandbox();
                Sandbox container = new Sandbox()) {
            int index = host.veth("v0", "v1").index();
            host.links()
                    .change(
                            index,
                            LinkRequest.named("eth0").in(container.namespace()).newIndex(99));

            assertThat(host.links().find("v0")).isEmpty();
            assertThat(container.links().find("eth0")).map(Link::index).hasValue(99);
            NamespaceIds ids = new NamespaceIds(host.socket());
            assertThat(ids.find(container.namespace()))
                    .isEqualTo(
                            host.links()
                                    .find("v1")
                                    .orElseThrow()
                                    .attributes()
                                    .find(LinkAttributes.LOWER_NAMESPACE));
        }
    }

    @Test
    void namespaceIds_assigned_areListed() {
        try (Sandbox host = new Sandbox();
                Sandbox first = new Sandbox();
                Sandbox second = new Sandbox()) {
            NamespaceIds ids = new NamespaceIds(host.socket());
            assertThat(ids.find(first.namespace())).isEmpty();
            ids.assign(first.namespace(), 42);
            int chosen = ids.assign(second.namespace());

            assertThat(ids.find(first.namespace())).hasValue(42);
            assertThat(ids.list()).containsExactlyInAnyOrder(42, chosen);
            assertThat(host.run("ip", "netns", "list-id")).contains("nsid 42");
            assertThatThrownBy(() -> ids.assign(first.namespace(), 43))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EEXIST");
        }
    }

    @Test
    void statistics_readAlone_areThoseOfTheLinks() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.veth("v0", "v1");
            sandbox.run("ip", "address", "add", "192.0.2.1/24", "dev", "v0");
            sandbox.run(
                    "ip", "neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "v0");
            sandbox.run("bash", "-c", "echo hello > /dev/udp/192.0.2.2/9");
            Statistics statistics = new Statistics(sandbox.socket());
            Links links = sandbox.links();
            Link v0 = links.find("v0").orElseThrow();

            long sent = statistics.of(v0.index()).count(LinkCounter.SENT_PACKETS);
            assertThat(sent).isPositive();
            assertThat(statistics.list().keySet())
                    .isEqualTo(Set.copyOf(links.list().stream().map(Link::index).toList()));
            assertThat(v0.statistics().orElseThrow().count(LinkCounter.SENT_BYTES)).isPositive();
            long shown =
                    sandbox.ipOne("link", "show", "dev", "v0")
                            .getAsJsonObject("stats64")
                            .getAsJsonObject("tx")
                            .get("packets")
                            .getAsLong();
            // Neighbour discovery may send more at any time.
            assertThat(statistics.of(v0.index()).count(LinkCounter.SENT_PACKETS))
                    .isBetween(sent, shown + 5);
        }
    }

    @Test
    void familyAttributes_areRead() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.veth("v0", "v1");
            sandbox.run("ip", "link", "set", "dev", "v0", "addrgenmode", "none");
            Link link = sandbox.links().find("v0").orElseThrow();
            Attributes ipv6 = ipv6(link);
            Attributes ipv4 =
                    link.attributes()
                            .find(LinkAttributes.FAMILIES)
                            .flatMap(families -> families.find(FamilyAttributes.IPV4))
                            .orElseThrow();

            assertThat(ipv6.find(Ipv6LinkAttributes.ADDRESS_GENERATION))
                    .hasValue(AddressGenerationMode.NONE);
            assertThat(ipv6.orElse(Ipv6LinkAttributes.SETTINGS, List.of())).hasSizeGreaterThan(40);
            assertThat(ipv4.orElse(Ipv4LinkAttributes.SETTINGS, List.of())).hasSizeGreaterThan(30);
        }
    }

    @Test
    void create_inNamespaceOfEndedProcess_isRefusedWithoutRemains() {
        try (Sandbox sandbox = new Sandbox()) {
            LinkRequest request =
                    LinkRequest.veth(
                            "v0",
                            LinkRequest.named("v1")
                                    .set(LinkAttributes.NAMESPACE_PID, Integer.MAX_VALUE));
            assertThatThrownBy(() -> sandbox.links().create(request))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("cannot create veth v0: ESRCH");
            assertThat(sandbox.links().list()).extracting(Link::name).containsOnly("lo");
        }
    }

    @Test
    void address_ofTheWrongSize_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThatThrownBy(() ->
                            sandbox.links()
                                    .create(
                                            LinkRequest.of(LinkKind.BRIDGE, "br0")
                                                    .address(HardwareAddress.of(new byte[4]))))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("cannot create bridge br0");
            assertThat(sandbox.links().find("br0")).isEmpty();
        }
    }

    @Test
    void change_ofAKindsOwnData_leavesTheRestOfIt() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int index = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")).index();
            long helloTime =
                    links.find(index).orElseThrow().data(BridgeAttributes.HELLO_TIME).orElseThrow();
            links.change(
                    index,
                    LinkRequest.dataOf(
                            LinkKind.BRIDGE,
                            data -> data.put(BridgeAttributes.AGEING_TIME, 12_300L)));

            Link changed = links.find(index).orElseThrow();
            assertThat(changed.data(BridgeAttributes.AGEING_TIME)).hasValue(12_300L);
            assertThat(changed.data(BridgeAttributes.HELLO_TIME)).hasValue(helloTime);
        }
    }

    /// `n` alternative names of a hundred bytes each: more than a piece of a dump takes.
    private static List<String> longNames(int n) {
        return IntStream.range(0, n).mapToObj(i -> "n".repeat(100) + i).toList();
    }

    @Test
    void list_withALinkLargerThanAPieceOfTheDump_leavesNoneOut() {
        try (Sandbox sandbox = new Sandbox()) {
            Links links = sandbox.links();
            int index = sandbox.veth("v0", "v1").index();
            List<String> names = longNames(400);
            for (int i = 0; i < names.size(); i += 50) {
                links.addNames(index, names.subList(i, i + 50));
            }

            assertThat(links.list()).extracting(Link::name).contains("lo", "v0", "v1");
            assertThat(links.list(LinkFilter.all().kind(LinkKind.VETH)))
                    .filteredOn(link -> link.index() == index)
                    .singleElement()
                    .satisfies(link -> assertThat(link.alternativeNames()).hasSize(names.size()));
            assertThat(links.list(LinkFilter.all().withoutFamilyStatistics()))
                    .hasSameSizeAs(links.list());
        }
    }
}
