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
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// In a `/run` of the tests' own.
final class NamedNamespacesKernelIT {
    @AfterEach
    void deleteAll() {
        NamedNamespaces.list().forEach(NamedNamespaces::delete);
    }

    private static String ip(String... command) {
        String[] argv = new String[command.length + 1];
        argv[0] = "ip";
        System.arraycopy(command, 0, argv, 1, command.length);
        return Command.run(argv).orFail().stdout();
    }

    @Test
    void create_isKnownToIpNetns() {
        try (NetworkNamespace blue = NamedNamespaces.create("blue")) {
            assertThat(ip("netns", "list")).startsWith("blue");
            assertThat(ip("netns", "exec", "blue", "readlink", "/proc/self/ns/net").strip())
                    .isEqualTo(blue.toString());
        }
        assertThat(NamedNamespaces.list()).containsExactly("blue");
        ip("netns", "delete", "blue");
        assertThat(NamedNamespaces.list()).isEmpty();
    }

    @Test
    void nameOfIpNetns_isOpenedAndDeleted() {
        ip("netns", "add", "green");
        assertThat(NamedNamespaces.list()).containsExactly("green");
        try (NetworkNamespace green = NetworkNamespace.named("green")) {
            assertThat(ip("netns", "exec", "green", "readlink", "/proc/self/ns/net").strip())
                    .isEqualTo(green.toString());
        }
        NamedNamespaces.delete("green");
        assertThat(ip("netns", "list")).isEmpty();
        assertThat(NamedNamespaces.pathOf("green")).doesNotExist();
    }

    @Test
    void create_ofTakenName_leavesTheFirstAlone() {
        try (NetworkNamespace first = NamedNamespaces.create("blue")) {
            assertThatThrownBy(() -> NamedNamespaces.create("blue"))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(
                            "cannot create namespace name blue: EEXIST (17, already exists);"
                                    + " delete it first, or choose another");
            try (NetworkNamespace again = NetworkNamespace.named("blue")) {
                assertThat(again).isEqualTo(first);
            }
        }
    }

    @Test
    void name_ofExistingNamespace_isAnotherNameOfIt() {
        try (NetworkNamespace made = NetworkNamespace.create()) {
            NamedNamespaces.name(made, "one");
            NamedNamespaces.name(made, "two");
            try (NetworkNamespace one = NetworkNamespace.named("one");
                    NetworkNamespace two = NetworkNamespace.named("two")) {
                assertThat(one).isEqualTo(made).isEqualTo(two);
            }
        }
    }

    @Test
    void delete_whileHeldOpen_keepsTheNamespaceButNotTheName() {
        try (NetworkNamespace blue = NamedNamespaces.create("blue")) {
            NamedNamespaces.delete("blue");
            assertThat(blue.sysctls().find("net", "ipv4", "ip_forward")).isPresent();
        }
        assertThatThrownBy(() -> NetworkNamespace.named("blue"))
                .isInstanceOf(KernelException.class)
                .hasMessage("cannot open namespace blue: ENOENT (2, no such object)");
        assertThatThrownBy(() -> NamedNamespaces.delete("blue"))
                .isInstanceOf(KernelException.class)
                .matches(failed -> ((KernelException) failed).is(Errno.ENOENT));
    }

    @Test
    void delete_ofFileThatNothingIsMountedOn_removesWhatACrashLeft() throws IOException {
        NamedNamespaces.create("other").close();
        Files.createFile(NamedNamespaces.pathOf("crashed"));
        assertThatThrownBy(() -> NetworkNamespace.named("crashed"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cannot open namespace crashed: it is no network namespace");
        NamedNamespaces.delete("crashed");
        assertThat(NamedNamespaces.list()).containsExactly("other");
    }

    @Test
    void name_thatIsNoFileName_isRefused() {
        for (String bad : List.of("", ".", "..", "a/b", "nul\0", "x".repeat(256))) {
            assertThatThrownBy(() -> NamedNamespaces.create(bad))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void create_ofFiftyByEightThreads_makesFiftyNamespaces() throws Exception {
        List<FutureTask<List<NamespaceId>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            int first = thread;
            FutureTask<List<NamespaceId>> task =
                    new FutureTask<>(() ->
                            IntStream.range(0, 50)
                                    .filter(i -> i % 8 == first)
                                    .mapToObj(i -> createClosed("many" + i))
                                    .toList());
            tasks.add(task);
            (thread % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual()).start(task);
        }
        List<NamespaceId> made = new ArrayList<>();
        for (FutureTask<List<NamespaceId>> task : tasks) {
            made.addAll(task.get());
        }
        assertThat(made).hasSize(50).doesNotHaveDuplicates();
        assertThat(NamedNamespaces.list()).hasSize(50);
        assertThat(mountsOf("/run/netns", deviceOf("/run")))
                .as("mounts of the directory")
                .hasSize(1);
    }

    /// The device of what is mounted on a path last, in the way of mounts that were there before: a
    /// machine on which `ip netns` was used has a directory of its own below this one.
    private static String deviceOf(String path) throws IOException {
        return mounts().filter(mount -> mount.get(4).equals(path)).toList().getLast().get(2);
    }

    private static List<List<String>> mountsOf(String path, String device) throws IOException {
        return mounts().filter(mount -> mount.get(4).equals(path) && mount.get(2).equals(device))
                .toList();
    }

    /// Words of `/proc/PID/mountinfo`: the third is the device, the fifth the path.
    private static Stream<List<String>> mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .map(line -> List.of(line.split(" ", -1)));
    }

    private static NamespaceId createClosed(String name) {
        try (NetworkNamespace made = NamedNamespaces.create(name)) {
            return made.id();
        }
    }
}
