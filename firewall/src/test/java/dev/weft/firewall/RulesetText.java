package dev.weft.firewall;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The rulesets of the tests, written as `nft list ruleset` prints them.
final class RulesetText {
    private RulesetText() {}

    static String of(String resource) {
        try (InputStream in = RulesetText.class.getResourceAsStream(resource)) {
            return new String(
                    Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
