package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An action of a filter as the kernel described it.
///
/// @param place its place among the filter's actions, from 1
/// @param attributes of [ActionAttributes]
public record Action(int place, Attributes attributes) {

    /// The actions in a filter's list, in order.
    static List<Action> list(Attributes list) {
        List<Action> actions = new ArrayList<>();
        list.forEach((place, payload) ->
                actions.add(new Action(place, Attributes.decode(ActionAttributes.TABLE, payload))));
        return List.copyOf(actions);
    }

    /// The kernel's name of its kind.
    public String kindName() {
        return attributes.orElse(ActionAttributes.KIND, "");
    }

    /// A value of its kind's own options; nothing when the attribute is of another kind.
    public <T> Optional<T> option(Attribute<T> attribute) {
        return attributes
                .nested(ActionAttributes.OPTIONS)
                .filter(options -> options.table().all().contains(attribute))
                .flatMap(options -> options.find(attribute));
    }

    /// What went through it.
    public Optional<TrafficStatistics> statistics() {
        return attributes.find(ActionAttributes.STATISTICS).map(TrafficStatistics::of);
    }
}
