package dev.weft.linux.tc;

import dev.weft.linux.fixture.AttributeRoundTrip;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.KernelHeaders;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TrafficAttributesTest {
    static Stream<AttributeTable> tables() {
        return Stream.of(
                TrafficAttributes.TABLE,
                StatisticsAttributes.TABLE,
                HtbAttributes.TABLE,
                TbfAttributes.TABLE,
                FqCodelAttributes.TABLE,
                U32Attributes.TABLE,
                MatchallAttributes.TABLE,
                BpfAttributes.TABLE,
                ActionAttributes.TABLE,
                ActionAttributes.LIST,
                MirredAttributes.TABLE,
                GactAttributes.TABLE);
    }

    @ParameterizedTest
    @MethodSource("tables")
    void everyAttribute_encodedAndDecoded_isTheSame(AttributeTable table) {
        AttributeRoundTrip.check(table);
    }

    @Test
    void everyNumber_isTheOneOfTheKernelsHeaders() throws IOException {
        KernelHeaders.check(
                tables(),
                70,
                "rtnetlink.h",
                "gen_stats.h",
                "pkt_sched.h",
                "pkt_cls.h",
                "tc_act/tc_mirred.h",
                "tc_act/tc_gact.h");
    }
}
