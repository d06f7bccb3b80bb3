/// See the module list in ARCHITECTURE.md.
@NullMarked
package dev.weft.firewall;

import org.jspecify.annotations.NullMarked;
