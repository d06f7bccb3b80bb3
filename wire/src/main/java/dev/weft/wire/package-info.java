/// See the module list in ARCHITECTURE.md.
@NullMarked
package dev.weft.wire;

import org.jspecify.annotations.NullMarked;
