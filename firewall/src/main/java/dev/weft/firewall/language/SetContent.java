package dev.weft.firewall.language;

import dev.weft.firewall.Element;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.value.DataType;
import java.util.List;

/// A set or map with its elements, as reading needs it: what its flags say, and how its keys and
/// data are kept.
final class SetContent {
    private final String name;
    private final int flags;
    private final List<Element> elements;
    private final int objectType;
    private final long size;
    private final Layout key;
    private final Layout data;

    private SetContent(NftSet set, List<Element> elements) {
        this.name = set.name();
        this.flags = set.attributes().orElse(SetAttributes.FLAGS, 0);
        this.elements = List.copyOf(elements);
        this.objectType = set.attributes().orElse(SetAttributes.OBJECT_TYPE, 0);
        this.size = set.size().map(Integer::toUnsignedLong).orElse(0L);
        SetNotes notes = SetNotes.of(set);
        boolean turned = has(SetFlag.INTERVAL) && has(SetFlag.CONCATENATION);
        this.key =
                Layout.of(
                        set.attributes().orElse(SetAttributes.KEY_TYPE, 0),
                        set.attributes().orElse(SetAttributes.KEY_BYTES, 0),
                        notes.keyOrder(),
                        notes.keyTypes(),
                        turned);
        this.data =
                Layout.of(
                        set.attributes().orElse(SetAttributes.DATA_TYPE, 0),
                        set.attributes().orElse(SetAttributes.DATA_BYTES, 0),
                        notes.dataOrder(),
                        notes.dataTypes(),
                        false);
    }

    static SetContent of(NftSet set, List<Element> elements) {
        return new SetContent(set, elements);
    }

    String name() {
        return name;
    }

    boolean has(SetFlag flag) {
        return (flags & flag.bit()) != 0;
    }

    /// Whether it is written where it is used.
    boolean isAnonymous() {
        return has(SetFlag.ANONYMOUS);
    }

    /// Whether ranges are kept as two elements, their start and what follows their end.
    boolean hasBounds() {
        return has(SetFlag.INTERVAL) && !has(SetFlag.CONCATENATION);
    }

    List<Element> elements() {
        return elements;
    }

    Layout key() {
        return key;
    }

    Layout data() {
        return data;
    }

    /// How many elements it may have; 0 when that was not said.
    long size() {
        return size;
    }

    /// `NFT_OBJECT_*` of the objects that a map leads to.
    int objectType() {
        return objectType;
    }

    /// The type of what a map leads to, when it is one.
    DataType dataType() {
        return data.parts().isEmpty() ? DataType.INTEGER : data.parts().getFirst().type();
    }
}
