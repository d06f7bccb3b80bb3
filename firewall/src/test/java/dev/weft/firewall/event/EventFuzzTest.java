package dev.weft.firewall.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.firewall.Kind;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// Any bytes as any event: they are read and printed, or refused as malformed.
final class EventFuzzTest {
    @FuzzTest
    void rulesetEvent(byte[] bytes) {
        for (Kind kind : Kind.values()) {
            read(kind.create(), bytes);
            read(kind.delete(), bytes);
        }
        read(Kind.NEW_GENERATION, bytes);
        read(Kind.TRACE, bytes);
    }

    private static void read(int type, byte[] bytes) {
        try {
            RulesetEvent event = RulesetEvent.decode(message(type, bytes));
            assertThat(event.toString()).isNotEmpty();
        } catch (MalformedMessageException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    @FuzzTest
    void traceEvent(byte[] bytes) {
        try {
            TraceEvent event = TraceEvent.decode(message(Kind.TRACE, bytes));
            assertThat(event.toString()).startsWith("trace id ");
            assertThat(
                            List.of(
                                    event.inputIndex(),
                                    event.outputIndex(),
                                    event.mark(),
                                    event.connection(),
                                    event.connectionState(),
                                    event.linkHeader(),
                                    event.networkHeader(),
                                    event.transportHeader()))
                    .doesNotContainNull();
        } catch (MalformedMessageException refused) {
            assertThat(refused.getMessage()).isNotNull();
        }
    }

    private static NetlinkMessage message(int type, byte[] bytes) {
        return new NetlinkMessage(type, 0, 0, 0, Slice.of(bytes));
    }
}
