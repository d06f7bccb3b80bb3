/// Hands-on situations: small networks built in private namespaces, and what packets do in them.
///
/// ```
///   Lab ------> operations --apply--> Network     one per kernel change, each with the command
///    |                                   |         that a person would type for it
///    +--------> situations --> experiment (real packets)
///                                   |
///                  Capture: every packet at every device --> trails --> hops
///                                   |
///   LabRun: all of it in order --> Report --> LabText (a person) or LabJson (a program)
/// ```
///
/// A lab is data: operations to build it, situations with what is expected of each. The network is
/// made of namespaces without names, which end with the process, however it ends. Nothing is
/// executed; what is printed as a command is made by the operation that does the same through
/// netlink.
@NullMarked
package dev.weft.cli.lab;

import org.jspecify.annotations.NullMarked;
