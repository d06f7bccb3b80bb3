/// The plugins that give addresses.
@NullMarked
package dev.weft.ipam;

import org.jspecify.annotations.NullMarked;
