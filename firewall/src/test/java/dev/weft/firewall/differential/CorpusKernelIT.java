package dev.weft.firewall.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Sandbox;
import dev.weft.firewall.language.RulesetJson;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Surroundings;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/// Whatever `nft` and the commands before it load is read and printed here as by `nft`, and is the
/// same to `nft` when made again.
final class CorpusKernelIT {
    private static final RulesetJson PRINTER = RulesetJson.by("0", "");

    /// There is no other interface in a new namespace.
    private static final Surroundings AROUND =
            Surroundings.ofMachine(index -> index == 1 ? Optional.of("lo") : Optional.empty());

    static List<RulesetFile> rulesets() {
        return RulesetFile.all();
    }

    static List<RulesetFile> rulesetsOfNft() {
        return RulesetFile.all().stream().filter(RulesetFile::isOfNft).toList();
    }

    @Execution(CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesets")
    void rulesetMadeAgain_isTheSameToNft(RulesetFile file) {
        loaded(
                file,
                original -> {
                    try (Sandbox copy = new Sandbox()) {
                        Batch batch = new Batch();
                        original.nftables().read().forEach(batch::create);
                        copy.nftables().apply(batch);

                        json(copy).elsewhere().assertSame(json(original).elsewhere());
                    }
                });
    }

    @Execution(CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesets")
    void rulesetInJson_isWhatNftPrints(RulesetFile file) {
        loaded(
                file,
                ruleset ->
                        NftJson.parse(PRINTER.of(ruleset.nftables().read(), AROUND))
                                .assertSame(json(ruleset)));
    }

    @Execution(CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesetsOfNft")
    void rulesetInText_isWhatNftPrints_andLoadsAsTheSame(RulesetFile file) {
        loaded(
                file,
                original -> {
                    String text = RulesetText.of(original.nftables().read(), AROUND);
                    assertThat(timeless(text)).isEqualTo(timeless(original.nft("list", "ruleset")));
                    assertLoadsAsTheSame(file, text, json(original));
                });
    }

    private static void assertLoadsAsTheSame(RulesetFile file, String text, NftJson original) {
        try (Sandbox copy = new Sandbox()) {
            copy.load(text);
            NftJson loaded = json(copy).elsewhere();
            if (file.misprint().isEmpty()) {
                loaded.assertSame(original.elsewhere());
            } else {
                assertThat(loaded).as(file.misprint().get()).isNotEqualTo(original.elsewhere());
            }
        }
    }

    /// Without how long elements still stay, which each reading finds to be less.
    private static String timeless(String text) {
        return text.replaceAll("expires \\w+", "expires");
    }

    /// A report names an invocation by number, so what fails says which file it was about.
    private static void loaded(RulesetFile file, Consumer<Sandbox> test) {
        try (Sandbox sandbox = new Sandbox()) {
            file.loadInto(sandbox);
            test.accept(sandbox);
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError(file + "\n" + failed.getMessage(), failed);
        }
    }

    private static NftJson json(Sandbox sandbox) {
        return NftJson.parse(sandbox.nft("-j", "list", "ruleset"));
    }
}
