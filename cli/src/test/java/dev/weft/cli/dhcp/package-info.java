/// Tests of `weft dhcp`.
@NullMarked
package dev.weft.cli.dhcp;

import org.jspecify.annotations.NullMarked;
