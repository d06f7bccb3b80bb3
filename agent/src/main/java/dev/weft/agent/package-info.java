/// `weftd`, the agent of a node, and plugins as single processes.
///
/// ```
///   runtime -> shim -> cni.sock -> CallServer (threads) -> CallHandler -> Sites -> plugins -> kernel
///                                      |                      |
///                                  Admission              Operations -> log, AgentMetrics
///                                  (who may run)                 ^
///                                                 HttpServer ----'  health and metrics
///
///   runtime -> shim -> OneShot -> plugins -> kernel        where no agent listens
/// ```
///
/// A call stays on one platform thread from accept to answer: a hand-over between threads costs as
/// much as an eighth of an operation. `RunningAgent` puts the parts together; `Agent` is the
/// program, and `WarmUp` another agent beside it that is called until the code is warm. The bytes
/// between shim and agent are in `dev.weft.agent.protocol`.
@NullMarked
package dev.weft.agent;

import org.jspecify.annotations.NullMarked;
