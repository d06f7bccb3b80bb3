/// Tests of the runtime side, with plugins that are shell scripts.
@NullMarked
package dev.weft.cni.runtime;

import org.jspecify.annotations.NullMarked;
