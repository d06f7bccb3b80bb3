package dev.weft.firewall.event;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.Table;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import java.util.List;
import java.util.stream.IntStream;

/// More events than a reader's queue holds, none of them about a table of the tests.
public final class Floods {
    private static final Table TABLE = Table.of(Family.IP, "flood");
    private static final NftSet SET = NftSet.of(TABLE, "many", DataType.IPV4_ADDR);

    /// An event takes some eighty bytes and the queue holds eight megabytes.
    private static final int ELEMENTS = 50_000;

    private static final int ROUNDS = 2;

    private Floods() {}

    /// Makes the kernel lose events of those who do not take them meanwhile.
    public static void overrun(Sandbox sandbox) {
        List<Element> elements =
                IntStream.range(0, ELEMENTS)
                        .mapToObj(i ->
                                Element.of(
                                        Datum.of(
                                                (byte) 10,
                                                (byte) (i >> 16),
                                                (byte) (i >> 8),
                                                (byte) i)))
                        .toList();
        sandbox.nftables().apply(new Batch().add(TABLE).add(SET));
        for (int i = 0; i < ROUNDS; i++) {
            sandbox.nftables().apply(new Batch().add(SET, elements));
            sandbox.nftables().apply(new Batch().flush(SET));
        }
    }
}
