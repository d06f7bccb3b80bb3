/// See the module list in ARCHITECTURE.md.
@NullMarked
package dev.weft.cli;

import org.jspecify.annotations.NullMarked;
