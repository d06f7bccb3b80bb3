package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any text as what the programs print: it is read, or refused as malformed.
final class IptablesTextFuzzTest {
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @FuzzTest
    void rule_isPrintedAndReadAlike(byte[] bytes) {
        Rule.tryParse(text(bytes))
                .ifPresent(rule -> {
                    String line = rule.toString();
                    if (line.length() < Words.LINE_BYTES) {
                        assertThat(Rule.parse(line)).isEqualTo(rule);
                        assertThat(rule.isSameAs(rule.withCounters(Counters.ZERO))).isTrue();
                    }
                });
    }

    @FuzzTest
    void table_isReadOrRefused(byte[] bytes) {
        try {
            assertThat(SavedTable.parse(text(bytes))).isNotNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest
    void statistics_areReadOrRefused(byte[] bytes) {
        try {
            assertThat(Statistics.parseRow(text(bytes), IpFamily.IPV4).columns()).hasSize(10);
        } catch (MalformedMessageException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    /// What a transaction accepts stays one line with the words that it was given.
    @FuzzTest
    void words_stayOneLine(byte[] bytes) {
        String[] words = text(bytes).split("\u0001", -1);
        try {
            String written = new Transaction().append("filter", "INPUT", words).text();
            List<String> lines = List.of(written.split("\n", -1));
            assertThat(lines).hasSize(4);
            assertThat(Words.split(lines.get(1)).stream().map(Words.Word::text).skip(2))
                    .containsExactly(words);
        } catch (InvalidRequestException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    @FuzzTest
    void complaint_meansSomething(byte[] bytes) {
        assertThat(Problem.of(text(bytes))).isNotNull();
        assertThat(new Transaction().newChain("filter", "X").failure(text(bytes))).isNotNull();
    }
}
