@NullMarked
package dev.weft.wire;

import org.jspecify.annotations.NullMarked;
