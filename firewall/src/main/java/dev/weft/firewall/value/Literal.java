package dev.weft.firewall.value;

import java.util.List;
import java.util.stream.Collectors;

/// A constant as it is written: in a ruleset's text, and in JSON, where the same constant may be a
/// string, a number or a truth value.
public sealed interface Literal {
    /// As `nft` writes it in a ruleset.
    String text();

    /// What JSON has as a string.
    ///
    /// @param value as in JSON; `text` may have quotation marks around it
    record Word(String text, String value) implements Literal {
        /// A word that is the same in both.
        static Word of(String word) {
            return new Word(word, word);
        }

        /// Text between quotation marks.
        static Word quoted(String value) {
            return new Word('"' + value + '"', value);
        }
    }

    /// What JSON has as a number; beyond 63 bits it is negative there, as `nft` has it.
    record Numeral(String text, long value) implements Literal {}

    /// What JSON has as `true` or `false`.
    record Truth(boolean value) implements Literal {
        @Override
        public String text() {
            return value ? "exists" : "missing";
        }
    }

    /// Several bits that are set, each with its name.
    ///
    /// @param parts two at least, the lowest bit first
    record Bits(List<Literal> parts) implements Literal {
        public Bits {
            parts = List.copyOf(parts);
        }

        /// Between a value and a mask the bits are listed, elsewhere or-ed.
        public String text(String between) {
            return parts.stream().map(Literal::text).collect(Collectors.joining(between));
        }

        @Override
        public String text() {
            return text(" | ");
        }
    }
}
