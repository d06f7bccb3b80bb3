/// Tests of data without a kernel.
@NullMarked
package dev.weft.firewall.value;

import org.jspecify.annotations.NullMarked;
