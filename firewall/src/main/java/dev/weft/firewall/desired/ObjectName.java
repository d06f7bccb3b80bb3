package dev.weft.firewall.desired;

import dev.weft.firewall.FirewallObject;
import dev.weft.firewall.Kind;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.ObjectAttributes;

/// Which object of a table it is.
///
/// @param type `NFT_OBJECT_*` of counters, quotas and the like, whose names are unique by type; 0
///   of all else
record ObjectName(Kind kind, int type, String name) {
    static ObjectName of(FirewallObject object) {
        int type =
                object instanceof NftObject named
                        ? named.attributes().orElse(ObjectAttributes.TYPE, 0)
                        : 0;
        return new ObjectName(object.kind(), type, object.name());
    }

    static ObjectName set(String name) {
        return new ObjectName(Kind.SET, 0, name);
    }

    static ObjectName chain(String name) {
        return new ObjectName(Kind.CHAIN, 0, name);
    }
}
