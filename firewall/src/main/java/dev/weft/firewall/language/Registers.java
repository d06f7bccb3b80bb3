package dev.weft.firewall.language;

import dev.weft.firewall.expression.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The registers while a rule is read.
///
/// Every statement loads what it needs anew, so the first load after a statement begins with empty
/// registers: leftovers are not taken for parts of a concatenation.
final class Registers {
    private final @Nullable Content[] words = new @Nullable Content[Register.WORDS];
    private boolean used;

    void load(Register destination, Content content) {
        if (used) {
            Arrays.fill(words, null);
            used = false;
        }
        replace(destination, content);
    }

    void replace(Register destination, Content content) {
        if (destination.word() >= 0) {
            words[destination.word()] = content;
        }
    }

    /// What is made of others: a key that was looked up or hashed is gone, and no statement has
    /// ended.
    void compute(Register first, int bytes, Register destination, Content content) {
        for (int word = Math.max(first.word(), 0);
                word < Math.min(words.length, first.word() + wordsOf(bytes));
                word++) {
            words[word] = null;
        }
        used = false;
        replace(destination, content);
    }

    @Nullable Content at(Register register) {
        return register.word() < 0 ? null : words[register.word()];
    }

    /// What a statement uses that ends here.
    @Nullable Content use(Register register) {
        used = true;
        return at(register);
    }

    /// What stands one behind another from a register on.
    ///
    /// @param bytes how long all of it is; 0 for as far as there is something
    List<Content> key(Register first, int bytes) {
        List<Content> parts = new ArrayList<>(4);
        int end = bytes == 0 ? words.length : Math.min(words.length, first.word() + wordsOf(bytes));
        int word = Math.max(first.word(), 0);
        while (word < end) {
            Content part = words[word];
            if (part == null) {
                break;
            }
            parts.add(part);
            word += Math.max(1, wordsOf(part.bytes()));
        }
        used = true;
        return parts;
    }

    static int wordsOf(int bytes) {
        return (bytes + Integer.BYTES - 1) / Integer.BYTES;
    }
}
