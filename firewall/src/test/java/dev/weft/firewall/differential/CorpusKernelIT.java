package dev.weft.firewall.differential;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Sandbox;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/// Whatever `nft` and the commands before it load is read here, and is the same to `nft` when made
/// again.
final class CorpusKernelIT {
    static List<RulesetFile> rulesets() {
        return RulesetFile.all();
    }

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
