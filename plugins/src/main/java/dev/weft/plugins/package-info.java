/// The CNI plugins.
@NullMarked
package dev.weft.plugins;

import org.jspecify.annotations.NullMarked;
