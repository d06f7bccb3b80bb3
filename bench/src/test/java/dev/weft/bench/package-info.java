/// Tests that the benchmarks count right and run; none asserts a time.
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
