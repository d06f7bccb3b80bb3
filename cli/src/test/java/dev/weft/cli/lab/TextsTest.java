package dev.weft.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class TextsTest {
    @Test
    void languages_haveTheSameKeys() throws IOException {
        assertThat(load("texts_zh.properties").keySet())
                .containsExactlyInAnyOrderElementsOf(load("texts.properties").keySet());
    }

    @Test
    void languages_putInTheSameNumberOfValues() throws IOException {
        Properties english = load("texts.properties");
        Properties chinese = load("texts_zh.properties");
        for (String key : english.stringPropertyNames()) {
            assertThat(values(chinese.getProperty(key)))
                    .as(key)
                    .isEqualTo(values(english.getProperty(key)));
        }
    }

    @Test
    void labs_haveTextsForEverySituation() throws IOException {
        Properties english = load("texts.properties");
        for (Lab lab : Lab.all()) {
            String prefix = "lab." + lab.name() + ".";
            assertThat(english).containsKeys(prefix + "title", prefix + "about");
            for (Situation situation : lab.situations()) {
                assertThat(english)
                        .containsKeys(
                                prefix + situation.key() + ".name",
                                prefix + situation.key() + ".expected");
            }
        }
    }

    @Test
    void of_withLargeNumber_printsItWithoutGrouping() {
        assertThat(Texts.of(Language.EN).of("change.ttl", 1064, 63)).isEqualTo("TTL 1064 -> 63");
    }

    @Test
    void of_chinese_readsTheOtherFile() {
        assertThat(Texts.of(Language.ZH).of("label.expected")).isEqualTo("预期");
    }

    private static int values(String pattern) {
        return new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex().length;
    }

    private static Properties load(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader =
                new InputStreamReader(
                        Objects.requireNonNull(Texts.class.getResourceAsStream(name), name),
                        StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }
}
