package dev.weft.firewall.language;

import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.Header;
import dev.weft.firewall.expression.HeaderField;
import dev.weft.firewall.expression.HeaderFields;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.netlink.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The terms that a set was declared with, `typeof ip saddr . tcp dport`. `nft` notes them beside
/// the set: the kind of a term, and what the kind says, one record in another.
///
/// @param parts of the key or of a map's data
record Declared(List<Known> parts) {
    private static final int KIND = 0;
    private static final int CONTENT = 1;

    /// The kernel's limit of what a concatenation has (`NFT_REG32_COUNT`).
    private static final int MAX_PARTS = 16;

    private static final int CONCATENATION = 13;

    /// By `nft`'s number of the kind of a term.
    private static final Map<Integer, Function<Slice, @Nullable Known>> KINDS =
            Map.of(
                    7, Declared::payload,
                    8, Declared::option,
                    9, Declared::meta,
                    11, _ -> fingerprint(),
                    12, Declared::connection);

    /// By `nft`'s number of the header.
    private static final List<Optional<Header>> HEADERS =
            List.of(
                    Optional.empty(),
                    Optional.of(Header.AH),
                    Optional.of(Header.ESP),
                    Optional.of(Header.COMP),
                    Optional.of(Header.ICMP),
                    Optional.of(Header.IGMP),
                    Optional.of(Header.UDP),
                    Optional.of(Header.UDPLITE),
                    Optional.of(Header.TCP),
                    Optional.of(Header.DCCP),
                    Optional.of(Header.SCTP),
                    Optional.of(Header.TH),
                    Optional.of(Header.IP),
                    Optional.of(Header.IP6),
                    Optional.of(Header.ICMPV6),
                    Optional.of(Header.ARP),
                    Optional.of(Header.VLAN),
                    Optional.of(Header.ETHER));

    /// Fields by number where the numbers are not those of the table; 0 is none.
    private static final Map<Header, List<String>> ORDER =
            Map.of(
                    Header.VLAN, List.of("", "pcp", "dei", "", "id", "type"),
                    Header.IGMP, List.of("", "type", "checksum", "mrt", "group"));

    /// By number, 0 is none.
    private static final List<Optional<Payload.Base>> BASES =
            List.of(
                    Optional.empty(),
                    Optional.of(Payload.Base.LINK),
                    Optional.of(Payload.Base.NETWORK),
                    Optional.of(Payload.Base.TRANSPORT),
                    Optional.of(Payload.Base.INNER));

    Declared {
        parts = List.copyOf(parts);
    }

    /// Reads a record.
    ///
    /// @return without parts when it is absent, or says what this does not know
    static Declared of(Slice record) {
        Slice content = SetNotes.find(record, CONTENT);
        int kind = SetNotes.number(record, KIND);
        if (kind != CONCATENATION) {
            Known single = single(kind, content);
            return new Declared(single == null ? List.of() : List.of(single));
        }
        List<Known> parts = new ArrayList<>(4);
        for (int i = 0; i < MAX_PARTS; i++) {
            Slice part = SetNotes.find(content, i);
            if (part.isEmpty()) {
                break;
            }
            Known single = single(SetNotes.number(part, KIND), SetNotes.find(part, CONTENT));
            if (single == null) {
                return new Declared(List.of());
            }
            parts.add(single);
        }
        return new Declared(parts);
    }

    private static @Nullable Known single(int kind, Slice content) {
        Function<Slice, @Nullable Known> reader = KINDS.get(kind);
        return reader == null ? null : reader.apply(content);
    }

    /// How the parts are kept.
    List<Typing> typings() {
        return parts.stream().map(Known::typing).toList();
    }

    /// What is written behind `typeof`.
    Optional<Term> term() {
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(parts.getFirst().term());
            default ->
                    Optional.of(new Term.Concatenation(parts.stream().map(Known::term).toList()));
        };
    }

    private static <T> Optional<T> at(List<Optional<T>> all, int index) {
        return index < 0 || index >= all.size() ? Optional.empty() : all.get(index);
    }

    private static @Nullable Known payload(Slice content) {
        Header header = at(HEADERS, SetNotes.number(content, 0)).orElse(null);
        if (header == null) {
            return raw(content);
        }
        HeaderField field = field(header, SetNotes.number(content, 1)).orElse(null);
        return field == null ? null : known(new Field.Header(field), field.lengthBits());
    }

    private static Optional<HeaderField> field(Header header, int number) {
        List<String> order = ORDER.get(header);
        if (order != null) {
            return number > 0 && number < order.size()
                    ? HeaderFields.find(header, order.get(number))
                    : Optional.empty();
        }
        List<HeaderField> fields = HeaderFields.of(header);
        return number > 0 && number <= fields.size()
                ? Optional.of(fields.get(number - 1))
                : Optional.empty();
    }

    private static @Nullable Known raw(Slice content) {
        int offset = SetNotes.number(content, 3);
        int length = SetNotes.number(content, 4);
        return at(BASES, SetNotes.number(content, 2))
                .filter(_ -> offset >= 0 && length > 0 && length <= Datum.MAX_BYTES * Byte.SIZE)
                .map(base -> known(new Field.Raw(base, offset, length), length))
                .orElse(null);
    }

    private static Known known(Field field, int lengthBits) {
        int bytes = (lengthBits + Byte.SIZE - 1) / Byte.SIZE;
        return Known.of(field, Typing.of(field.type(), bytes));
    }

    private static @Nullable Known option(Slice content) {
        OptionFields.Noted place =
                OptionFields.noted(
                        SetNotes.number(content, 2),
                        SetNotes.number(content, 0),
                        SetNotes.number(content, 1));
        return place == null ? null : known(place.field(), place.lengthBits());
    }

    private static @Nullable Known meta(Slice content) {
        int number = SetNotes.number(content, 0);
        for (MetaKey key : MetaKey.values()) {
            if (key.number() == number) {
                return Properties.of(key);
            }
        }
        return null;
    }

    private static Known fingerprint() {
        return Known.of(
                new Field.Fingerprint("name", ""),
                Typing.of(DataType.STRING, Datum.INTERFACE_NAME_BYTES));
    }

    private static @Nullable Known connection(Slice content) {
        int number = SetNotes.number(content, 0);
        int way = SetNotes.number(content, 1);
        Ct.Direction direction =
                switch (way) {
                    case 0 -> Ct.Direction.ORIGINAL;
                    case 1 -> Ct.Direction.REPLY;
                    default -> null;
                };
        for (CtKey key : CtKey.values()) {
            if (key.number() == number) {
                return Properties.of(key, direction, null);
            }
        }
        return null;
    }
}
