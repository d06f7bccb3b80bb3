/// What the shim and the agent say to each other: bytes in, values out. No socket, no thread.
///
/// ```
///   RequestHeader (16 bytes)  ->  CallRequest: plugin, environment, input   (beside it: 2 or 3 descriptors)
///   Answer: answered with exit code and outputs, or declined
/// ```
///
/// The bytes are described in `shim/README.md`. Integers are little-endian. Whatever else comes is
/// refused with [MalformedCallException], and sizes are tested before anything of that size is
/// made.
@NullMarked
package dev.weft.agent.protocol;

import org.jspecify.annotations.NullMarked;
