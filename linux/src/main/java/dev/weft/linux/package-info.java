/// Linux from Java: what every other package of the module shares, and its errors.
///
/// ```
///    link      route      tc       packet      unix   objects and sockets
///      \         |       /           |          |
///           netlink                  |        file   engine: attributes, requests, dumps, events
///                 \                  |          |
///                     namespace                 |   where a call acts
///                         |                     |
///                        sys                        the only native access (not exported)
/// ```
///
/// Data takes one way in both directions. A request is a fixed header and
/// [dev.weft.linux.netlink.Attributes], built from an attribute table; a
/// [dev.weft.linux.netlink.NetlinkSocket] of some [dev.weft.linux.namespace.NetworkNamespace] sends
/// it and matches the answers; each answer's attributes are checked once for structure and decoded
/// when asked for. Unknown attributes stay in the bytes. Whatever fails is a
/// [dev.weft.linux.LinuxException].
@NullMarked
package dev.weft.linux;

import org.jspecify.annotations.NullMarked;
