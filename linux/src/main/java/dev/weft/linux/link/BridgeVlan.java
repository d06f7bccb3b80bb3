package dev.weft.linux.link;

import dev.weft.linux.InvalidRequestException;

/// VLANs that a bridge or one of its ports is a member of: one, or several in a row that are
/// treated alike.
///
/// @param first 1 to 4,094
/// @param last `first` or above
/// @param pvid whether frames that come without a tag belong to it; of one VLAN at most
/// @param untagged whether its frames leave without a tag
public record BridgeVlan(int first, int last, boolean pvid, boolean untagged) {
    private static final int MAX_ID = 4094;

    public BridgeVlan {
        if (first < 1 || last < first || last > MAX_ID) {
            throw new InvalidRequestException(
                    "VLANs are numbered 1 to 4094, not " + first + " to " + last);
        }
        if (pvid && first != last) {
            throw new InvalidRequestException(
                    "frames without a tag belong to one VLAN, not to " + first + " to " + last);
        }
    }

    /// One VLAN, tagged.
    public static BridgeVlan of(int id) {
        return range(id, id);
    }

    /// Several VLANs, tagged; both ends included.
    public static BridgeVlan range(int first, int last) {
        return new BridgeVlan(first, last, false, false);
    }

    /// An access port's VLAN: frames come and leave without a tag.
    public static BridgeVlan access(int id) {
        return new BridgeVlan(id, id, true, true);
    }
}
