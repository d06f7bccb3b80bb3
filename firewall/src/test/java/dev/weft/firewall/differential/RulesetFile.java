package dev.weft.firewall.differential;

import dev.weft.firewall.Sandbox;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// A file of the corpus: a ruleset in the language of `nft`, or, by its ending, of one of the
/// commands that came before it.
///
/// Its head may say `# needs: what a kernel may lack` and `# misprinted: what nft does wrong`; see
/// the README of the corpus.
///
/// @param name of folder and file, without the ending
/// @param language `nft`, `iptables`, `ip6tables`, `arptables`, `ebtables`
record RulesetFile(String name, String language, String text) {
    static final boolean IN_VIRTUAL_MACHINE = Boolean.getBoolean("weft.vm");

    /// The files of the corpus that this machine tries, by name: all of them, but in the virtual
    /// machine, whose processor is emulated, only what a kernel may lack. These come first, so that
    /// each has the same number in both.
    static List<RulesetFile> all() {
        return read().stream()
                .filter(file -> !IN_VIRTUAL_MACHINE || file.need().isPresent())
                .sorted(Comparator.comparing(file -> file.need().isEmpty()))
                .toList();
    }

    private static List<RulesetFile> read() {
        Path root = root();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".md"))
                    .sorted()
                    .map(file -> read(root, file))
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path root() {
        try {
            return Path.of(
                    Objects.requireNonNull(RulesetFile.class.getResource("/rulesets")).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static RulesetFile read(Path root, Path file) {
        String path = root.relativize(file).toString();
        int dot = path.lastIndexOf('.');
        try {
            return new RulesetFile(
                    path.substring(0, dot), path.substring(dot + 1), Files.readString(file));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whether it is in the language of `nft`.
    boolean isOfNft() {
        return language.equals("nft");
    }

    /// What a kernel may lack for it.
    Optional<String> need() {
        return mark("needs");
    }

    /// What `nft` does wrong when it lists it, so that its own text makes another ruleset.
    Optional<String> misprint() {
        return mark("misprinted");
    }

    private Optional<String> mark(String word) {
        String head = "# " + word + ": ";
        return text.lines()
                .filter(line -> line.startsWith(head))
                .map(line -> line.substring(head.length()))
                .findFirst();
    }

    /// Has its command load it; skips the test if it needs what this kernel lacks.
    void loadInto(Sandbox sandbox) {
        Command.Result loaded = tryToLoadInto(sandbox);
        need().ifPresent(need -> KernelFeature.assume(need, loaded.exit() == 0));
        loaded.orFail();
    }

    /// Has its command load it, whatever comes of it.
    Command.Result tryToLoadInto(Sandbox sandbox) {
        return isOfNft() ? sandbox.tryLoad(text) : sandbox.run(text, language + "-nft-restore");
    }

    @Override
    public String toString() {
        return isOfNft() ? name : name + "." + language;
    }
}
