package dev.weft.firewall;

import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An element of a set or map.
///
/// @param attributes of [ElementAttributes]
public record Element(Attributes attributes) {
    /// `NFT_SET_ELEM_INTERVAL_END`.
    private static final int END = 1;

    /// `NFT_SET_ELEM_CATCHALL`.
    private static final int OTHERS = 2;

    /// What `nft` notes with an interval up to the greatest key.
    private static final int OPEN = 1;

    private static final Comparator<Element> BY_KEY =
            Comparator.<Element, Slice>comparing(
                            element -> element.key().map(Datum::bytes).orElse(Slice.EMPTY),
                            Element::compare)
                    .thenComparing(Element::endsInterval, Comparator.reverseOrder());

    /// A key of a set; also enough to name an element of a map that is to be deleted.
    public static Element of(Datum key) {
        return new Element(
                Attributes.build(
                        ElementAttributes.TABLE,
                        writer -> writer.put(ElementAttributes.KEY, key.encode())));
    }

    /// A key of a map, and what it leads to.
    ///
    /// @param data bytes or a verdict, as the map was declared
    public static Element of(Datum key, Data data) {
        return new Element(
                Attributes.build(
                        ElementAttributes.TABLE,
                        writer ->
                                writer.put(ElementAttributes.KEY, key.encode())
                                        .put(ElementAttributes.DATA, data.encode())));
    }

    /// A key of a map of objects, and the object.
    public static Element of(Datum key, NftObject object) {
        return new Element(
                Attributes.build(
                        ElementAttributes.TABLE,
                        writer ->
                                writer.put(ElementAttributes.KEY, key.encode())
                                        .put(ElementAttributes.OBJECT, object.name())));
    }

    /// What a set has for every key that no other element has (since Linux 5.13).
    public static Element others() {
        return new Element(flagged(OTHERS));
    }

    /// What a map has for every key that no other element has (since Linux 5.13).
    public static Element others(Data data) {
        return new Element(
                flagged(OTHERS).and(writer -> writer.put(ElementAttributes.DATA, data.encode())));
    }

    private static Attributes flagged(int flags) {
        return Attributes.build(
                ElementAttributes.TABLE, writer -> writer.put(ElementAttributes.FLAGS, flags));
    }

    /// All addresses of a prefix, for a set of intervals.
    public static List<Element> prefix(IpPrefix prefix) {
        byte[] first = prefix.address().getAddress();
        byte[] last = first.clone();
        for (int bit = prefix.length(); bit < first.length * Byte.SIZE; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            first[bit / Byte.SIZE] &= (byte) ~mask;
            last[bit / Byte.SIZE] |= (byte) mask;
        }
        return of(Datum.of(first)).through(Datum.of(last));
    }

    /// All keys from this element's up to another, for a set of intervals whose key is of one type.
    /// The kernel has two elements for it, of which the second is the first key outside; up to the
    /// greatest key there is none outside, and only one element.
    ///
    /// @param last inside the interval, as long as the key, in network order
    public List<Element> through(Datum last) {
        Datum first = key().orElseThrow(() -> new InvalidRequestException("no key, no interval"));
        if (first.bytes().length() != last.bytes().length()
                || compare(first.bytes(), last.bytes()) > 0) {
            throw new InvalidRequestException("no interval leads from " + first + " to " + last);
        }
        return after(last)
                .map(outside ->
                        List.of(
                                this,
                                new Element(
                                        flagged(END)
                                                .and(writer ->
                                                        writer.put(
                                                                ElementAttributes.KEY,
                                                                outside.encode())))))
                .orElseGet(() -> List.of(note(UserData.number(UserData.ELEMENT_FLAGS, OPEN))));
    }

    private static Optional<Datum> after(Datum last) {
        byte[] bytes = last.bytes().bytes();
        for (int i = bytes.length - 1; i >= 0; i--) {
            bytes[i]++;
            if (bytes[i] != 0) {
                return Optional.of(Datum.of(bytes));
            }
        }
        return Optional.empty();
    }

    /// All concatenations of which each part is between this key's and another's, for a set of
    /// intervals whose key has several parts.
    ///
    /// @param end with the last of each part; the same part again where it is one
    public Element to(Datum end) {
        return new Element(
                attributes.and(writer -> writer.put(ElementAttributes.KEY_END, end.encode())));
    }

