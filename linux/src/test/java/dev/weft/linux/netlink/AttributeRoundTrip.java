package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.LinuxException;
import dev.weft.testkit.Seeded;
import java.util.Optional;

/// The round trip of every attribute of a table, and of the tables inside it: a payload that the
/// attribute's codec accepts is decoded, encoded, decoded again and printed.
///
/// Samples are random bytes that a codec accepts, so no table needs samples of its own.
public final class AttributeRoundTrip {
    private static final int RUNS = 3;
    private static final int MAX_BYTES = 160;
    private static final int TRIES = 20_000;
    private static final int MAX_DEPTH = 6;

    private AttributeRoundTrip() {}

    /// Checks all attributes of a table.
    public static void check(AttributeTable table) {
        assertThat(table.all()).as("attributes of " + table.name()).isNotEmpty();
        Seeded.forAll(
                RUNS,
                random -> {
                    Attributes all = sample(table, random, 0);
                    for (Attribute<?> attribute : table.all()) {
                        roundTrip(all, attribute);
                    }
                    assertThat(Attributes.decode(table, all.encoded())).isEqualTo(all);
                    assertThat(all.toString()).contains(table.all().iterator().next().name());
                });
    }

    private static <T> void roundTrip(Attributes all, Attribute<T> attribute) {
        T value = all.find(attribute).orElseThrow();
        Attributes again = Attributes.build(all.table(), writer -> writer.put(attribute, value));
        assertThat(again.find(attribute)).as(attribute.name()).hasValue(value);
        assertThat(again.toString()).startsWith("{" + attribute.name() + "=");
        boolean nested = (again.encoded().u16(2) & AttributeTable.NESTED) != 0;
        assertThat(nested).as(attribute.name()).isEqualTo(attribute.codec().nests());
    }

    /// Every attribute of a table, with a value each.
    private static Attributes sample(AttributeTable table, Seeded random, int depth) {
        return Attributes.build(
                table,
                writer -> {
                    for (Attribute<?> attribute : table.all()) {
                        Slice payload = payload(attribute, table, random, depth);
                        writer.raw(attribute.number(), target -> target.slice(payload));
                    }
                });
    }

    private static Slice payload(
            Attribute<?> attribute, AttributeTable table, Seeded random, int depth) {
        if (attribute.codec().nests()) {
            Optional<AttributeTable> inner = attribute.inside().apply(Attributes.empty(table));
            return inner.filter(known -> depth < MAX_DEPTH)
                    .map(known -> sample(known, random, depth + 1).encoded())
                    .orElse(Slice.EMPTY);
        }
        for (int i = 0; i < TRIES; i++) {
            Slice bytes = Slice.of(bytes(random));
            if (accepts(attribute.codec(), bytes)) {
                return bytes;
            }
        }
        throw new AssertionError("no bytes found that " + attribute.name() + " accepts");
    }

    /// Small numbers as often as large ones: enumerations and counts accept only those.
    private static byte[] bytes(Seeded random) {
        byte[] bytes = random.bytes(random.between(0, MAX_BYTES));
        int most = random.oneOf(java.util.List.of(0, 1, 7, 0xff));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.min(bytes[i] & 0xff, most);
        }
        return bytes;
    }

    private static boolean accepts(Codec<?> codec, Slice bytes) {
        try {
            return codec.reader().apply(bytes) != null;
        } catch (LinuxException notOne) {
            return false;
        }
    }
}
