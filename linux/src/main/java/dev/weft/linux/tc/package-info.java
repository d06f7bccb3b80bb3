/// Traffic control: queueing disciplines, the classes inside them, filters that sort packets into
/// classes, and actions that filters carry out.
///
/// ```
///   QdiscRequest  --> Qdiscs          --> kernel --> Qdisc          on a link's way out, or way in
///   ClassRequest  --> TrafficClasses  --> kernel --> TrafficClass   inside a classful discipline
///   FilterRequest --> Filters         --> kernel --> Filter         hung on either, with actions
///
///        every message: TrafficHeader + TrafficAttributes
///                                        TCA_KIND decides the table of TCA_OPTIONS
/// ```
///
/// The three differ in what they are called and which number they have; everything else stands once
/// in [dev.weft.linux.tc.TrafficTable], [dev.weft.linux.tc.TrafficRequest] and
/// [dev.weft.linux.tc.TrafficObject]. A kind of discipline, filter or action brings an attribute
/// table in a file of its own; kinds without one are read and kept as bytes.
///
/// Rates are in bytes a second, times in the scheduler's ticks of 64 ns where the kernel wants
/// those ([dev.weft.linux.tc.SchedulerTicks]); the arithmetic is pure and does what `tc` does, so
/// that `tc show` prints what was asked.
///
/// Sources: `include/uapi/linux/rtnetlink.h`, `pkt_sched.h`, `pkt_cls.h`, `gen_stats.h`, `tc_act/`;
/// `net/sched/`; iproute2 `tc/tc_core.c`.
@NullMarked
package dev.weft.linux.tc;

import org.jspecify.annotations.NullMarked;
