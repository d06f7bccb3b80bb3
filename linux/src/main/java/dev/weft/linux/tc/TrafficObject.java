package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.util.Optional;

/// What disciplines, classes and filters have in common as the kernel describes them: what has no
/// accessor is in [#attributes].
public sealed interface TrafficObject permits Qdisc, TrafficClass, Filter {
    /// The index of its link.
    int linkIndex();

    /// Its name: unique on the link, or, of a filter, under its parent and priority.
    Handle handle();

    /// What it hangs on.
    Handle parent();

    /// Everything else, of [TrafficAttributes].
    Attributes attributes();

    /// The kernel's name of its kind.
    default String kindName() {
        return attributes().orElse(TrafficAttributes.KIND, "");
    }

    /// Its kind, if Weft knows it.
    default Optional<TrafficKind> kind() {
        return TrafficKind.find(kindName());
    }

    /// A value of its kind's own options; nothing when the attribute is of another kind.
    default <T> Optional<T> option(Attribute<T> attribute) {
        return attributes()
                .nested(TrafficAttributes.OPTIONS)
                .filter(options -> options.table().all().contains(attribute))
                .flatMap(options -> options.find(attribute));
    }

    /// What went through it.
    default Optional<TrafficStatistics> statistics() {
        return attributes().find(TrafficAttributes.STATISTICS).map(TrafficStatistics::of);
    }
}
