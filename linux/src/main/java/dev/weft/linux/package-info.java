/// See the module list in ARCHITECTURE.md.
@NullMarked
package dev.weft.linux;

import org.jspecify.annotations.NullMarked;
