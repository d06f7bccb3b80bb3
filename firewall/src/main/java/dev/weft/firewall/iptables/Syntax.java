package dev.weft.firewall.iptables;

import dev.weft.linux.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What may stand in a command or in the input of `iptables-restore`: nothing that could be taken
/// for another word, another line or another command.
final class Syntax {
    /// `XT_EXTENSION_MAXNAMELEN` less the final NUL and what the programs keep for themselves.
    private static final int CHAIN_BYTES = 28;

    /// `XT_TABLE_MAXNAMELEN` less the final NUL.
    private static final int TABLE_BYTES = 31;

    /// Verdicts and what a chain's policy prints without one: names that no chain may have.
    private static final Set<String> VERDICTS = Set.of("ACCEPT", "DROP", "QUEUE", "RETURN");

    private static final Set<String> POLICIES = Set.of("ACCEPT", "DROP");

    /// Long options that are no part of a rule, but would make the command another one.
    private static final List<String> COMMANDS =
            List.of(
                    "--append",
                    "--check",
                    "--delete",
                    "--insert",
                    "--replace",
                    "--list",
                    "--list-rules",
                    "--flush",
                    "--zero",
                    "--new-chain",
                    "--delete-chain",
                    "--policy",
                    "--rename-chain",
                    "--help",
                    "--version",
                    "--table",
                    "--wait",
                    "--wait-interval",
                    "--modprobe",
                    "--ipv4",
                    "--ipv6");

    /// An option of the module `policy`, which is no abbreviation.
    private static final String POLICY_MATCH = "--pol";

    /// A rule's short options; those but `-f` may have their value in the same word.
    private static final Pattern SHORT = Pattern.compile("-f|-[sdiopmjgc].*");

    private Syntax() {}

    /// The name of a table.
    static String table(String name) {
        return name("table", name, TABLE_BYTES);
    }

    /// The name of a chain that is there.
    static String chain(String name) {
        return name("chain", name, CHAIN_BYTES);
    }

    /// The name of a chain to be made.
    static String newChain(String name) {
        if (VERDICTS.contains(name)) {
            throw new InvalidRequestException(
                    "a chain cannot be named '" + name + "': that is a verdict");
        }
        return chain(name);
    }

    private static String name(String what, String name, int limit) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > limit) {
            throw new InvalidRequestException(
                    "the name of a " + what + " has 1 to " + limit + " bytes: '" + name + "'");
        }
        if ("-!:*#[".indexOf(name.charAt(0)) >= 0) {
            throw new InvalidRequestException(
                    "the name of a "
                            + what
                            + " does not begin with - ! : * # or [: '"
                            + name
                            + "'");
        }
        if (name.chars().anyMatch(c -> c <= ' ' || c == 0x7f || "\"'\\".indexOf(c) >= 0)) {
            throw new InvalidRequestException(
                    "the name of a "
                            + what
                            + " has no blanks, quotes, backslashes or control characters: '"
                            + printable(name)
                            + "'");
        }
        return name;
    }

    /// A rule's options.
    static List<String> specification(List<String> words) {
        boolean isText = false;
        for (String word : words) {
            requireOneLine(word);
            if (!isText && isCommand(word)) {
                throw new InvalidRequestException(
                        "'" + printable(word) + "' is no option of a rule");
            }
            isText = RuleParser.TEXTS.contains(word);
        }
        return List.copyOf(words);
    }

    /// `getopt_long` takes several short options from one word, and a long one's first letters for
    /// all of it.
    private static boolean isCommand(String word) {
        if (word.startsWith("--")) {
            String name = word.substring(0, word.contains("=") ? word.indexOf('=') : word.length());
            return name.length() > 2
                    && !name.equals(POLICY_MATCH)
                    && COMMANDS.stream().anyMatch(command -> command.startsWith(name));
        }
        return word.startsWith("-") && word.length() > 1 && !SHORT.matcher(word).matches();
    }

    private static void requireOneLine(String word) {
        if (word.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new InvalidRequestException(
                    "'" + printable(word) + "' has a control character: no rule can hold it");
        }
        if (word.getBytes(StandardCharsets.UTF_8).length >= Words.WORD_BYTES) {
            throw new InvalidRequestException(
                    "a word of a rule has less than "
                            + Words.WORD_BYTES
                            + " bytes: '"
                            + word
                            + "'");
        }
    }

    /// A policy of a chain that the kernel made.
    static String policy(String name) {
        if (!POLICIES.contains(name)) {
            throw new InvalidRequestException(
                    "a policy is ACCEPT or DROP, not '" + printable(name) + "'");
        }
        return name;
    }

    /// A rule's place in its chain.
    static String position(int position) {
        if (position < 1) {
            throw new InvalidRequestException("rules are counted from 1, not " + position);
        }
        return Integer.toString(position);
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
