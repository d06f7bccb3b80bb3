package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private final Turns turns = new Turns();

    @Test
    void callAboutTheSameContainer_waitsForTheOneBefore() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Boolean> second;
        try (Turns.Turn _ = turns.await("bridge a")) {
            second =
                    new FutureTask<>(() -> {
                        begun.countDown();
                        try (Turns.Turn _ = turns.await("bridge a")) {
                            return true;
                        }
                    });
            Thread.ofPlatform().start(second);
            begun.await();
            assertThat(second.isDone()).isFalse();
        }
        assertThat(second.get()).isTrue();
        assertThat(turns.size()).isZero();
    }

    @Test
    void callAboutAnotherContainer_doesNotWait() throws Exception {
        try (Turns.Turn _ = turns.await("bridge a");
                Turns.Turn _ = turns.await("bridge b")) {
            assertThat(turns.size()).isEqualTo(2);
        }
        assertThat(turns.size()).isZero();
    }

    @Test
    void interruptedCall_leavesTheQueue() throws Exception {
        try (Turns.Turn _ = turns.await("bridge a")) {
            FutureTask<Turns.Turn> waiting = new FutureTask<>(() -> turns.await("bridge a"));
            Thread thread = Thread.ofPlatform().start(waiting);
            thread.interrupt();
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(InterruptedException.class);
        }
        assertThat(turns.size()).isZero();
    }
}
