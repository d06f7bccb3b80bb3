package dev.weft.firewall.expression;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Codec;
import dev.weft.linux.netlink.Codecs;

/// Where the expressions of a rule hand data to one another: sixteen words of four bytes, and one
/// register for the verdict (`enum nft_registers`).
///
/// The kernel names the same memory twice: registers 1 to 4 of sixteen bytes, and 8 to 23 of four.
/// Here a register is the word it begins at, so one place has one name; it is written as the kernel
/// itself writes it.
///
/// @param word 0 to 15, or -1 for the verdict
public record Register(int word) {
    /// Words that can be used.
    public static final int WORDS = 16;

    /// What decides about the packet.
    public static final Register VERDICT = new Register(-1);

    /// The first word.
    public static final Register FIRST = new Register(0);

    /// What the kernel's large registers hold; `nft` gives every value one of its own.
    public static final int LARGE_BYTES = 16;

    private static final int WORDS_PER_LARGE = LARGE_BYTES / Integer.BYTES;
    private static final int LARGE_COUNT = 4;
    private static final int FIRST_SMALL = 8;

    static final Codec<Register> CODEC = Codecs.BE32.as(Register::of, Register::number);

    public Register {
        if (word < -1 || word >= WORDS) {
            throw new InvalidRequestException(
                    "a rule has room for " + WORDS + " words of data at once, not " + (word + 1));
        }
    }

    private static Register of(int number) {
        if (number == 0) {
            return VERDICT;
        }
        if (number > 0 && number <= LARGE_COUNT) {
            return new Register((number - 1) * WORDS_PER_LARGE);
        }
        if (number >= FIRST_SMALL && number < FIRST_SMALL + WORDS) {
            return new Register(number - FIRST_SMALL);
        }
        throw new MalformedMessageException("no register " + number);
    }

    private int number() {
        if (word < 0) {
            return 0;
        }
        return word % WORDS_PER_LARGE == 0 ? 1 + word / WORDS_PER_LARGE : FIRST_SMALL + word;
    }

    /// The register behind data of a size that begin here.
    public Register after(int bytes) {
        return new Register(word + (bytes + 3) / Integer.BYTES);
    }

    /// As `nft --debug=netlink` writes it.
    @Override
    public String toString() {
        return "reg " + number();
    }
}
