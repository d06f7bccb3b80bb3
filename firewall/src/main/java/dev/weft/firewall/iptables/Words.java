package dev.weft.firewall.iptables;

import dev.weft.linux.MalformedMessageException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The words of a line, as `iptables-restore` takes them apart: between blanks, or in double
/// quotes, where a backslash keeps the next character. A closing quote ends the word.
final class Words {
    /// `iptables-restore` reads lines into a buffer of this size, with the final NUL; the rest of a
    /// longer one would be a line of its own.
    static final int LINE_BYTES = 10_240;

    /// As it takes them.
    static final int MAX_WORDS = 255;

    /// A word is collected in a buffer of this size, with the final NUL.
    static final int WORD_BYTES = 1024;

    /// What no word needs quotes for.
    private static final Pattern PLAIN =
            Pattern.compile("[\\x21\\x23-\\x26\\x28-\\x5b\\x5d-\\x7e]+");

    /// What `iptables-save` writes texts of users without quotes for.
    private static final Pattern PLAIN_TEXT = Pattern.compile("[A-Za-z0-9_-]+");

    private Words() {}

    /// A word of a line.
    ///
    /// @param quoted whether it stood in quotes, and so is a value, whatever it looks like
    record Word(String text, boolean quoted) {
        /// Whether it is this very option.
        boolean is(String option) {
            return !quoted && text.equals(option);
        }

        /// Whether it begins an option.
        boolean isOption() {
            return !quoted
                    && text.length() > 1
                    && text.charAt(0) == '-'
                    && PLAIN.matcher(text).matches();
        }
    }

    static List<Word> split(String line) {
        if (line.length() >= LINE_BYTES) {
            throw new MalformedMessageException(
                    "a rule's line has " + line.length() + " characters");
        }
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (isBlank(line.charAt(at))) {
                at++;
            } else {
                at = word(line, at, words);
            }
        }
        return words;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t' || character == '\n';
    }

    /// Takes one word.
    ///
    /// @return the place behind it
    private static int word(String line, int from, List<Word> words) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            if (line.charAt(at) == '"') {
                int end = quoted(line, at + 1, text);
                words.add(new Word(text.toString(), true));
                return end;
            }
            text.append(line.charAt(at));
            at++;
        }
        words.add(new Word(text.toString(), false));
        return at;
    }

    private static int quoted(String line, int from, StringBuilder text) {
        int at = from;
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\' && at + 1 < line.length()) {
                at++;
            }
            text.append(line.charAt(at));
            at++;
        }
        if (at == line.length()) {
            throw new MalformedMessageException("a quote is not closed: " + line);
        }
        return at + 1;
    }

    /// A word for a line, in quotes where it needs them.
    static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : quotes(word);
    }

    /// A value: one that looks like an option, or negation, needs quotes too.
    static String quoteValue(String value) {
        return value.startsWith("-") || value.equals("!") ? quotes(value) : quote(value);
    }

    /// A text of a user, as `iptables-save` writes it.
    static String quoteText(String text) {
        return PLAIN_TEXT.matcher(text).matches() ? text : quotes(text);
    }

    private static String quotes(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        word.chars()
                .forEach(character -> {
                    if (character == '"' || character == '\\' || character == '\'') {
                        quoted.append('\\');
                    }
                    quoted.append((char) character);
                });
        return quoted.append('"').toString();
    }
}
