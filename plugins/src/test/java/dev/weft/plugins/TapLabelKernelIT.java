package dev.weft.plugins;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.Command;
import dev.weft.cni.Request;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.packet.TunQueue;
import dev.weft.linux.packet.TunRequest;
import dev.weft.testkit.KernelFeature;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TAP devices with a label of SELinux. A policy is the whole machine's, so the test gives one to
/// the virtual machine alone, and enforces it only here.
@SuppressWarnings("NullAway.Init") // JUnit sets the directory
final class TapLabelKernelIT {
    private static final Path SELINUX = Path.of("/sys/fs/selinux");

    @TempDir private Path directory;
    private @Nullable Node opened;

    @BeforeEach
    void enforce() throws IOException, URISyntaxException {
        KernelFeature.assume(
                "SELinux that may be given a policy",
                Boolean.getBoolean("weft.vm")
                        && Files.readString(Path.of("/proc/filesystems")).contains("selinuxfs"));
        run("mount", "-t", "selinuxfs", "selinuxfs", SELINUX.toString());
        Files.write(SELINUX.resolve("load"), policy());
        Files.writeString(SELINUX.resolve("enforce"), "1");
        opened = Node.open(directory);
    }

    @AfterEach
    void permit() throws IOException {
        if (opened != null) {
            Files.writeString(SELINUX.resolve("enforce"), "0");
            run("umount", SELINUX.toString());
            opened.close();
        }
    }

    private byte[] policy() throws IOException, URISyntaxException {
        Path source = Path.of(requireNonNull(getClass().getResource("/tap-labels.cil")).toURI());
        Path compiled = directory.resolve("policy");
        run("secilc", "-c33", "-Mfalse", "-f/dev/null", "-o" + compiled, source.toString());
        return Files.readAllBytes(compiled);
    }

    private static void run(String... command) {
        dev.weft.testkit.Command.run(command).orFail();
    }

    @Test
    void device_hasTheLabelThatWasAskedFor_andProcessesOfAnotherDoNotOpenIt() {
        Node node = requireNonNull(opened);
        NetworkNamespace container = node.container();
        Request plain = request(node, container, "");
        node.tap().add(plain);
        TunQueue.open(container, TunRequest.tap("eth0")).close();
        node.tap().delete(plain.withCommand(Command.DEL));
        Request labelled =
                request(node, container, ", \"selinuxContext\": \"weft:system:machine\"");
        node.tap().add(labelled);
        assertThatThrownBy(() -> TunQueue.open(container, TunRequest.tap("eth0")))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        refused -> assertThat(refused.is(Errno.EACCES)).isTrue());
        node.tap().delete(labelled.withCommand(Command.DEL));
        assertThat(node.link(container, "eth0")).isEmpty();
    }

    @Test
    void labelThatThePolicyLacks_isRefused_andLeavesNothing() {
        Node node = requireNonNull(opened);
        NetworkNamespace container = node.container();
        Request request = request(node, container, ", \"selinuxContext\": \"weft:system:nothing\"");
        assertThatThrownBy(() -> node.tap().add(request))
                .hasMessageContaining("failed to create tap \"eth0\" as \"weft:system:nothing\"");
        assertThat(node.link(container, "eth0")).isEmpty();
    }

    private static Request request(Node node, NetworkNamespace container, String keys) {
        return node.request(
                Command.ADD,
                "{\"cniVersion\": \"1.1.0\", \"name\": \"net\"" + keys + "}",
                "c1",
                Optional.of(container.path().toString()),
                "");
    }
}
