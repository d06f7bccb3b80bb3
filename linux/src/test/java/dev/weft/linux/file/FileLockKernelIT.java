package dev.weft.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLockKernelIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir private Path directory;
    private Path path;

    @BeforeEach
    void name() {
        path = directory.resolve("lock");
    }

    private int flock() {
        return Command.run("flock", "--nonblock", path.toString(), "true").exit();
    }

    @Test
    void lock_keepsFlockOut_untilItIsReleased() {
        try (FileLock lock = FileLock.acquire(path, 0640)) {
            assertThat(flock()).isEqualTo(1);
            assertThat(FileLock.tryAcquire(path, 0640)).isEmpty();
            assertThat(lock).isNotNull();
        }
        assertThat(flock()).isZero();
    }

    /// `flock`, which says when it has the lock and keeps it until it is told to go.
    private final class OtherOwner {
        private final Path locked = directory.resolve("locked");
        private final Path go = directory.resolve("go");
        private final FutureTask<Command.Result> program;

        OtherOwner() throws IOException {
            Command.run("mkfifo", locked.toString(), go.toString()).orFail();
            String script = "echo yes > " + locked + "; read word < " + go;
            program = new FutureTask<>(() -> Command.run("flock", path + "", "sh", "-c", script));
            Thread.ofPlatform().start(program);
            assertThat(locked).hasContent("yes");
        }

        void release() throws Exception {
            Files.writeString(go, "go\n");
            program.get().orFail();
        }
    }

    @Test
    void lockOfFlock_keepsOthersOut_untilItIsReleased() throws Exception {
        OtherOwner other = new OtherOwner();
        assertThat(FileLock.tryAcquire(path, 0640)).isEmpty();
        assertThat(FileLock.tryAcquire(path, 0640, SHORT)).isEmpty();
        FutureTask<Optional<FileLock>> limited =
                new FutureTask<>(() -> FileLock.tryAcquire(path, 0640, LIMIT));
        Thread.ofPlatform().start(limited);
        FutureTask<FileLock> unlimited = new FutureTask<>(() -> FileLock.acquire(path, 0640));
        Thread.ofPlatform().start(unlimited);
        other.release();
        // Each gets it after the other, and after the one that gave up.
        Thread.ofPlatform().start(new FutureTask<>(() -> closed(unlimited.get())));
        limited.get().orElseThrow().close();
        try (FileLock last = FileLock.acquire(path, 0640)) {
            assertThat(flock()).isEqualTo(1);
            assertThat(last).isNotNull();
        }
        assertThat(flock()).isZero();
    }

    private static FileLock closed(FileLock lock) {
        lock.close();
        return lock;
    }

    @Test
    void lock_ofNewFile_makesItWithItsPermissions() throws IOException {
        try (FileLock lock = FileLock.tryAcquire(path, 0600, LIMIT).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(Files.getAttribute(path, "unix:mode")).isEqualTo(0100600);
        }
        assertThat(path).exists();
    }

    @Test
    void wait_thatIsInterrupted_ends() throws Exception {
        try (FileLock lock = FileLock.acquire(path, 0600)) {
            FutureTask<Optional<FileLock>> waiting =
                    new FutureTask<>(() -> {
                        Thread.currentThread().interrupt();
                        return FileLock.tryAcquire(path, 0600, LIMIT);
                    });
            Thread.ofPlatform().start(waiting);
            assertThatThrownBy(waiting::get)
                    .cause()
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("EINTR");
            assertThat(lock).isNotNull();
        }
        FileLock.acquire(path, 0600).close();
    }

    @Test
    void lock_whereNoFileCanBe_saysWhy() {
        assertThatThrownBy(() -> FileLock.acquire(directory.resolve("none/lock"), 0600))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith("cannot open lock " + directory + "/none/lock: ENOENT");
        assertThatThrownBy(() -> FileLock.tryAcquire(directory, 0600))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EISDIR");
    }

    @Test
    void fileThatNobodyCanWrite_isLocked_andOneThatIsNotThereIsNotMade() {
        try (NetworkNamespace namespace = NetworkNamespace.create();
                FileLock lock =
                        FileLock.tryAcquireExisting(namespace.path(), SHORT).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(FileLock.tryAcquireExisting(namespace.path(), SHORT)).isEmpty();
        }
        assertThatThrownBy(() -> FileLock.tryAcquireExisting(path, SHORT))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("ENOENT");
        assertThat(path).doesNotExist();
    }
}
