package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainAttributes;
import dev.weft.firewall.ChainAttributes.HookAttributes;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectAttributes;
import dev.weft.firewall.ObjectData;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.SetAttributes.DescriptionAttributes;
import dev.weft.firewall.SetAttributes.PartAttributes;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableAttributes;
import dev.weft.firewall.TableFlag;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an object was declared as, whatever the kernel added and however it was written: an
/// attribute that is absent and one that says the kernel's own choice are the same.
///
/// @param parts in an order that the kind of object gives a meaning
/// @param timeoutMillis of a set's elements; 0 for none
record Declaration(List<Object> parts, long timeoutMillis) {
    /// The kernel counts in ticks, of ten milliseconds at most, and shows what that makes of a
    /// time.
    private static final long TICK_MILLIS = 10;

    /// `NFT_CHAIN_BASE`, which only the kernel says.
    private static final int BASE = 1;

    static Declaration of(FirewallObject object) {
        return switch (object) {
            case Table table -> new Declaration(parts(table.attributes()), 0);
            case Chain chain -> new Declaration(parts(chain), 0);
            case NftSet set -> of(set);
            case NftObject named -> new Declaration(parts(named), 0);
            case Flowtable flowtable -> new Declaration(parts(flowtable), 0);
        };
    }

    boolean isSameAs(Declaration other) {
        return parts.equals(other.parts) && isSameTime(timeoutMillis, other.timeoutMillis);
    }

    static boolean isSameTime(long oneMillis, long otherMillis) {
        return Math.abs(oneMillis - otherMillis) < TICK_MILLIS;
    }

    /// All but whether it is dormant, which can be changed.
    private static List<Object> parts(Attributes table) {
        return List.of(
                table.orElse(TableAttributes.FLAGS, 0) & ~TableFlag.DORMANT.bit(),
                table.orElse(TableAttributes.USER_DATA, Slice.EMPTY));
    }

    /// All but the policy, which can be changed.
    private static List<Object> parts(Chain chain) {
        Optional<Attributes> hook = chain.attributes().find(ChainAttributes.HOOK);
        return List.of(
                hook.flatMap(place -> place.find(HookAttributes.NUMBER)),
                chain.priority(),
                Set.copyOf(chain.devices()),
                chain.type().isEmpty() && hook.isPresent()
                        ? ChainType.FILTER.toString()
                        : chain.type(),
                chain.flags() & ~BASE,
                chain.attributes().orElse(ChainAttributes.USER_DATA, Slice.EMPTY));
    }

    private static Declaration of(NftSet set) {
        Attributes attributes = set.attributes();
        List<Object> parts =
                List.of(
                        set.flags(),
                        attributes.orElse(SetAttributes.KEY_TYPE, 0),
                        attributes.orElse(SetAttributes.KEY_BYTES, 0),
                        attributes.orElse(SetAttributes.DATA_TYPE, 0),
                        set.hasVerdicts() ? 0 : attributes.orElse(SetAttributes.DATA_BYTES, 0),
                        attributes.orElse(SetAttributes.OBJECT_TYPE, 0),
                        attributes.orElse(SetAttributes.POLICY, 0),
                        set.size(),
                        keyParts(attributes),
                        attributes.orElse(SetAttributes.SWEEP_INTERVAL, 0),
                        attributes.orElse(SetAttributes.USER_DATA, Slice.EMPTY),
                        Stateless.all(set.expressions()));
        return new Declaration(parts, attributes.orElse(SetAttributes.TIMEOUT, 0L));
    }

    private static List<Integer> keyParts(Attributes set) {
        return set
                .find(SetAttributes.DESCRIPTION)
                .flatMap(description -> description.find(DescriptionAttributes.CONCATENATION))
                .orElse(List.of())
                .stream()
                .map(part -> part.orElse(PartAttributes.BYTES, 0))
                .toList();
    }

    private static List<Object> parts(NftObject object) {
        return List.of(
                object.data()
                        .<Object>map(data ->
                                data instanceof ObjectData.State state
                                        ? Stateless.of(state.expression())
                                        : data)
                        .orElseGet(() -> object.attributes().find(ObjectAttributes.DATA)),
                object.attributes().orElse(ObjectAttributes.USER_DATA, Slice.EMPTY));
    }

    private static List<Object> parts(Flowtable flowtable) {
        return List.of(flowtable.priority(), Set.copyOf(flowtable.devices()), flowtable.flags());
    }
}
