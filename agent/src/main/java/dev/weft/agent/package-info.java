/// `weftd`: the agent of a node, and plugins as single processes.
@NullMarked
package dev.weft.agent;

import org.jspecify.annotations.NullMarked;
