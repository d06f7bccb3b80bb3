package dev.weft.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkNamespaceKernelIT {
    private static String ownLink() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        } catch (IOException noProc) {
            throw new AssertionError(noProc);
        }
    }

    @Test
    void create_isAnotherNamespaceAndLeavesTheCallerWhereItIs() {
        String before = ownLink();
        try (NetworkNamespace own = NetworkNamespace.current();
                NetworkNamespace made = NetworkNamespace.create()) {
            assertThat(own.toString()).isEqualTo(before);
            assertThat(made).isNotEqualTo(own);
            assertThat(ownLink()).isEqualTo(before);
        }
    }

    @Test
    void open_byPathPidAndDescriptor_isTheSameNamespace() {
        try (NetworkNamespace own = NetworkNamespace.current();
                NetworkNamespace made = NetworkNamespace.create();
                NetworkNamespace byPath = NetworkNamespace.ofPath(made.path());
                NetworkNamespace byDescriptor = NetworkNamespace.ofDescriptor(made.descriptor());
                NetworkNamespace byPid = NetworkNamespace.ofPid(ProcessHandle.current().pid())) {
            assertThat(byPath).isEqualTo(made).hasSameHashCodeAs(made);
            assertThat(byDescriptor).isEqualTo(made);
            assertThat(byDescriptor.descriptor()).isNotEqualTo(made.descriptor());
            assertThat(byPid).isEqualTo(own).isNotEqualTo(made);
            assertThat(Command.run("stat", "-Lc", "%i", made.path().toString()).stdout().strip())
                    .isEqualTo(Long.toString(made.id().inode()));
        }
    }

    @Test
    void ofPid_ofProcessInside_isItsNamespace() throws IOException {
        try (NetworkNamespace made = NetworkNamespace.create()) {
            Process inside = new ProcessBuilder("nsenter", "--net=" + made.path(), "cat").start();
            try {
                inside.getOutputStream().write('\n');
                inside.getOutputStream().flush();
                assertThat(inside.getInputStream().read()).as("cat runs").isEqualTo('\n');
                try (NetworkNamespace byPid = NetworkNamespace.ofPid(inside.pid())) {
                    assertThat(byPid).isEqualTo(made);
                }
            } finally {
                inside.destroyForcibly();
            }
        }
    }

    @Test
    void open_ofOtherFilesAndKinds_isRefused(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> NetworkNamespace.ofPath(file))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cannot open " + file + ": it is no network namespace");
        assertThatThrownBy(() -> NetworkNamespace.ofPath(Path.of("/proc/self/ns/mnt")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it is no network namespace");
        assertThatThrownBy(() -> NetworkNamespace.ofPath(directory.resolve("absent")))
                .isInstanceOf(KernelException.class)
                .matches(failed -> ((KernelException) failed).is(Errno.ENOENT));
        assertThatThrownBy(() -> NetworkNamespace.ofPid(Integer.MAX_VALUE))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("namespace of process " + Integer.MAX_VALUE);
        assertThatThrownBy(() -> NetworkNamespace.ofDescriptor(1 << 20))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EBADF");
    }

    @Test
    void call_runsInsideOnAThreadOfItsOwn() {
        String before = ownLink();
        Thread caller = Thread.currentThread();
        try (NetworkNamespace made = NetworkNamespace.create()) {
            assertThat(made.call(NetworkNamespaceKernelIT::ownLink)).isEqualTo(made.toString());
            assertThat(made.<Thread>call(Thread::currentThread)).isNotSameAs(caller);
            assertThatThrownBy(() ->
                            made.call(() -> {
                                throw new IOException("checked");
                            }))
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() ->
                            made.call(() -> {
                                throw new IllegalStateException("own");
                            }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("own");
        }
        assertThat(ownLink()).isEqualTo(before);
    }

    @Test
    void open_onPlatformThread_comesBackAlsoAfterAFailure() {
        String before = ownLink();
        try (NetworkNamespace made = NetworkNamespace.create()) {
            assertThat(made.open(NetworkNamespaceKernelIT::ownLink)).isEqualTo(made.toString());
            assertThatThrownBy(() ->
                            made.open(() -> {
                                throw new IllegalStateException("own");
                            }))
                    .hasMessage("own");
            assertThat(ownLink()).isEqualTo(before);
        }
    }

    /// A namespace entered by a virtual thread would stay with its carrier.
    @Test
    void open_onVirtualThreads_leavesEveryCarrierWhereItIs() throws Exception {
        String before = ownLink();
        try (NetworkNamespace made = NetworkNamespace.create()) {
            assertThat(onVirtualThreads(() -> made.open(NetworkNamespaceKernelIT::ownLink)))
                    .containsOnly(made.toString());
            assertThat(onVirtualThreads(NetworkNamespaceKernelIT::ownLink)).containsOnly(before);
        }
    }

    private static List<String> onVirtualThreads(Callable<String> code) throws Exception {
        List<FutureTask<String>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            FutureTask<String> task = new FutureTask<>(code);
            tasks.add(task);
            Thread.startVirtualThread(task);
        }
        List<String> results = new ArrayList<>();
        for (FutureTask<String> task : tasks) {
            results.add(task.get());
        }
        return results;
    }

    @Test
    void sysctls_ofTwoNamespaces_areIndependent() {
        String[] forward = {"net", "ipv4", "ip_forward"};
        try (NetworkNamespace first = NetworkNamespace.create();
                NetworkNamespace second = NetworkNamespace.create()) {
            String before = second.sysctls().read(forward);
            String other = before.equals("0") ? "1" : "0";
            first.sysctls().write(other, forward);
            assertThat(first.sysctls().read(forward)).isEqualTo(other);
            assertThat(second.sysctls().read(forward)).isEqualTo(before);
            assertThat(first.call(() -> Files.readString(Path.of("/proc/sys", forward)).strip()))
                    .isEqualTo(other);
        }
    }

    @Test
    void sysctls_thatDoNotExistOrRefuse_sayWhich() {
        try (NetworkNamespace made = NetworkNamespace.create()) {
            Sysctls sysctls = made.sysctls();
            assertThat(sysctls.find("net", "ipv4", "no_such")).isEmpty();
            assertThat(sysctls.find("net", "ipv4", "ip_forward")).isPresent();
            assertThatThrownBy(() -> sysctls.read("net", "ipv4", "no_such"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("/proc/sys/net/ipv4/no_such: ENOENT");
            assertThatThrownBy(() -> sysctls.write("many", "net", "ipv4", "ip_forward"))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("set /proc/sys/net/ipv4/ip_forward to many: EINVAL");
            for (String bad : List.of("..", ".", "", "a/b")) {
                assertThatThrownBy(() -> sysctls.read("net", bad))
                        .isInstanceOf(InvalidRequestException.class);
            }
        }
    }

    @Test
    void descriptor_afterClose_isRefused() {
        NetworkNamespace made = NetworkNamespace.create();
        made.close();
        made.close();
        assertThatThrownBy(made::descriptor).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> made.open(() -> "never"))
                .isInstanceOf(IllegalStateException.class);
    }
}
