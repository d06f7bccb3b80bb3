/// `macvlan`, `ipvlan` and `vlan`: an interface that stands on another link, of the host or of the
/// container.
///
/// ```
///  StackedConfiguration --> Stacked --> InnerLink, in the container under its final name
///    (one of three)           |
///                             +-- link below: named, or the one of the default route
/// ```
///
/// Nothing of it is on the host but its record, so whatever becomes of the link below, it can be
/// deleted.
@NullMarked
package dev.weft.plugins.stacked;

import org.jspecify.annotations.NullMarked;
