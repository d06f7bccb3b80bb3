/// `weft fw`: the ruleset of a namespace for people. It lists what is there, compares it with a
/// file, makes it what the file says and keeps it so, and shows the way of packets through it.
///
/// ```
///   FILE --nft, in a namespace of its own--> WantedFile --TableContent--.
///                                                                       |--> Difference --> text, batch
///   namespace --Nftables--> TableContent -------------------------------'
///
///   TraceFilter (a table that its socket owns) --> kernel --TraceEvents--> TraceReport
/// ```
///
/// A file is read by `nft` itself: whatever it takes is taken here, text or JSON. It is loaded into
/// a namespace that nobody else sees, and read back from there, so it is checked whole before
/// anything changes.
@NullMarked
package dev.weft.cli.fw;

import org.jspecify.annotations.NullMarked;
