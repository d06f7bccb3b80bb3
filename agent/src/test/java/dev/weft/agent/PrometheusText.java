package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Prometheus' text format, version 0.0.4, read strictly: every sample belongs to the family whose
/// HELP and TYPE were last, no sample comes twice, and labels are escaped.
final class PrometheusText {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final String LABEL = NAME + "=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") .+");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary)");
    private static final Pattern SAMPLE =
            Pattern.compile("((" + NAME + ")(?:\\{" + LABEL + "(?:," + LABEL + ")*\\})?) (\\S+)");
    private static final Map<String, Set<String>> SUFFIXES =
            Map.of(
                    "counter", Set.of(""),
                    "gauge", Set.of(""),
                    "histogram", Set.of("_bucket", "_sum", "_count"),
                    "summary", Set.of("", "_sum", "_count"));

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, Double> lastBuckets = new HashMap<>();
    private final Set<String> families = new HashSet<>();
    private String helped = "";
    private String family = "";
    private String type = "";

    private PrometheusText() {}

    /// All samples, by name and labels as they are written.
    static Map<String, Double> parse(String text) {
        assertThat(text).endsWith("\n");
        PrometheusText reader = new PrometheusText();
        text.lines().forEach(reader::read);
        return reader.samples;
    }

    private void read(String line) {
        Matcher help = HELP.matcher(line);
        Matcher typed = TYPE.matcher(line);
        if (help.matches()) {
            helped = help.group(1);
        } else if (typed.matches()) {
            family = typed.group(1);
            type = typed.group(2);
            assertThat(family).isEqualTo(helped);
            assertThat(families.add(family)).as("%s comes once", family).isTrue();
        } else {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a sample: %s", line).isTrue();
        String name = sample.group(2);
        assertThat(name).startsWith(family);
        assertThat(SUFFIXES.get(type)).as(line).contains(name.substring(family.length()));
        double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
        assertThat(samples.put(sample.group(1), value)).as("%s comes once", line).isNull();
        if (name.endsWith("_bucket")) {
            String series = sample.group(1).replaceAll(",?le=\"[^\"]*\"", "");
            Double before = lastBuckets.put(series, value);
            assertThat(value).as(line).isGreaterThanOrEqualTo(before == null ? 0 : before);
        }
    }
}
