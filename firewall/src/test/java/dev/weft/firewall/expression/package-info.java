/// Tests of expressions without a kernel.
@NullMarked
package dev.weft.firewall.expression;

import org.jspecify.annotations.NullMarked;
