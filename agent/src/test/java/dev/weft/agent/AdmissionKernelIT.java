package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.agent.Admission.Decision;
import dev.weft.linux.unix.UnixConnection;
import dev.weft.linux.unix.UnixListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdmissionKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir private Path directory;
    private final Admission admission = new Admission(2, 1);
    private final List<UnixConnection> connections = new ArrayList<>();
    private UnixListener listener;

    @BeforeEach
    void listen() {
        Path socket = directory.resolve("socket");
        listener = UnixListener.open(socket, 0600, 8);
        for (int i = 0; i < 4; i++) {
            connections.add(UnixConnection.connect(socket, LIMIT));
        }
    }

    @AfterEach
    void close() {
        connections.forEach(UnixConnection::close);
        listener.close();
    }

    private Decision admit(int caller) {
        return admission.admit(connections.get(caller));
    }

    @Test
    void callers_areServed_thenWait_thenAreRefused() {
        assertThat(admit(0)).isEqualTo(Decision.SERVE);
        assertThat(admit(1)).isEqualTo(Decision.SERVE);
        assertThat(admit(2)).isEqualTo(Decision.WAIT);
        assertThat(admit(3)).isEqualTo(Decision.REFUSE);
        assertThat(admission.running()).isEqualTo(2);
        assertThat(admission.waiting()).isEqualTo(1);
    }

    @Test
    void whoHasServed_takesWhoWaits_andMakesRoomOnlyWhenNobodyDoes() {
        for (int caller = 0; caller < 3; caller++) {
            admit(caller);
        }
        assertThat(admission.next()).contains(connections.get(2));
        assertThat(admission.running()).isEqualTo(2);
        assertThat(admit(3)).isEqualTo(Decision.WAIT);
        assertThat(admission.next()).contains(connections.get(3));
        assertThat(admission.next()).isEmpty();
        assertThat(admission.next()).isEmpty();
        assertThat(admission.running()).isZero();
        assertThat(admit(0)).isEqualTo(Decision.SERVE);
    }

    @Test
    void endOfACall_wakesWhoWaitsForIt() throws Exception {
        admit(0);
        FutureTask<Boolean> waiting =
                new FutureTask<>(() -> {
                    admission.awaitEnd(LIMIT);
                    return true;
                });
        Thread thread = Thread.ofPlatform().start(waiting);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThat(waiting.isDone()).isFalse();
        admission.next();
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void nobodysEnd_isNotAwaitedForEver() {
        admission.awaitEnd(Duration.ofMillis(1));
        assertThat(admission.running()).isZero();
    }
}
