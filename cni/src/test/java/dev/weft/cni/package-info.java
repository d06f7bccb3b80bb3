/// Tests of the protocol's types, and of plugins as programs.
@NullMarked
package dev.weft.cni;

import org.jspecify.annotations.NullMarked;
