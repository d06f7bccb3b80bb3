/// Tests of the plugins that give addresses, on directories of their own and beside the reference
/// implementation.
@NullMarked
package dev.weft.ipam;

import org.jspecify.annotations.NullMarked;
