/// Tests of held leases, on real links.
@NullMarked
package dev.weft.ipam.dhcp.live;

import org.jspecify.annotations.NullMarked;
