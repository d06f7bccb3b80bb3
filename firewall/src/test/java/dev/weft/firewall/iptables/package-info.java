/// Tests of the command `iptables`.
@NullMarked
package dev.weft.firewall.iptables;

import org.jspecify.annotations.NullMarked;
