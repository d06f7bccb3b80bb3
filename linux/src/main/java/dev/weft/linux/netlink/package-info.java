/// The netlink engine: attributes by table, requests with answers, dumps, subscriptions.
///
/// ```
///  values --AttributeWriter--> Attributes --NetlinkRequest--> NetlinkSocket --> kernel
///  values <----Attribute.codec---- Attributes <--NetlinkMessage-- NetlinkSocket <--
///                                                 Subscription (multicast groups)
/// ```
///
/// An [dev.weft.linux.netlink.AttributeTable] lists the attributes of one nested space; it drives
/// decoding, encoding, printing, and the names in the kernel's extended acknowledgements. Families
/// (rtnetlink here, nfnetlink in the firewall module) bring tables and headers, nothing else.
///
/// Sources: `include/uapi/linux/netlink.h`, `Documentation/userspace-api/netlink/intro.rst`, RFC
/// 3549.
@NullMarked
package dev.weft.linux.netlink;

import org.jspecify.annotations.NullMarked;
