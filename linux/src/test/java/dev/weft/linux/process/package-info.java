/// Tests of programs that are run.
@NullMarked
package dev.weft.linux.process;

import org.jspecify.annotations.NullMarked;
