package dev.weft.plugins.device;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.packet.TunFlag;
import dev.weft.linux.packet.TunQueue;
import dev.weft.linux.packet.TunRequest;
import dev.weft.linux.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A TAP device that stays when nobody has it open, for a virtual machine that will open it.
///
/// @param multiQueue whether it may have several queues
/// @param owner the user who may open it
/// @param group the group that may open it
/// @param selinuxContext of the process that makes it, which is the device's then
public record TapDevice(
        boolean multiQueue,
        Optional<Long> owner,
        Optional<Long> group,
        Optional<String> selinuxContext) {
    private static final Path DEVICE = Path.of("/dev/net/tun");
    private static final Path SHELL = Path.of("/bin/sh");
    private static final String PROGRAM = "ip";

    /// A process's own label changes with what it executes, and the device gets that of the process
    /// which makes it (`selinux_tun_dev_alloc_security`): so another program has to.
    private static final String LABELLED =
            "printf %s \"$1\" >/proc/self/attr/exec || exit 1; shift; exec \"$@\"";

    /// Makes it.
    void create(NetworkNamespace namespace, String name) {
        if (selinuxContext.isPresent()) {
            createLabelled(namespace, name, selinuxContext.get());
            return;
        }
        Set<TunFlag> flags = EnumSet.of(TunFlag.EXCLUSIVE, TunFlag.VIRTIO_HEADER);
        if (multiQueue) {
            flags.add(TunFlag.MULTI_QUEUE);
        }
        try (TunQueue queue =
                TunQueue.open(
                        namespace, new TunRequest(name, TunRequest.Mode.TAP, flags, Set.of()))) {
            owner.ifPresent(user -> queue.owner(user.intValue()));
            group.ifPresent(number -> queue.group(number.intValue()));
            queue.persist(true);
        }
    }

    private void createLabelled(NetworkNamespace namespace, String name, String context) {
        List<String> arguments = new ArrayList<>(List.of("-c", LABELLED, "sh", context));
        arguments.add(Program.require(PROGRAM).toString());
        arguments.addAll(List.of("tuntap", "add", "mode", "tap", "name", name, "vnet_hdr"));
        if (multiQueue) {
            arguments.add("multi_queue");
        }
        owner.ifPresent(user -> arguments.addAll(List.of("user", user.toString())));
        group.ifPresent(number -> arguments.addAll(List.of("group", number.toString())));
        Program.Result result = Program.of(SHELL, arguments).run(namespace);
        if (result.status() != 0) {
            throw new CniException(
                    ErrorCode.INTERNAL,
                    "failed to create tap \"" + name + "\" as \"" + context + '"',
                    result.errors().strip());
        }
    }

    /// @throws CniException code 50 that says what is missing
    void requireReady() {
        if (!Files.isWritable(DEVICE)) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "there is no " + DEVICE + " that can be opened",
                    "load the module tun");
        }
        if (selinuxContext.isPresent() && Program.find(PROGRAM).isEmpty()) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "selinuxContext needs the program ip",
                    "install iproute2");
        }
    }
}
