package dev.weft.ipam.dhcp.live;

import static dev.weft.ipam.dhcp.live.ScriptedServer.giving;
import static dev.weft.ipam.dhcp.live.ScriptedServer.refusing;
import static dev.weft.ipam.dhcp.live.ScriptedServer.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What real servers do seldom, or not when a test wants it.
@Timeout(180)
final class ScriptedServerKernelIT {
    private static final String FIRST = "10.9.0.50";
    private static final String SECOND = "10.9.0.60";

    @TempDir Path directory;
    private DhcpLab lab;

    @BeforeEach
    void open() {
        lab = new DhcpLab(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static boolean isRequest(Dhcpv4 message) {
        return typeOf(message) == Dhcpv4MessageType.REQUEST;
    }

    private static boolean hasAddress(Dhcpv4 message) {
        return !message.client().isAnyLocalAddress();
    }

    private static List<String> addressesOf(Result result) {
        return result.addresses().stream()
                .map(ResultAddress::address)
                .map(Object::toString)
                .toList();
    }

    @Test
    void renewalWithAnotherAddress_changesItInTheContainer() throws InterruptedException {
        try (ScriptedServer server =
                new ScriptedServer(message ->
                        List.of(giving(hasAddress(message) ? SECOND : FIRST, 4, message)))) {
            assertThat(addressesOf(lab.add(""))).containsExactly(FIRST + "/24");
            lab.awaitAddresses(SECOND + "/24");
            lab.awaitJournal("instead of [" + FIRST);
            assertThat(lab.inside("ip -4 route show default")).contains("via 10.9.0.1 dev eth0");
            assertThat(lab.inside("ip -4 route show 10.9.0.0/24")).contains("src " + SECOND);
            assertThatThrownBy(() ->
                            lab.plugin()
                                    .check(
                                            lab.request(
                                                    Command.CHECK,
                                                    "",
                                                    ", \"prevResult\": {\"cniVersion\": \"1.1.0\","
                                                            + " \"ips\": [{\"address\": \""
                                                            + FIRST
                                                            + "/24\"}]}")))
                    .isInstanceOf(CniException.class)
                    .hasMessageContaining(SECOND);
            lab.delete();
            assertThat(server.await(Dhcpv4MessageType.RELEASE).client().getHostAddress())
                    .isEqualTo(SECOND);
        }
    }

    @Test
    void answersThatComeTwice_areOneLease() throws InterruptedException {
        try (ScriptedServer server =
                new ScriptedServer(message -> {
                    Dhcpv4 answer = giving(FIRST, 600, message);
                    return List.of(answer, answer);
                })) {
            assertThat(addressesOf(lab.add(""))).containsExactly(FIRST + "/24");
            lab.awaitAddresses(FIRST + "/24");
            assertThat(lab.holder().count()).isEqualTo(1);
            lab.delete();
            server.await(Dhcpv4MessageType.RELEASE);
            assertThat(lab.holder().count()).isZero();
        }
    }

    /// A server that has come anew and does not know what it offered.
    @Test
    void offerThatIsTakenBack_isFollowedByAnother() {
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer _ =
                new ScriptedServer(message ->
                        List.of(
                                isRequest(message) && requests.getAndIncrement() == 0
                                        ? refusing(message)
                                        : giving(SECOND, 600, message)))) {
            assertThat(addressesOf(lab.add(""))).containsExactly(SECOND + "/24");
            assertThat(requests).hasValueGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void acknowledgementThatIsLost_isAskedForAgain() {
        AtomicInteger requests = new AtomicInteger();
        try (ScriptedServer _ =
                new ScriptedServer(message ->
                        isRequest(message) && requests.getAndIncrement() == 0
                                ? List.of()
                                : List.of(giving(FIRST, 600, message)))) {
            assertThat(addressesOf(lab.add(""))).containsExactly(FIRST + "/24");
            assertThat(requests).hasValueGreaterThanOrEqualTo(2);
        }
    }

    /// What the server refuses must not be used any more, whatever comes next.
    @Test
    void leaseThatIsRefusedWhenItIsExtended_isTakenFromTheContainer() throws InterruptedException {
        AtomicInteger refused = new AtomicInteger();
        try (ScriptedServer _ =
                new ScriptedServer(message -> {
                    if (hasAddress(message)) {
                        refused.getAndIncrement();
                        return List.of(refusing(message));
                    }
                    return List.of(
                            refused.get() == 0
                                    ? giving(FIRST, 4, message)
                                    : giving(SECOND, 600, message));
                })) {
            assertThat(addressesOf(lab.add(""))).containsExactly(FIRST + "/24");
            lab.awaitJournal("lost " + FIRST + ", REFUSED");
            lab.awaitAddresses(SECOND + "/24");
        }
    }
}
