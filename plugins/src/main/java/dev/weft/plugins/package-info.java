/// The CNI plugins that make interfaces or change them, and those that delegate.
///
/// A `Site` is where plugins work: the namespace of whoever calls them. A [PluginSet] has all
/// plugins of a site, those of `dev.weft.ipam` too. Whoever serves a call gives a plugin to
/// `dev.weft.cni.PluginSkeleton`:
///
/// ```
///  Request --> Plugin (of a PluginSet)
///                 |
///                 +-- configuration: read and checked whole
///                 +-- record of the attachment: what may be there from now on
///                 +-- Work: steps --> kernel, each with its inverse
///                 +-- addresses: host-local, static or dhcp here, or another program
///                 |
///  Result <-------+
/// ```
///
/// DEL goes the way back from the record, past failures, and removes the record last; GC does the
/// same for every record of the network that is not valid any more. `Steps` sees each step begin
/// and end.
///
/// Packages, each depending on those below it:
///
/// ```
///  PluginSet
///    |
///    |                                flannel
///    |                                   |
///  stacked, device, chained            bridge, filter
///    |                                   |
///    |                                  nat
///    |                                   |
///    +---------------- link -------------+    what interfaces have in common
///                       |
///                     site                    where, how, and what is remembered
/// ```
@NullMarked
package dev.weft.plugins;

import org.jspecify.annotations.NullMarked;
