/// Distributions as their users meet them: built, installed into a clean Debian, used, removed.
@NullMarked
package dev.weft.dist;

import org.jspecify.annotations.NullMarked;
