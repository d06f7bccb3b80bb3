/// Programs that are interfaces themselves, run to their end: `iptables`, a CNI plugin.
///
/// ```
///   Program (arguments, environment, input, limits)
///      | run, in a NetworkNamespace
///      v                   input  ----->
///   Conversation  <-------- output, errors ------  process  [nsenter --net=...] program
///      | one thread, one poll over the three pipes and the process
///      v
///   Result (status, output, errors)      or a ProgramException
/// ```
///
/// No shell is involved. What a program may use is bounded: time, and bytes of each output. Nothing
/// is executed in the data path; which programs are, and why, is a decision of the project (number
/// 7).
@NullMarked
package dev.weft.linux.process;

import org.jspecify.annotations.NullMarked;
