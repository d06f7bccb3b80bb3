/// What the tests of every module share: running a peer command, seeded properties, and the
/// conditions under which a test of the kernel can run at all.
@NullMarked
package dev.weft.testkit;

import org.jspecify.annotations.NullMarked;
