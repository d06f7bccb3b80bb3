package dev.weft.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NamedNamespaces;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.testkit.Command;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What people get wrong, and what machines run out of: one message that says what was attempted,
/// on what, what the kernel answered and what to try; and nothing half built.
final class BadInputKernelIT {
    private final Sandbox sandbox = new Sandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static void assertRefused(ThrowingCallable action, String message) {
        assertThatThrownBy(action).isInstanceOf(KernelException.class).hasMessage(message);
    }

    private void assertOnlyLoopback() {
        assertThat(sandbox.links().list()).extracting(Link::name).containsExactly("lo");
    }

    @Test
    void veth_whosePeersNameExistsThere_leavesNeitherEnd() {
        try (Sandbox container = new Sandbox()) {
            container.links().create(LinkRequest.of(LinkKind.BRIDGE, "eth0"));
            LinkRequest peer = LinkRequest.named("eth0").in(container.namespace());
            assertRefused(
                    () -> sandbox.links().create(LinkRequest.veth("web0", peer)),
                    "cannot create veth web0: EEXIST (17, already exists);"
                            + " delete it first, or choose another");
            assertThat(container.links().list()).hasSize(2);
        }
        assertOnlyLoopback();
    }

    @Test
    void veth_intoANamespaceThatVanished_leavesNeitherEnd() {
        LinkRequest peer = LinkRequest.named("eth0").set(LinkAttributes.NAMESPACE_PID, deadPid());
        assertRefused(
                () -> sandbox.links().create(LinkRequest.veth("web0", peer)),
                "cannot create veth web0: ESRCH (3, no such process or entry)");
        assertOnlyLoopback();
    }

    @Test
    void link_movedToANamespaceThatVanished_staysWhereItIs() {
        Links links = sandbox.links();
        int index = links.create(LinkRequest.of(LinkKind.BRIDGE, "br0")).index();
        LinkRequest away = LinkRequest.empty().set(LinkAttributes.NAMESPACE_PID, deadPid());
        assertRefused(
                () -> links.change(index, away),
                "cannot change link " + index + ": ESRCH (3, no such process or entry)");
        assertThat(links.find(index)).map(Link::name).hasValue("br0");
    }

    @Test
    void namespace_ofAProcessThatEnded_isSaidToBeGone() {
        int pid = deadPid();
        assertRefused(
                () -> NetworkNamespace.ofPid(pid),
                "cannot open namespace of process " + pid + ": ENOENT (2, no such object)");
    }

    private static int deadPid() {
        return Integer.parseInt(Command.run("sh", "-c", "echo $$").orFail().stdout().strip());
    }

    @Test
    void nameDeletedWhileInUse_stillBuildsInTheNamespaceItWas() {
        try (NetworkNamespace blue = NamedNamespaces.create("blue")) {
            LinkRequest peer = LinkRequest.named("eth0").in(blue);
            NamedNamespaces.delete("blue");
            sandbox.links().create(LinkRequest.veth("web0", peer));
            assertThat(sandbox.links().find("web0")).isPresent();
            assertRefused(
                    () -> NetworkNamespace.named("blue"),
                    "cannot open namespace blue: ENOENT (2, no such object)");
        }
    }

    @Test
    void link_ofAKindThatTheKernelLacks_isNamedAndNotMade() {
        assertRefused(
                () -> sandbox.links().create(LinkRequest.ofUnknown("warpdrive", "w0")),
                "cannot create warpdrive w0: EOPNOTSUPP (95, not supported): this kernel has no links"
                        + " of kind warpdrive, and no module rtnl-link-warpdrive to load");
        assertOnlyLoopback();
    }

    @Test
    void namedNamespace_onAFullFileSystem_leavesNoName() {
        whileFull(
                NamedNamespaces.DIRECTORY,
                () -> {
                    assertRefused(
                            () -> NamedNamespaces.create("blue"),
                            "cannot create namespace name blue: ENOSPC (28, no space left); make room in what"
                                    + " is full: a file system, or a table with a limit");
                    assertThat(NamedNamespaces.list()).isEmpty();
                    assertThat(mounts()).noneMatch(line -> line.contains("/run/netns/blue"));
                });
    }

    @Test
    void namedNamespace_whereNoDirectoryCanBeMade_saysWhich() {
        whileFull(
                Path.of("/run"),
                () -> {
                    assertRefused(
                            () -> NamedNamespaces.create("blue"),
                            "cannot create /run/netns: ENOSPC (28, no space left); make room in what is full: a"
                                    + " file system, or a table with a limit");
                    assertThat(NamedNamespaces.list()).isEmpty();
                });
    }

    private static List<String> mounts() {
        return Command.run("cat", "/proc/self/mountinfo").orFail().stdout().lines().toList();
    }

    /// Has a file system in the place of a directory that has no room for another file.
    private static void whileFull(Path directory, Runnable action) {
        Command.run("mount", "-t", "tmpfs", "-o", "nr_inodes=1", "full", directory.toString())
                .orFail();
        try {
            action.run();
        } finally {
            Command.run("umount", "--lazy", directory.toString()).orFail();
        }
    }
}
