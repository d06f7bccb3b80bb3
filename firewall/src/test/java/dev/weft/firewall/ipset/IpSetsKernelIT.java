package dev.weft.firewall.ipset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class IpSetsKernelIT {

    /// A set, and entries as ipset(8) writes them.
    record Example(IpSetRequest request, List<String> entries) {
        static Example of(IpSetRequest request, String... entries) {
            return new Example(request, List.of(entries));
        }
    }

    private static IpSetRequest request(IpSetType type) {
        return IpSetRequest.of("s", type);
    }

    static Stream<Example> examples() {
        return Stream.of(
                Example.of(request(IpSetType.HASH_IP), "10.0.0.1", "10.0.0.2"),
                Example.of(
                        request(IpSetType.HASH_IP).family(IpFamily.IPV6).hashSize(64),
                        "fd00::1",
                        "::1"),
                Example.of(request(IpSetType.HASH_IP).netmask(24).mostEntries(9), "10.0.7.0"),
                Example.of(request(IpSetType.HASH_NET), "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3"),
                Example.of(
                        request(IpSetType.HASH_NET).family(IpFamily.IPV6), "fd00::/8", "fd00::1"),
                Example.of(
                        request(IpSetType.HASH_IP_PORT),
                        "10.0.0.1,tcp:80",
                        "10.0.0.1,udp:53",
                        "10.0.0.1,sctp:5",
                        "10.0.0.1,udplite:6"),
                Example.of(request(IpSetType.HASH_IP_PORT).family(IpFamily.IPV6), "fd00::1,tcp:80"),
                Example.of(request(IpSetType.HASH_NET_PORT), "10.0.0.0/24,tcp:80"),
                Example.of(request(IpSetType.HASH_IP_PORT_IP), "10.0.0.1,tcp:80,10.0.0.2"),
                Example.of(request(IpSetType.HASH_IP_PORT_NET), "10.0.0.1,udp:9,10.0.0.0/8"),
                Example.of(
                        request(IpSetType.HASH_NET_LINK),
                        "10.0.0.0/24,eth0",
                        "0.0.0.0/0,eth1",
                        "10.0.0.0/8,physdev:eth2"),
                Example.of(request(IpSetType.HASH_NET_NET), "10.0.0.0/24,10.1.0.0/16"),
                Example.of(request(IpSetType.HASH_IP_MARK), "10.0.0.1,0x000000ff"),
                Example.of(request(IpSetType.HASH_MAC), "01:02:03:04:05:06"),
                Example.of(request(IpSetType.BITMAP_PORT).ports(80, 90), "80", "90"),
                Example.of(
                        request(IpSetType.BITMAP_IP).range(IpPrefix.parse("10.0.0.0/24")),
                        "10.0.0.0",
                        "10.0.0.255"),
                Example.of(
                        request(IpSetType.BITMAP_IP_MAC)
                                .range(
                                        IpPrefix.parseAddress("10.0.0.5"),
                                        IpPrefix.parseAddress("10.0.0.9")),
                        "10.0.0.5,01:02:03:04:05:06",
                        "10.0.0.6"),
                Example.of(request(IpSetType.LIST).size(3)));
    }

    private static void assumeType(IpSets sets, IpSetRequest request) {
        boolean known = true;
        try {
            sets.revision(request.type(), request.familyNumber());
        } catch (KernelException unknown) {
            known = false;
        }
        KernelFeature.assume("type of set " + request.type(), known);
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("examples")
    void setOfEachType_readsBackAndIsWhatIpsetSaves(Example example) {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            assumeType(sets, example.request());
            IpSetType type = example.request().type();
            List<IpSetEntry> entries =
                    example.entries().stream().map(text -> IpSetEntry.parse(type, text)).toList();
            sets.create(example.request());
            sets.add("s", entries);

            assertThat(sandbox.ours()).hasSize(1 + entries.size()).isEqualTo(sandbox.saved());
            IpSetContent content = sets.read("s");
            assertThat(content.entries())
                    .extracting(entry -> entry.text(type))
                    .containsExactlyInAnyOrderElementsOf(example.entries());
            assertThat(content.set().count()).isEqualTo(entries.size());
            assertThat(content.set().type()).isEqualTo(type);
            for (IpSetEntry entry : entries) {
                assertThat(sets.test("s", entry)).isTrue();
            }

            // Made anew by ipset, read again, and made by Weft as it was read.
            sets.destroy("s");
            sandbox.restore(content.toString());
            assertThat(sandbox.ours()).isEqualTo(IpSetSandbox.lines(content.toString()));
            IpSetContent again = sets.read("s");
            sets.create(IpSetRequest.of("t", again.set()));
            sets.add("t", again.entries());
            assertThat(sets.read("t").entries())
                    .containsExactlyInAnyOrderElementsOf(again.entries());
            for (IpSetEntry entry : entries) {
                assertThat(sets.delete("s", entry)).isTrue();
                assertThat(sets.delete("s", entry)).isFalse();
            }
            assertThat(sets.read("s").entries()).isEmpty();
        }
    }

    @Test
    void extensions_ofEntries_areWhatIpsetSaves() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(
                    request(IpSetType.HASH_NET)
                            .timeout(Duration.ZERO)
                            .with(
                                    IpSetOptions.Flag.COUNTERS,
                                    IpSetOptions.Flag.COMMENT,
                                    IpSetOptions.Flag.PACKET_INFO));
            IpSetEntry network = IpSetEntry.of(IpPrefix.parse("10.0.0.0/8"));
            sets.add(
                    "s",
                    List.of(
                            network.comment("all of \\them").counters(3, 4000),
                            IpSetEntry.of(IpPrefix.parse("10.1.0.0/16"))
                                    .noMatch()
                                    .packetMark(0x10, 0xff)
                                    .packetPriority(1, 0x1f)
                                    .packetQueue(7),
                            IpSetEntry.of(IpPrefix.parse("10.2.0.0/16"))
                                    .packetMark(5, 0xffff_ffffL)));

            assertThat(sandbox.ours()).hasSize(4).isEqualTo(sandbox.saved());
            assertThat(sets.test("s", IpSetEntry.of(IpPrefix.parseAddress("10.3.0.1")))).isTrue();
            assertThat(sets.test("s", IpSetEntry.of(IpPrefix.parseAddress("10.1.0.1")))).isFalse();
            IpSetEntry read =
                    sets.read("s").entries().stream()
                            .filter(entry -> entry.comment().isPresent())
                            .findFirst()
                            .orElseThrow();
            assertThat(read.network()).contains(IpPrefix.parse("10.0.0.0/8"));
            assertThat(read.packets()).contains(3L);
            assertThat(read.bytes()).contains(4000L);
            assertThat(read.timeout()).contains(Duration.ZERO);
            assertThat(read.isException()).isFalse();
            assertThat(read.bare().text(IpSetType.HASH_NET)).isEqualTo("10.0.0.0/8");
            assertThat(sets.find("s").orElseThrow().has(IpSetOptions.Flag.COMMENT)).isTrue();
        }
    }

    @Test
    void put_ofWhatIsThere_renewsItsTimeout() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(request(IpSetType.HASH_IP).timeout(Duration.ofSeconds(100)));
            IpSetEntry entry = IpSetEntry.of(IpPrefix.parseAddress("10.0.0.1"));
            sets.add("s", entry);
            assertThat(remaining(sets)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
            assertThatThrownBy(() -> sets.add("s", entry))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("10.0.0.1 of set s")
                    .hasMessageContaining("already");
            sets.put("s", entry.timeout(Duration.ofHours(1)));
            assertThat(remaining(sets)).isGreaterThan(Duration.ofMinutes(59));
            assertThat(sets.find("s").orElseThrow().timeout()).contains(Duration.ofSeconds(100));
        }
    }

    private static Duration remaining(IpSets sets) {
        return sets.read("s").entries().getFirst().timeout().orElseThrow();
    }

    @Test
    void range_becomesItsEntries() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(request(IpSetType.HASH_NET));
            sets.add("s", IpSetEntry.parse(IpSetType.HASH_NET, "10.0.0.0-10.0.0.9"));
            assertThat(sets.read("s").entries())
                    .extracting(entry -> entry.network().orElseThrow().toString())
                    .containsExactlyInAnyOrder("10.0.0.0/29", "10.0.0.8/31");
            sets.create(IpSetRequest.of("p", IpSetType.HASH_IP_PORT));
            sets.add("p", IpSetEntry.parse(IpSetType.HASH_IP_PORT, "10.0.0.1,tcp:80-89"));
            assertThat(sets.find("p").orElseThrow().count()).isEqualTo(10);
            assertThat(sandbox.ours()).isEqualTo(sandbox.saved());
        }
    }

    @Test
    void setOfSets_keepsItsOrder() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            for (String name : List.of("a", "b", "c")) {
                sets.create(IpSetRequest.of(name, IpSetType.HASH_IP));
            }
            sets.create(IpSetRequest.of("all", IpSetType.LIST).size(4));
            sets.add("all", IpSetEntry.ofSet("a"));
            sets.add("all", IpSetEntry.ofSet("b").before("a"));
            sets.add("all", IpSetEntry.ofSet("c").after("b"));

            assertThat(sets.read("all").entries())
                    .extracting(entry -> entry.setName().orElseThrow())
                    .containsExactly("b", "c", "a");
            assertThat(sets.read("all").toString())
                    .isEqualTo(sandbox.run("ipset", "save", "all").orFail().stdout().strip());
            assertThat(sets.find("a").orElseThrow().references()).isEqualTo(1);
            assertThatThrownBy(() -> sets.destroy("a"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("in use");
            assertThatThrownBy(() -> sets.add("all", IpSetEntry.ofSet("all")))
                    .hasMessageContaining("cannot hold a list");
            assertThatThrownBy(() -> sets.add("all", IpSetEntry.ofSet("nope")))
                    .hasMessageContaining("there is no such set");
            assertThat(sets.delete("all", IpSetEntry.ofSet("a"))).isTrue();
            assertThat(sets.destroy("a")).isTrue();
            assertThat(sets.destroy("a")).isFalse();
        }
    }

    @Test
    void swap_underARule_changesWhatItMatches() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(IpSetRequest.of("used", IpSetType.HASH_IP));
            sets.create(IpSetRequest.of("next", IpSetType.HASH_IP));
            sandbox.run("iptables", "-A", "INPUT", "-m", "set", "--match-set", "used", "src")
                    .orFail();
            sets.add("next", IpSetEntry.of(IpPrefix.parseAddress("10.0.0.1")));
            assertThat(sets.find("used").orElseThrow().references()).isEqualTo(1);
            assertThatThrownBy(() -> sets.destroy("used")).hasMessageContaining("in use");
            assertThatThrownBy(() -> sets.rename("used", "other"))
                    .hasMessageContaining("refers to it");

            sets.swap("used", "next");

            assertThat(sets.read("used").entries()).hasSize(1);
            assertThat(sets.find("used").orElseThrow().references()).isEqualTo(1);
            assertThat(sets.destroy("next")).isTrue();
            assertThat(sandbox.run("iptables", "-S", "INPUT").orFail().stdout())
                    .contains("--match-set used src");
        }
    }

    @Test
    void namesAndSets_thatCannotBe_areRefusedInWords() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(request(IpSetType.HASH_IP).mostEntries(2).hashSize(64));
            sets.createIfAbsent(request(IpSetType.HASH_IP).mostEntries(2).hashSize(64));
            assertThatThrownBy(() -> sets.create(request(IpSetType.HASH_IP)))
                    .hasMessageContaining("create set s of type hash:ip")
                    .hasMessageContaining("EEXIST");
            assertThatThrownBy(() -> sets.createIfAbsent(request(IpSetType.HASH_NET)))
                    .hasMessageContaining("EEXIST");
            sets.create(IpSetRequest.of("n", IpSetType.HASH_NET));
            assertThatThrownBy(() -> sets.swap("s", "n")).hasMessageContaining("different types");
            assertThatThrownBy(() -> sets.swap("s", "none"))
                    .hasMessageContaining("no set of the second name");
            assertThatThrownBy(() -> sets.rename("s", "n")).hasMessageContaining("has that name");
            assertThatThrownBy(() -> sets.flush("none"))
                    .hasMessageContaining("no set of that name");
            assertThatThrownBy(() -> sets.read("none")).hasMessageContaining("no set of that name");
            assertThatThrownBy(() -> sets.add("none", IpSetEntry.empty()))
                    .hasMessageContaining("no set of that name");
            assertThat(sets.find("none")).isEmpty();
            assertThatThrownBy(() -> sets.create(IpSetRequest.of("x", new IpSetType("list:ip"))))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("no such type");
            sets.rename("n", "m");
            sets.flush("m");
            assertThat(sets.list()).extracting(IpSet::name).containsExactly("s", "m");
            assertThat(sets.protocol()).isEqualTo(7);
        }
    }

    @Test
    void entries_thatCannotBe_areRefusedInWords() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(request(IpSetType.HASH_NET).mostEntries(2).hashSize(64));
            sets.create(IpSetRequest.of("full", IpSetType.HASH_IP).mostEntries(2));
            sets.add("full", addresses(3).subList(1, 3));
            assertThatThrownBy(() ->
                            sets.add("full", IpSetEntry.of(IpPrefix.parseAddress("10.9.0.0"))))
                    .hasMessageContaining("10.9.0.0 of set full")
                    .hasMessageContaining("is full");
            IpSetEntry ten = IpSetEntry.of(IpPrefix.parse("10.0.0.0/8"));
            assertThatThrownBy(
                            () -> sets.add("s", IpSetEntry.parse(IpSetType.HASH_NET, "0.0.0.0/0")))
                    .hasMessageContaining("0.0.0.0/0 of set s")
                    .hasMessageContaining("write two halves");
            assertThatThrownBy(() -> sets.add("s", IpSetEntry.parse(IpSetType.HASH_NET, "::1")))
                    .hasMessageContaining("an address of another family");
            assertThatThrownBy(() -> sets.add("s", ten.timeout(Duration.ofSeconds(5))))
                    .hasMessageContaining("without timeouts");
            assertThatThrownBy(() -> sets.add("s", ten.comment("x")))
                    .hasMessageContaining("without comments");
            assertThatThrownBy(() -> sets.add("s", ten.counters(1, 1)))
                    .hasMessageContaining("without counters");
            assertThatThrownBy(() -> sets.add("s", ten.packetQueue(1)))
                    .hasMessageContaining("without packet information");
            sets.create(
                    IpSetRequest.of("b", IpSetType.BITMAP_IP).range(IpPrefix.parse("10.0.0.0/24")));
            assertThatThrownBy(
                            () -> sets.add("b", IpSetEntry.of(IpPrefix.parseAddress("10.9.0.0"))))
                    .hasMessageContaining("outside of the range");
            assertThatThrownBy(() ->
                            sets.create(
                                    IpSetRequest.of("c", IpSetType.BITMAP_IP)
                                            .range(IpPrefix.parse("10.0.0.0/8"))))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("larger than such a set can be")
                    .satisfies(failed ->
                            assertThat(IpSetError.of((KernelException) failed, IpSetType.BITMAP_IP))
                                    .contains(IpSetError.BITMAP_SIZE));
        }
    }

    private static List<IpSetEntry> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        IpSetEntry.of(
                                IpPrefix.addressOf(new byte[] {10, 0, (byte) (i >> 8), (byte) i})))
                .toList();
    }

    @Test
    void add_ofAsManyAsItHolds_isDoneInAFewMessages() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            List<IpSetEntry> all = addresses(1 << 16);
            sets.create(request(IpSetType.HASH_IP));
            sets.add("s", all);
            assertThat(sets.read("s").entries()).hasSize(1 << 16);
            sets.delete("s", all.subList(0, 60_000));
            assertThat(sandbox.saved()).hasSize(1 + (1 << 16) - 60_000);
        }
    }

    @Test
    void add_ofManyWithOneThatCannotBe_namesItAndStopsThere() {
        try (IpSetSandbox sandbox = new IpSetSandbox()) {
            IpSets sets = sandbox.sets();
            sets.create(request(IpSetType.HASH_IP));
            List<IpSetEntry> all = addresses(10_000);
            sets.add("s", all.get(7_776));

            assertThatThrownBy(() -> sets.add("s", all))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("10.0.30.96 (entry 7777 of 10000) of set s")
                    .hasMessageContaining("already");
            assertThat(sets.find("s").orElseThrow().count()).isEqualTo(7_777);
            sets.put("s", all);
            assertThat(sets.find("s").orElseThrow().count()).isEqualTo(10_000);
        }
    }
}
