/// Network namespaces: opening, creating, naming, and acting inside one.
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