    /// This element with expressions of its own that are carried out when it is met: a counter, a
    /// quota, a limit, for a set that was declared with the same ones.
    public Element with(Expression... states) {
        return new Element(
                attributes.and(writer ->
                        StatefulExpressions.put(
                                writer,
                                ElementAttributes.EXPRESSION,
                                ElementAttributes.EXPRESSIONS,
                                List.of(states))));
    }

    /// This element, to vanish by itself.
    ///
    /// @param limit from when it is added; precise to milliseconds
    public Element timeout(Duration limit) {
        return new Element(
                attributes.and(writer -> writer.put(ElementAttributes.TIMEOUT, limit.toMillis())));
    }

    /// This element with a note for people.
    public Element comment(String text) {
        return note(UserData.comment(UserData.COMMENT, text));
    }

    private Element note(Slice record) {
        Slice before = attributes.orElse(ElementAttributes.USER_DATA, Slice.EMPTY);
        return new Element(
                attributes
                        .without(ElementAttributes.USER_DATA)
                        .and(writer ->
                                writer.put(
                                        ElementAttributes.USER_DATA,
                                        UserData.concat(before, record))));
    }

    /// The key; nothing for the element that stands for all others.
    ///
    /// @throws MalformedMessageException when it is none
    public Optional<Datum> key() {
        return attributes.find(ElementAttributes.KEY).map(Element::datum);
    }

    private static Datum datum(Attributes data) {
        if (Data.decode(data) instanceof Datum datum) {
            return datum;
        }
        throw new MalformedMessageException("an element's key is a verdict");
    }

    /// The last key of a concatenation's intervals, itself inside.
    ///
    /// @throws MalformedMessageException when it is none
    public Optional<Datum> keyEnd() {
        return attributes.find(ElementAttributes.KEY_END).map(Element::datum);
    }

    /// Whether its key is the first outside of the interval before it.
    public boolean endsInterval() {
        return (flags() & END) != 0;
    }

    /// Whether it stands for every key that no other element has.
    public boolean isOthers() {
        return (flags() & OTHERS) != 0;
    }

    private int flags() {
        return attributes.orElse(ElementAttributes.FLAGS, 0);
    }

    /// The name of the object that it leads to, in a map of objects.
    public Optional<String> object() {
        return attributes.find(ElementAttributes.OBJECT);
    }

    /// What is carried out when it is met.
    ///
    /// @throws MalformedMessageException when an expression has no name
    public List<Expression> expressions() {
        return StatefulExpressions.of(
                attributes, ElementAttributes.EXPRESSION, ElementAttributes.EXPRESSIONS);
    }

    /// How long it stays from when it was added, where that is not the set's own limit.
    public Optional<Duration> timeout() {
        return attributes.find(ElementAttributes.TIMEOUT).map(Duration::ofMillis);
    }

    /// What it leads to, in a map.
    ///
    /// @throws MalformedMessageException when it is neither bytes nor a verdict
    public Optional<Data> data() {
        return attributes.find(ElementAttributes.DATA).map(Data::decode);
    }

    /// How long it still stays.
    public Optional<Duration> expiration() {
        return attributes.find(ElementAttributes.EXPIRATION).map(Duration::ofMillis);
    }

    /// The note for people.
    public Optional<String> comment() {
        return attributes
                .find(ElementAttributes.USER_DATA)
                .flatMap(data -> UserData.text(data, UserData.COMMENT));
    }

    /// The key by which a delete names it.
    Element identity() {
        return new Element(
                attributes.only(
                        List.of(
                                ElementAttributes.KEY,
                                ElementAttributes.FLAGS,
                                ElementAttributes.KEY_END)));
    }

    /// Elements in the order in which a set takes them: intervals from the lowest one on, each
    /// ended before the next begins. The kernel shows them the other way round.
    static List<Element> inOrder(NftSet set, List<Element> elements) {
        Set<SetFlag> flags = set.flags();
        return flags.contains(SetFlag.INTERVAL) && !flags.contains(SetFlag.CONCATENATION)
                ? elements.stream().sorted(BY_KEY).map(Element::timedAtItsBeginning).toList()
                : elements;
    }

    /// The end of an interval leaves with its beginning. The kernel shows a time for it all the
    /// same and refuses to be told one (`nft_add_set_elem` in `nf_tables_api.c`).
    private Element timedAtItsBeginning() {
        return endsInterval()
                ? new Element(
                        attributes.without(ElementAttributes.TIMEOUT, ElementAttributes.EXPIRATION))
                : this;
    }

    private static int compare(Slice one, Slice other) {
        return Arrays.compareUnsigned(one.bytes(), other.bytes());
    }
}
