package dev.weft.firewall;

import dev.weft.firewall.value.Family;
import dev.weft.linux.netlink.Attributes;

/// What has a name in the ruleset.
public sealed interface FirewallObject permits Table, Chain, NftSet, NftObject, Flowtable {
    Family family();

    String name();

    /// All that is known or wanted of it.
    Attributes attributes();

    /// Which messages are about it.
    Kind kind();

    /// As it would be made anew, without what the kernel added.
    FirewallObject wanted();

    /// As much as is needed to name it.
    Attributes identity();
}
