package dev.weft.plugins.bridge;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Fields;
import dev.weft.linux.link.BridgeVlan;
import dev.weft.linux.link.BridgeVlans;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// The VLANs of a container's port (IEEE 802.1Q).
///
/// @param access the VLAN that the container is in, 0 for none
/// @param untagged the VLAN of frames without a tag, 0 when there are no VLANs
/// @param tagged the VLANs whose frames keep their tag, in order
/// @param keepDefault whether the VLAN that the bridge gives each new port stays
public record PortVlans(int access, int untagged, List<BridgeVlan> tagged, boolean keepDefault) {
    private static final int HIGHEST = 4094;
    private static final int DEFAULT = 1;

    public PortVlans {
        tagged = List.copyOf(tagged);
    }

    static PortVlans of(Fields fields) {
        int access = fields.integer("vlan").orElse(0);
        if (access < 0 || access > HIGHEST) {
            throw invalid("invalid VLAN ID " + access + " (must be between 0 and 4094)");
        }
        BitSet trunk = new BitSet();
        fields.objects("vlanTrunk").forEach(entry -> add(entry, trunk));
        int untagged = access == 0 && !trunk.isEmpty() ? DEFAULT : access;
        trunk.clear(untagged);
        return new PortVlans(
                access, untagged, ranges(trunk), fields.flag("preserveDefaultVlan").orElse(false));
    }

    private static void add(Fields entry, BitSet trunk) {
        Optional<Integer> lowest = number(entry, "minID");
        Optional<Integer> highest = number(entry, "maxID");
        if (lowest.isPresent() != highest.isPresent()) {
            throw invalid(
                    "minID and maxID should be configured simultaneously, "
                            + (lowest.isPresent() ? "maxID" : "minID")
                            + " is missing");
        }
        if (lowest.isPresent() && highest.isPresent()) {
            if (lowest.get() > highest.get()) {
                throw invalid("minID is greater than maxID in trunk parameter");
            }
            trunk.set(lowest.get(), highest.get() + 1);
        }
        number(entry, "id").ifPresent(trunk::set);
    }

    private static Optional<Integer> number(Fields entry, String key) {
        Optional<Integer> id = entry.integer(key);
        id.filter(number -> number < 1 || number > HIGHEST)
                .ifPresent(_ -> {
                    throw invalid("incorrect trunk " + key + " parameter");
                });
        return id;
    }

    private static List<BridgeVlan> ranges(BitSet ids) {
        List<BridgeVlan> ranges = new ArrayList<>();
        int first = ids.nextSetBit(0);
        while (first >= 0) {
            int end = ids.nextClearBit(first);
            ranges.add(BridgeVlan.range(first, end - 1));
            first = ids.nextSetBit(end);
        }
        return ranges;
    }

    /// Whether the port is to differ from one of a bridge without VLANs.
    public boolean areNamed() {
        return untagged != 0;
    }

    /// Makes a port a member of these.
    ///
    /// @param given the VLAN that the bridge gives to each new port, 0 for none
    void apply(BridgeVlans vlans, int port, int given) {
        if (!areNamed()) {
            return;
        }
        if (!keepDefault && given != 0) {
            vlans.remove(port, BridgeVlan.of(given));
        }
        vlans.add(port, BridgeVlan.access(untagged));
        tagged.forEach(range -> vlans.add(port, range));
    }

    /// Whether a port is a member of all of these.
    boolean areAmong(List<BridgeVlan> actual) {
        return !areNamed()
                || (actual.contains(BridgeVlan.access(untagged))
                        && tagged.stream().allMatch(range -> isCovered(range, actual)));
    }

    private static boolean isCovered(BridgeVlan range, List<BridgeVlan> actual) {
        return actual.stream()
                .anyMatch(other ->
                        !other.untagged()
                                && other.first() <= range.first()
                                && range.last() <= other.last());
    }
}
