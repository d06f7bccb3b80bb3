/// Benchmarks beside the peers: each piece of work is done by Weft and by the program it competes
/// with, in turns, in the same run, and what counts is the ratio.
///
/// ```
///  Main -> Benchmark.run(Scale) -> Comparison <- Round, Round, ...   ours and the peer's Samples
///              |         |             |
///        linux, firewall |          Report                           table or JSON
///                    PeerProcess --lines--> src/main/c               C programs that stay open
/// ```
///
/// Absolute times say little on machines that others use as well: a round is short, and both sides
/// of it meet the same neighbours. [dev.weft.bench.Comparison] takes medians of all samples, and
/// beside it the median of the rounds' own ratios, which such a neighbour moves less.
///
/// Peers are C programs that stay open and answer in lines, so that what is timed is their work.
/// The benchmarks change the network namespace they run in, which `bench/run` makes for them.
@NullMarked
package dev.weft.bench;

import org.jspecify.annotations.NullMarked;
