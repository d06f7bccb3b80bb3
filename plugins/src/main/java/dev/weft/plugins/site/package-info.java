/// What every plugin works with: the place, the work, and the memory of what was made.
///
/// ```
///  Site ---- sockets of the caller's namespace, records, locks, the table inet weft
///   |
///   +-- Container: the container's namespace, for one request
///   +-- Work: an operation as steps, each seen by Steps
///   +-- AttachmentRecords: a file for each attachment, written before anything is made
///   +-- SharedTable, SiteIptables: what attachments share in nftables and iptables
///   +-- ReferenceTables: what the reference plugins left there
/// ```
///
/// A step of an ADD has an inverse, which runs when a later step fails; DEL and GC go on past steps
/// that fail and tell all failures in the end. Nothing here knows a plugin.
@NullMarked
package dev.weft.plugins.site;

import org.jspecify.annotations.NullMarked;
