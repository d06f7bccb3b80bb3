package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.value.DataType;
import dev.weft.linux.netlink.Slice;
import dev.weft.testkit.Command;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Our table of types says the same as `nft` does.
final class DataTypesKernelIT {
    private static final Pattern SYMBOL =
            Pattern.compile("(?m)^\\t(\\S+)\\s+(0x[0-9a-f]+|[0-9]+)$");

    /// How `nft describe` and `typeof` ask for types that have no keyword in its grammar.
    private static final Map<DataType, String> EXPRESSIONS =
            Map.of(
                    DataType.NF_PROTO, "meta nfproto",
                    DataType.ECN, "ip ecn",
                    DataType.CT_EVENT, "ct event",
                    DataType.CT_DIR, "ct direction",
                    DataType.DAY, "meta day",
                    DataType.HOUR, "meta hour",
                    DataType.DATE, "meta time");

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            mode = Mode.EXCLUDE,
            names = {"CT_LABEL", "LINK_LAYER_ADDR", "STRING", "INTEGER", "BITMASK"})
    void symbols_areThoseThatNftDescribes(DataType type) {
        String subject = EXPRESSIONS.getOrDefault(type, type.toString());

        String description =
                Command.run(
                                Stream.concat(
                                                Stream.of("nft", "describe"),
                                                Stream.of(subject.split(" ", -1)))
                                        .toArray(String[]::new))
                        .orFail()
                        .stdout();

        assertThat(type.symbols().numbers()).isEqualTo(symbols(type, description));
    }

    /// `nft` shows numbers in network order as they look in the machine's.
    private static Map<String, Long> symbols(DataType type, String description) {
        Map<String, Long> symbols = new HashMap<>();
        Matcher lines = SYMBOL.matcher(description);
        while (lines.find()) {
            long number = Long.decode(lines.group(2));
            boolean swapped =
                    lines.group(2).startsWith("0x")
                            && type.order() == DataType.Order.NETWORK
                            && type.bytes() == Short.BYTES;
            symbols.put(
                    lines.group(1), swapped ? Short.reverseBytes((short) number) & 0xffff : number);
        }
        return symbols;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            mode = Mode.EXCLUDE,
            names = {
                "CT_LABEL",
                "LINK_LAYER_ADDR",
                "STRING",
                "INTEGER",
                "BITMASK",
                "CT_EVENT",
                "TIME"
            })
    void setOfAType_hasItsNumberSizeAndOrder(DataType type) {
        String expression = EXPRESSIONS.get(type);
        String declaration = expression == null ? "type " + type : "typeof " + expression;
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load("table ip t {\n set s { " + declaration + "; }\n}\n");

            NftSet set = sandbox.nftables().sets(sandbox.nftables().tables().getFirst()).getFirst();

            assertThat(set.key()).contains(List.of(type));
            assertThat(set.attributes().orElse(SetAttributes.KEY_BYTES, 0)).isEqualTo(type.bytes());
            assertThat(order(set)).isIn(ordersOf(type));
        }
    }

    @ParameterizedTest
    @CsvSource({"INTEGER, ip length", "STRING, ct helper", "TIME, ct expiration"})
    void setLikeAnExpression_hasItsType(DataType type, String expression) {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load("table ip t {\n set s { typeof " + expression + "; }\n}\n");

            NftSet set = sandbox.nftables().sets(sandbox.nftables().tables().getFirst()).getFirst();

            assertThat(set.key()).contains(List.of(type));
        }
    }

    @Test
    void everyNumber_belongsToOneType() {
        assertThat(Stream.of(DataType.values()).map(DataType::number)).doesNotHaveDuplicates();
        for (DataType type : DataType.values()) {
            assertThat(DataType.find(type.number())).contains(List.of(type));
        }
    }

    /// `nft` has none for some types of a single byte.
    private static List<Integer> ordersOf(DataType type) {
        int order = type.order().number();
        return type.bytes() == 1 ? List.of(order, 0) : List.of(order);
    }

    private static int order(NftSet set) {
        Slice data = set.attributes().orElse(SetAttributes.USER_DATA, Slice.EMPTY);
        for (int at = 0; at < data.length(); at += 2 + data.u8(at + 1)) {
            if (data.u8(at) == UserData.SET_KEY_ORDER) {
                return data.s32(at + 2);
            }
        }
        return 0;
    }
}
