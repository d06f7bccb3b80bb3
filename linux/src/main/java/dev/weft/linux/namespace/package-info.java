/// Network namespaces: opening, creating, naming, and acting inside one.
///
/// ```
///   NamedNamespaces  /run/netns/blue --+
///   a path, a process, a descriptor ---+--> NetworkNamespace (held open) --> NamespaceId
///   a new one without a name ----------+        |
///                                               +-- open   one short action inside, there and back
///                                               |          (netlink, packet and NamespaceSockets)
///                                               +-- call   code on a thread of its own
///                                               +-- sysctls
///   PrivateNamespaces  the whole program again, as root of namespaces of its own
/// ```
///
/// A namespace is a parameter of every kernel call. Sockets stay in the namespace they were opened
/// in, so entering one is needed only to open a socket or to read `/proc`:
/// [dev.weft.linux.namespace.NetworkNamespace#open] does that on a platform thread, there and back,
/// around one short action; [dev.weft.linux.namespace.NetworkNamespace#call] runs longer code on a
/// thread that is never used again. A virtual thread never enters a namespace, as its carrier would
/// stay there.
@NullMarked
package dev.weft.linux.namespace;

import org.jspecify.annotations.NullMarked;
