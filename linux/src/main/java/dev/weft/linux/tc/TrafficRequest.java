package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.function.Consumer;

/// What is asked of a discipline, class or filter: only what was named is set; the kernel chooses
/// or keeps the rest. Immutable, each method answers a new request.
///
/// @param <R> the request itself
public abstract sealed class TrafficRequest<R extends TrafficRequest<R>>
        permits QdiscRequest, ClassRequest, FilterRequest {
    private final TrafficHeader header;
    private final Attributes attributes;

    TrafficRequest(TrafficHeader header, Attributes attributes) {
        this.header = header;
        this.attributes = attributes;
    }

    abstract R with(TrafficHeader newHeader, Attributes newAttributes);

    /// What it hangs on.
    public R parent(Handle parent) {
        return with(header.parent(parent), attributes);
    }

    /// Its name.
    public R handle(Handle handle) {
        return with(header.handle(handle), attributes);
    }

    /// Any attribute of [TrafficAttributes].
    public <T> R set(Attribute<T> attribute, T value) {
        return with(header, attributes.and(writer -> writer.put(attribute, value)));
    }

    /// The options of its kind; those given before are replaced.
    public R options(Consumer<AttributeWriter> options) {
        return with(
                header, attributes.and(writer -> writer.nest(TrafficAttributes.OPTIONS, options)));
    }

    TrafficHeader header() {
        return header;
    }

    Attributes attributes() {
        return attributes;
    }

    /// What is asked, for messages: kind, name, place.
    @Override
    public String toString() {
        String kind = attributes.find(TrafficAttributes.KIND).map(name -> name + " ").orElse("");
        String name = header.handle().equals(Handle.NONE) ? "" : header.handle() + " ";
        return kind + name + "under " + header.parent() + " of link " + header.linkIndex();
    }
}
