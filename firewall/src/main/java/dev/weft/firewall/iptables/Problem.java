package dev.weft.firewall.iptables;

import java.util.Arrays;
import java.util.regex.Pattern;

/// What a refusal of `iptables` means. The program has few exit statuses, so the words decide; they
/// have been the same since 1.4.
public enum Problem {
    /// No such rule in the chain, or no such chain: `-C` and `-D` do not tell which.
    RULE_MISSING("Bad rule \\(does a matching rule exist in that chain\\?\\)"),
    /// The chain has fewer rules.
    POSITION_MISSING("Index of .* too big"),
    /// No such chain; the nft variant says incompatible for one that it does not have.
    CHAIN_MISSING(
            "No chain/target/match by that name|chain [`'].*' in table [`'].*' is incompatible"),
    /// Such a chain is there.
    CHAIN_EXISTS("Chain already exists|File exists"),
    /// The chain has rules, or is a target of some.
    CHAIN_IN_USE("Too many links|Directory not empty|CHAIN_(USER_)?DEL failed \\(.*busy\\)"),
    /// No such table, or not in this kernel.
    TABLE_MISSING(
            "[Tt]able [`'].*' does not exist|Table does not exist|unable to initialize table|table name '.*' invalid"),
    /// The table holds what only `nft` can show.
    INCOMPATIBLE("[Tt]able [`'].*' is incompatible"),
    /// No such match module.
    MATCH_UNKNOWN("Couldn't (load|find) match"),
    /// No such target module, nor a chain of that name.
    TARGET_UNKNOWN("Couldn't (load|find) target|Chain '.*' does not exist"),
    /// Another program kept the tables locked for longer than was to be waited.
    LOCK_HELD("holding the xtables lock"),
    /// The caller may not.
    NOT_PERMITTED("Permission denied|Operation not permitted|you must be root"),
    /// The command or its values make no sense to the program.
    BAD_ARGUMENT(
            "unknown option|Bad argument|invalid|Bad policy name|Bad built-in chain name|not found|Bad IP|not allowed|Invalid argument"),
    /// Something else.
    OTHER("");

    private final Pattern words;

    Problem(String words) {
        this.words = Pattern.compile(words);
    }

    /// What a program meant by its complaints.
    public static Problem of(String errors) {
        return Arrays.stream(values())
                .filter(problem -> problem.words.matcher(errors).find())
                .findFirst()
                .orElse(OTHER);
    }

    /// Whether it is the lack of what was to be read, changed or deleted.
    public boolean isNotExist() {
        return switch (this) {
            case RULE_MISSING, POSITION_MISSING, CHAIN_MISSING, TABLE_MISSING -> true;
            case CHAIN_EXISTS,
                    CHAIN_IN_USE,
                    INCOMPATIBLE,
                    MATCH_UNKNOWN,
                    TARGET_UNKNOWN,
                    LOCK_HELD,
                    NOT_PERMITTED,
                    BAD_ARGUMENT,
                    OTHER ->
                    false;
        };
    }

    /// What helps, or nothing.
    String advice() {
        return switch (this) {
            case INCOMPATIBLE -> "; something else than iptables made it: see nft list ruleset";
            case LOCK_HELD -> "; wait longer, or end the other program";
            case NOT_PERMITTED -> "; run as root";
            case CHAIN_IN_USE -> "; delete the rules in it and those that jump to it first";
            case RULE_MISSING,
                    POSITION_MISSING,
                    CHAIN_MISSING,
                    CHAIN_EXISTS,
                    TABLE_MISSING,
                    MATCH_UNKNOWN,
                    TARGET_UNKNOWN,
                    BAD_ARGUMENT,
                    OTHER ->
                    "";
        };
    }
}
