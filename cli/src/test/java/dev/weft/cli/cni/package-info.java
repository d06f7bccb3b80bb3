/// Tests of the shim and of its installation. The agent is one that answers what a test wants.
@NullMarked
package dev.weft.cli.cni;

import org.jspecify.annotations.NullMarked;
