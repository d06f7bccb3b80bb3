package dev.weft.firewall.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.weft.firewall.Sandbox;
import dev.weft.firewall.Table;
import dev.weft.firewall.event.TraceEvents.Told;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TraceEventsKernelIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int LOOPBACK = 1;
    private static final int NEW = 8;

    private static final String TRACED =
            """
            table inet weft {
                chain out {
                    type filter hook output priority 0; policy accept;
                    meta mark set 0x7 meta nftrace set 1
                    ip protocol icmp jump next
                }
                chain next {
                    ct state new counter
                }
                chain in {
                    type filter hook input priority 0; policy drop;
                }
            }
            """;

    private static Sandbox sandbox() {
        Sandbox sandbox = new Sandbox();
        try (NetlinkSocket route = NetlinkSocket.open(NetlinkProtocol.ROUTE, sandbox.namespace())) {
            new Links(route).change(LOOPBACK, LinkRequest.empty().up());
        }
        return sandbox;
    }

    /// The steps of a packet on its way out, and on its way in again, where the policy drops it: to
    /// the kernel these are two.
    private static List<List<TraceEvent>> ways(Sandbox sandbox, TraceEvents events) {
        Command.run(
                "nsenter",
                "--net=" + sandbox.namespace().path(),
                "ping",
                "-c1",
                "-W0.1",
                "127.0.0.1");
        PacketTraces traces = new PacketTraces(10);
        TraceEvent last;
        do {
            last =
                    switch (events.next(LONG).orElseThrow()) {
                        case Told.Step(TraceEvent event) -> event;
                        case Told.Lost() -> throw new AssertionError("lost");
                    };
            traces.add(last);
        } while (!last.chain().equals("in") || last.type().orElseThrow() != TraceEvent.Type.POLICY);
        return traces.packets();
    }

    @Test
    void packet_isFollowedThroughChains() {
        try (Sandbox sandbox = sandbox();
                TraceEvents events = TraceEvents.open(sandbox.namespace())) {
            sandbox.load(TRACED);
            List<List<TraceEvent>> ways = ways(sandbox, events);
            // Where a chain ends, kernels disagree about what that is called.
            List<TraceEvent> steps =
                    ways.getFirst().stream()
                            .filter(step ->
                                    step.rule().isPresent()
                                            || step.type().orElseThrow() == TraceEvent.Type.POLICY)
                            .toList();

            assertThat(steps)
                    .extracting(
                            TraceEvent::chain,
                            step -> step.type().orElseThrow(),
                            step -> step.verdict().orElseThrow())
                    .containsExactly(
                            tuple("out", TraceEvent.Type.RULE, Verdict.CONTINUE),
                            tuple("out", TraceEvent.Type.RULE, Verdict.jump("next")),
                            tuple("next", TraceEvent.Type.RULE, Verdict.CONTINUE),
                            tuple("out", TraceEvent.Type.POLICY, Verdict.ACCEPT));
            assertThat(ways.getLast().getLast().verdict()).hasValue(Verdict.DROP);
            long jump = sandbox.nftables().rules(table(sandbox)).get(1).handle().orElseThrow();
            assertThat(steps.get(1).rule()).hasValue(jump);
            assertThat(steps.get(1).toString())
                    .matches(
                            "trace id [0-9a-f]{8} inet weft out rule handle "
                                    + jump
                                    + " \\(verdict jump next\\)");
            assertThat(steps)
                    .extracting(TraceEvent::family, TraceEvent::table, TraceEvent::id)
                    .containsOnly(tuple(Family.INET, "weft", steps.getFirst().id()));
        }
    }

    private static Table table(Sandbox sandbox) {
        return sandbox.nftables().tables().getFirst();
    }

    @Test
    void headersDevicesAndMark_areTold() {
        try (Sandbox sandbox = sandbox();
                TraceEvents events = TraceEvents.open(sandbox.namespace())) {
            sandbox.load(TRACED);
            List<List<TraceEvent>> ways = ways(sandbox, events);

            TraceEvent out = ways.getFirst().getFirst();
            assertThat(out.networkHeader().u8(0)).isEqualTo(0x45);
            assertThat(out.networkHeader().be32(16)).isEqualTo(0x7f000001);
            assertThat(out.transportHeader().u8(0)).as("echo request").isEqualTo(8);
            assertThat(out.outputIndex()).hasValue(LOOPBACK);
            assertThat(out.inputIndex()).isEmpty();
            assertThat(out.mark()).hasValue(7);
            TraceEvent in = ways.getLast().getFirst();
            assertThat(in.inputIndex()).hasValue(LOOPBACK);
            assertThat(in.linkHeader().length()).isEqualTo(14);
        }
    }

    @Test
    void connection_isTold() {
        KernelFeature.assumeSince(6, 16, "connection in traces of packets");
        try (Sandbox sandbox = sandbox();
                TraceEvents events = TraceEvents.open(sandbox.namespace())) {
            sandbox.load(TRACED);
            TraceEvent out = ways(sandbox, events).getFirst().getFirst();

            assertThat(out.connectionState()).hasValue(NEW);
            TraceEvent.Connection connection = out.connection().orElseThrow();
            assertThat(connection.id()).isNotZero();
            assertThat(connection.reply()).isFalse();
        }
    }
}
