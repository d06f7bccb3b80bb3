package dev.weft.firewall;

import dev.weft.firewall.value.Data;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import java.time.Duration;
import java.util.Optional;

/// An element of a set or map.
///
/// @param attributes of [ElementAttributes]
public record Element(Attributes attributes) {

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

    /// This element, to vanish by itself.
    ///
    /// @param limit from when it is added; precise to milliseconds
    public Element timeout(Duration limit) {
        return new Element(
                attributes.and(writer -> writer.put(ElementAttributes.TIMEOUT, limit.toMillis())));
    }

    /// This element with a note for people.
    public Element comment(String text) {
        return new Element(
                attributes.and(writer ->
                        writer.put(
                                ElementAttributes.USER_DATA,
                                UserData.comment(UserData.COMMENT, text))));
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
                Attributes.build(
                        ElementAttributes.TABLE,
                        writer -> {
                            attributes
                                    .find(ElementAttributes.KEY)
                                    .ifPresent(key -> writer.put(ElementAttributes.KEY, key));
                            attributes
                                    .find(ElementAttributes.FLAGS)
                                    .ifPresent(bits -> writer.put(ElementAttributes.FLAGS, bits));
                            attributes
                                    .find(ElementAttributes.KEY_END)
                                    .ifPresent(end -> writer.put(ElementAttributes.KEY_END, end));
                        }));
    }
}
