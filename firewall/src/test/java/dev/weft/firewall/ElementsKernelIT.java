package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ElementsKernelIT {
    private static final int MANY = 10_000;
    private static final Table TABLE = Table.of(Family.IP, "weft");
    private static final NftSet PORTS =
            NftSet.map(
                    TABLE,
                    "ports",
                    List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE),
                    List.of(DataType.IPV4_ADDR, DataType.INET_SERVICE));

    private static Datum key(int port) {
        Datum address = Datum.of((byte) 10, (byte) 0, (byte) 0, (byte) 1);
        return Datum.concat(address, Datum.port(port));
    }

    private static Element port(int number) {
        return Element.of(key(number), key(number));
    }

    private static Set<Datum> keys(Nftables nftables) {
        return nftables.elements(PORTS).stream()
                .map(element -> element.key().orElseThrow())
                .collect(Collectors.toSet());
    }

    private static List<Element> many() {
        return IntStream.range(0, MANY).mapToObj(ElementsKernelIT::port).toList();
    }

    @Test
    void findOfKeys_answersThoseThatAreThere_asTheyAre() {
        try (Sandbox sandbox = new Sandbox()) {
            Nftables nftables = sandbox.nftables();
            assertThat(nftables.find(TABLE)).isEmpty();
            assertThat(nftables.find(PORTS, List.of(port(1)))).isEmpty();
            List<Element> there =
                    many().subList(0, 200).stream().map(each -> each.comment("one")).toList();
            nftables.apply(new Batch().add(TABLE).add(PORTS).add(PORTS, there));

            assertThat(nftables.find(TABLE)).isPresent();
            assertThat(nftables.find(PORTS, there)).hasSize(200);
            assertThat(nftables.find(PORTS, List.of(port(5), port(900), port(7))))
                    .extracting(element -> element.comment().orElseThrow())
                    .containsExactly("one", "one");
            assertThat(nftables.find(PORTS, List.of(port(900)))).isEmpty();
        }
    }

    @Test
    void thousandsInOneBatch_areAllThere_andAllGoneAfterFlush() {
        try (Sandbox sandbox = new Sandbox()) {
            Nftables nftables = sandbox.nftables();
            nftables.apply(new Batch().add(TABLE).add(PORTS).add(PORTS, many()));

            assertThat(keys(nftables)).hasSize(MANY).contains(key(0), key(MANY - 1));

            nftables.apply(new Batch().delete(PORTS, many().subList(0, MANY / 2)));
            assertThat(keys(nftables)).hasSize(MANY / 2).doesNotContain(key(0));

            nftables.apply(new Batch().flush(PORTS));
            assertThat(nftables.elements(PORTS)).isEmpty();
        }
    }

    @Test
    void hundredThousandInOneBatch_areAllThere() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "addresses", DataType.IPV4_ADDR);
            List<Element> all =
                    IntStream.range(0, 100_000)
                            .mapToObj(i ->
                                    Datum.of(
                                            (byte) 10, (byte) (i >> 16), (byte) (i >> 8), (byte) i))
                            .map(Element::of)
                            .toList();
            sandbox.nftables().apply(new Batch().add(TABLE).add(set).add(set, all));

            BitSet read = new BitSet();
            for (Element element : sandbox.nftables().elements(set)) {
                read.set(element.key().orElseThrow().bytes().be32(0) & 0xff_ffff);
            }
            assertThat(read.cardinality()).isEqualTo(all.size());
            assertThat(read.length()).isEqualTo(all.size());
        }
    }

    @Test
    void element_isFoundByNftAndDeletedByItsKey() {
        try (Sandbox sandbox = new Sandbox()) {
            Nftables nftables = sandbox.nftables();
            nftables.apply(new Batch().add(TABLE).add(PORTS));
            nftables.apply(new Batch().add(PORTS, port(80)));
            assertThat(sandbox.nft("get", "element", "ip", "weft", "ports", "{ 10.0.0.1 . 80 }"))
                    .contains("10.0.0.1 . 80 : 10.0.0.1 . 80");

            nftables.apply(new Batch().delete(PORTS, port(80)));
            assertThat(sandbox.nft("list", "map", "ip", "weft", "ports"))
                    .doesNotContain("elements");
        }
    }

    @Test
    void timeout_isKeptAndShown() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "seen", DataType.IFNAME).timeout(Duration.ofMinutes(5));
            Element element = Element.of(Datum.interfaceName("eth0")).timeout(Duration.ofHours(1));
            sandbox.nftables().apply(new Batch().add(TABLE).add(set).add(set, element));

            assertThat(sandbox.nft("list", "set", "ip", "weft", "seen"))
                    .contains("type ifname", "timeout 5m", "\"eth0\" timeout 1h expires");
            assertThat(sandbox.nftables().elements(set).getFirst().expiration().orElseThrow())
                    .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        }
    }
}
