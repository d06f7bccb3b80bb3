package dev.weft.firewall.language;

import dev.weft.firewall.expression.Register;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that has a value: a part of the packet, a constant, a set, or an operation on them.
public sealed interface Term
        permits Field,
                Term.AnonymousSet,
                Term.AnyKey,
                Term.Binary,
                Term.Concatenation,
                Term.Element,
                Term.MapLookup,
                Term.Mapping,
                Term.Name,
                Term.Prefix,
                Term.Range,
                Term.SetReference,
                Term.Unknown,
                Term.Value,
                Term.Verdict {

    /// A constant.
    ///
    /// @param type tells how it is written; with [DataType#INTEGER], `datum` is a number in network
    ///   order, however the kernel keeps it. A value of a type made of bits may have several
    ///   (`established,related`). One of a string may be shorter than the type and then stands for
    ///   all that begin with it (`"eth*"`)
    /// @param datum in the order of the type; parts of a byte are moved down to the lowest bits
    record Value(DataType type, Datum datum) implements Term {}

    /// All addresses that begin alike, `10.0.0.0/8`.
    ///
    /// @param address with zeros behind the prefix
    /// @param bits of the prefix, 0 to 128
    record Prefix(Term address, int bits) implements Term {
        public Prefix {
            if (bits < 0 || bits > Datum.MAX_BYTES * Byte.SIZE) {
                throw new InvalidRequestException("a prefix of " + bits + " bits");
            }
        }
    }

    /// Everything from one value to another, both included.
    record Range(Term from, Term to) implements Term {}

    /// Several terms behind one another, `ip saddr . tcp dport`.
    record Concatenation(List<Term> parts) implements Term {
        public Concatenation {
            parts = List.copyOf(parts);
        }
    }

    /// A set written where it is used, `{ 22, 80 }`; of [Mapping]s, a map.
    record AnonymousSet(List<Term> elements) implements Term {
        public AnonymousSet {
            elements = List.copyOf(elements);
        }
    }

    /// An element of a map.
    ///
    /// @param key a constant, or an [Element] when it has more to say
    /// @param data a constant, a [Verdict], or the [Name] of an object
    record Mapping(Term key, Term data) implements Term {}

    /// An element of a set, or the key of one of a map, that is more than its key.
    ///
    /// @param timeout how long it stays from when it was added; null for as long as the set says
    /// @param expires how long it still stays; null when it does not expire
    /// @param comment the note for people; null for none
    /// @param state what it does when it is met: counts, limits
    record Element(
            Term key,
            @Nullable Duration timeout,
            @Nullable Duration expires,
            @Nullable String comment,
            List<Statement> state)
            implements Term {
        public Element {
            state = List.copyOf(state);
        }
    }

    /// The key of an element that stands for all keys that no other has, `*`.
    record AnyKey() implements Term {}

    /// A set or map of the table, `@name`.
    record SetReference(String name) implements Term {}

    /// The name of an object of the table, `"name"`.
    record Name(String name) implements Term {}

    /// What a map has for a key, `ip saddr map @m`.
    ///
    /// @param map an [AnonymousSet] of [Mapping]s or a [SetReference]
    record MapLookup(Term key, Term map) implements Term {}

    /// An operation of bits on two terms.
    record Binary(Operation operation, Term left, Term right) implements Term {
        /// What is done with the bits.
        public enum Operation {
            AND("&"),
            OR("|"),
            XOR("^"),
            SHIFT_LEFT("<<"),
            SHIFT_RIGHT(">>");

            private final String symbol;

            Operation(String symbol) {
                this.symbol = symbol;
            }

            /// As `nft` writes it, in text and in JSON.
            @Override
            public String toString() {
                return symbol;
            }
        }
    }

    /// A fate, as data of a map.
    record Verdict(dev.weft.firewall.value.Verdict verdict) implements Term {}

    /// What a register holds that nothing readable put there.
    record Unknown(Register register) implements Term {}
}
