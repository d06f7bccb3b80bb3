package dev.weft.firewall.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.firewall.Rule;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExpressionKind;
import dev.weft.firewall.language.Field;
import dev.weft.firewall.language.Reading;
import dev.weft.firewall.language.Statement;
import dev.weft.firewall.language.Term;
import dev.weft.testkit.KernelFeature;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of expression, and each form of a statement and a term, is met in the corpus.
final class CoverageKernelIT {
    /// What `nft` 1.0.6 has no words for.
    private static final Set<Object> UNSPEAKABLE =
            Set.of("inner", "last", "tunnel", Statement.Last.class, Field.Tunnel.class);

    /// What was not understood.
    private static final Set<Class<?>> UNREAD = Set.of(Statement.Raw.class, Term.Unknown.class);

    /// What the rulesets need that have these.
    private static final Map<Object, String> NEEDS =
            Map.of(
                    "flow_offload",
                    "flow tables",
                    "queue",
                    "packet queues",
                    Statement.FlowAdd.class,
                    "flow tables",
                    Statement.Queue.class,
                    "packet queues");

    /// The order that [RulesetFile#all] has, for the same reason.
    private static final Comparator<Object> NEEDED_FIRST =
            Comparator.comparing(form -> !NEEDS.containsKey(form));

    private static final Set<String> KINDS = new HashSet<>();
    private static final Set<Class<?>> FORMS = new HashSet<>();

    /// What the rulesets that this kernel did not load need.
    private static final Set<String> LACKS = new TreeSet<>();

    @BeforeAll
    static void readCorpus() {
        RulesetFile.all().forEach(CoverageKernelIT::read);
    }

    private static void read(RulesetFile file) {
        try (Sandbox sandbox = new Sandbox()) {
            if (file.tryToLoadInto(sandbox).exit() == 0) {
                sandbox.nftables().read().forEach(CoverageKernelIT::read);
            } else {
                LACKS.add(file.need().orElseThrow());
            }
        }
    }

    private static void read(TableContent table) {
        Reading reading = Reading.of(table);
        List<Rule> rules = table.chains().values().stream().flatMap(List::stream).toList();
        rules.stream()
                .flatMap(rule -> rule.expressions().stream())
                .map(Expression::name)
                .forEach(KINDS::add);
        rules.stream()
                .flatMap(rule -> reading.statements(rule).stream())
                .forEach(form -> meet(form));
        table.sets().keySet().forEach(set -> reading.elements(set).forEach(form -> meet(form)));
    }

    /// Takes note of a form and of those that it is made of.
    private static void meet(Object form) {
        if (form instanceof List<?> several) {
            several.forEach(CoverageKernelIT::meet);
        } else if (form instanceof Record record) {
            FORMS.add(record.getClass());
            Stream.of(record.getClass().getRecordComponents())
                    .map(component -> value(record, component))
                    .flatMap(Stream::ofNullable)
                    .forEach(CoverageKernelIT::meet);
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    static Stream<String> kinds() {
        return ExpressionKind.all().stream()
                .map(ExpressionKind::name)
                .filter(CoverageKernelIT::isExpected)
                .sorted()
                .sorted(NEEDED_FIRST);
    }

    static Stream<Class<?>> forms() {
        return Stream.of(Statement.class, Term.class)
                .flatMap(CoverageKernelIT::formsOf)
                .filter(CoverageKernelIT::isExpected)
                .sorted(NEEDED_FIRST);
    }

    private static boolean isExpected(Object form) {
        return RulesetFile.IN_VIRTUAL_MACHINE
                ? NEEDS.containsKey(form)
                : !UNSPEAKABLE.contains(form) && !UNREAD.contains(form);
    }

    private static Stream<Class<?>> formsOf(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(CoverageKernelIT::formsOf)
                : Stream.of(family);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void kindOfExpression_isInTheCorpus(String kind) {
        assertMet(KINDS, kind);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void formOfLanguage_isInTheCorpus(Class<?> form) {
        assertMet(FORMS, form);
    }

    @Test
    void corpus_isUnderstood() {
        assertThat(FORMS).isNotEmpty().doesNotContainAnyElementsOf(UNREAD);
    }

    private static <T> void assertMet(Set<T> met, T wanted) {
        String need = NEEDS.getOrDefault(wanted, "");
        KernelFeature.assume(need, !LACKS.contains(need));
        assertThat(met).contains(wanted);
    }
}
