package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Identifiers;
import dev.weft.cni.PluginFile;
import dev.weft.cni.Reply;
import dev.weft.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One ADD: the plugins one after the other, and how far it came.
final class Addition {
    private final NetworkList network;
    private final Attachment attachment;
    private final PluginCaller caller;
    private final BooleanSupplier isCancelled;
    private final List<PluginFile> files = new ArrayList<>();
    private final List<PluginObject> called = new ArrayList<>();
    private Optional<JsonObject> result = Optional.empty();

    Addition(
            NetworkList network,
            Attachment attachment,
            PluginCaller caller,
            BooleanSupplier isCancelled) {
        this.network = network;
        this.attachment = attachment;
        this.caller = caller;
        this.isCancelled = isCancelled;
    }

    /// Finds what can be known to be wrong before the first plugin has done anything.
    void prepare() {
        for (PluginObject plugin : network.plugins()) {
            try {
                files.add(caller.file(plugin));
                Identifiers.requireContainerId(attachment.id().containerId());
                Identifiers.requireNetworkName(network.name());
                Identifiers.requireInterfaceName(attachment.id().interfaceName());
            } catch (CniException wrong) {
                throw Deletion.failed(plugin, network, "add", wrong);
            }
        }
    }

    /// Calls every plugin.
    ///
    /// @return the last one's result
    JsonObject run() {
        for (int index = 0; index < files.size(); index++) {
            PluginObject plugin = network.plugins().get(index);
            try {
                call(plugin, files.get(index));
            } catch (CniException | LinuxException failed) {
                throw Deletion.failed(plugin, network, "add", failed);
            }
        }
        return result.orElseThrow();
    }

    private void call(PluginObject plugin, PluginFile file) {
        requireGoingOn();
        called.add(plugin);
        Reply reply =
                caller.call(
                        file,
                        Command.ADD,
                        attachment,
                        PluginInput.of(network, plugin, attachment.capabilities(), result).json());
        result = Optional.of(Results.of(network, reply));
        requireGoingOn();
    }

    private void requireGoingOn() {
        if (isCancelled.getAsBoolean()) {
            throw new CniException(ErrorCode.TRY_AGAIN_LATER, "interrupted");
        }
    }

    /// Deletes what was added, by the plugin that failed as well.
    ///
    /// @return the failure, which tells if something could not be deleted
    CniException rollBack(CniException failure) {
        Optional<JsonObject> previous =
                network.number().isAtLeast(CniVersion.V0_4_0) ? result : Optional.empty();
        Failures failures = new Failures();
        new Deletion(network, attachment, caller).run(called, previous, failures);
        if (failures.isEmpty()) {
            return failure;
        }
        CniException both =
                new CniException(
                        failure.code(),
                        failure.text(),
                        (failure.details().isEmpty() ? "" : failure.details() + "; ")
                                + "rolling back: "
                                + failures.text());
        both.addSuppressed(failure);
        return both;
    }
}
