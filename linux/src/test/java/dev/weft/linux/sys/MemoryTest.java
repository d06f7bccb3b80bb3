package dev.weft.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// What a thread has for single calls.
final class MemoryTest {
    private static final int LARGE = 4 << 20;

    @Test
    void piecesOfThread_doNotOverlap_andAreZeroedEachTime() {
        for (int round = 0; round < 3; round++) {
            try (Memory first = Memory.ofThread(12);
                    Memory second = Memory.ofThread(100)) {
                assertThat(first.bytes(0, 12)).containsOnly(0);
                assertThat(second.bytes(0, 100)).containsOnly(0);
                first.putS64(0, -1).putS32(8, -1);
                assertThat(second.bytes(0, 100)).containsOnly(0);
                second.putS64(0, -1);
            }
        }
    }

    @Test
    void pieceClosedBeforeALaterOne_isNotGivenOutWhileThatIsInUse() {
        Memory first = Memory.ofThread(64);
        try (Memory second = Memory.ofThread(64).putS64(0, 42)) {
            first.close();
            try (Memory third = Memory.ofThread(64).putS64(0, 7)) {
                assertThat(second.s64(0)).isEqualTo(42);
                assertThat(third.s64(0)).isEqualTo(7);
            }
        }
    }

    @Test
    void closedPiece_hasNoByteLeft_andClosesOnce() {
        Memory closed = Memory.ofThread(64);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.u8(0)).isInstanceOf(IndexOutOfBoundsException.class);
        try (Memory next = Memory.ofThread(64).putS64(0, 1)) {
            assertThat(next.s64(0)).isOne();
        }
    }

    @Test
    void accessBeyondAPiece_isRefused_thoughTheThreadHasMore() {
        try (Memory piece = Memory.ofThread(8)) {
            assertThatThrownBy(() -> piece.u8(8)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> piece.s64(1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void moreThanAThreadKeeps_isThereAllTheSame() {
        List<Memory> pieces = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pieces.add(Memory.ofThread(LARGE).putS64(LARGE - 8, i));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(pieces.get(i).s64(LARGE - 8)).isEqualTo(i);
            pieces.get(i).close();
        }
    }

    @Test
    void threads_haveDifferentPieces_virtualOnesToo() throws Exception {
        try (Memory own = Memory.ofThread(8).putS64(0, 42)) {
            for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                FutureTask<Long> task =
                        new FutureTask<>(() -> {
                            try (Memory others = Memory.ofThread(8)) {
                                long before = others.s64(0);
                                others.putS64(0, 7);
                                return before;
                            }
                        });
                builder.start(task);
                assertThat(task.get()).isZero();
                assertThat(own.s64(0)).isEqualTo(42);
            }
        }
    }
}
