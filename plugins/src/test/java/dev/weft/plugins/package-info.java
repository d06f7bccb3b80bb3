/// Tests of the protocol's types, and of plugins as programs.
@NullMarked
package dev.weft.plugins;

import org.jspecify.annotations.NullMarked;
