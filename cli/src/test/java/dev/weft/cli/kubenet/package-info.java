/// Tests of `weft kubenet`.
@NullMarked
package dev.weft.cli.kubenet;

import org.jspecify.annotations.NullMarked;
