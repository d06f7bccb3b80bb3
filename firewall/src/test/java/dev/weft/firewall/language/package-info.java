/// Tests of reading and printing without a kernel.
@NullMarked
package dev.weft.firewall.language;

import org.jspecify.annotations.NullMarked;
