/// Network interfaces, which the kernel calls links: reading, creating, changing, deleting, and
/// hearing of changes.
///
/// ```
///   LinkRequest --> Links --> kernel         what is asked: only what the caller named
///   Link        <-- Links <-- kernel         what is read: everything the kernel said
///
///   BridgeVlans      VLANs of bridges and ports
///   Statistics       counters of many links, without the rest
///   NamespaceIds     the numbers by which a link refers to another namespace
/// ```
///
/// A kind of link ([dev.weft.linux.link.LinkKind]) brings an attribute table for its own data, in a
/// file of its own. There are no classes per kind beyond that: the table's constants are the API,
/// for reading and for asking alike.
///
/// Sources: `include/uapi/linux/if_link.h`, `Documentation/netlink/specs/rt-link.yaml`,
/// `net/core/rtnetlink.c`.
@NullMarked
package dev.weft.linux.link;

import org.jspecify.annotations.NullMarked;
