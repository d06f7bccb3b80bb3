package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.InstalledPlugins;
import dev.weft.linux.namespace.NetworkNamespace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Attaches containers to networks by calling the networks' plugins.
///
/// Operations on different containers may run at once, in this process and in others. Failures are
/// [CniException], or those of the kernel where the cache cannot be written.
public final class CniRuntime {
    private final RuntimeSettings settings;
    private final PluginCaller caller;
    private final ResultCache cache;
    private final OperationLocks locks;
    private final Consumer<String> errors;
    private volatile boolean isCancelled;

    /// A runtime in a network namespace.
    ///
    /// @param installed tells which plugins are in this process
    /// @param host the runtime's own namespace, in which plugins run; it stays the caller's
    /// @param errors gets warnings, and what plugins write to standard error
    public CniRuntime(
            RuntimeSettings settings,
            InstalledPlugins installed,
            NetworkNamespace host,
            Consumer<String> errors) {
        this.settings = settings;
        this.caller = new PluginCaller(settings, installed, host, errors);
        this.cache = ResultCache.in(settings.cache());
        this.locks = new OperationLocks(settings.cache().resolve("weft-locks"), settings.limit());
        this.errors = errors;
    }

    /// What the attachments of this runtime, and of libcni's with the same cache, have left.
    public ResultCache cache() {
        return cache;
    }

    /// Lets an ADD that is under way fail before its next plugin.
    public void cancel() {
        isCancelled = true;
    }

    /// Attaches a container.
    ///
    /// @return the last plugin's result, in the configuration's version
    /// @throws CniException when a plugin is missing or fails; what was added before is deleted
    ///   again, unless the settings say otherwise
    public JsonObject add(NetworkList network, Attachment attachment) {
        Addition addition = new Addition(network, attachment, caller, () -> isCancelled);
        addition.prepare();
        warnOfUndeclared(network, attachment);
        return locks.attaching(
                network.name(),
                attachment.id().containerId(),
                () -> {
                    requireNew(network, attachment.id());
                    return add(network, attachment, addition);
                });
    }

    private JsonObject add(NetworkList network, Attachment attachment, Addition addition) {
        try {
            JsonObject result = addition.run();
            keep(network, attachment, result);
            return result;
        } catch (CniException failed) {
            throw settings.rollsBack() ? addition.rollBack(failed) : failed;
        }
    }

    private void keep(NetworkList network, Attachment attachment, JsonObject result) {
        Failures failures = new Failures();
        failures.collect(() ->
                cache.write(
                        new CachedAttachment(
                                network.name(), attachment, network.text(), Optional.of(result))));
        if (!failures.isEmpty()) {
            throw new CniException(
                    ErrorCode.IO_FAILURE,
                    "failed to set network \""
                            + network.name()
                            + "\" cached result: "
                            + failures.text());
        }
    }

    /// To add once more would fail in some plugin, and rolling that back would delete what is
    /// there.
    private void requireNew(NetworkList network, AttachmentId id) {
        if (cache.find(network.name(), id).isPresent()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT,
                    "container "
                            + id.containerId()
                            + " has interface "
                            + id.interfaceName()
                            + " on network "
                            + network.name()
                            + " already; delete it first");
        }
    }

    private void warnOfUndeclared(NetworkList network, Attachment attachment) {
        Set<String> declared = network.capabilities();
        for (String wanted : attachment.capabilities().keySet()) {
            if (!declared.contains(wanted)) {
                errors.accept(
                        "no plugin of network "
                                + network.name()
                                + " declares the capability "
                                + wanted
                                + ": its value is not used\n");
            }
        }
    }

    /// Detaches a container. Every plugin is called, also after one that failed; the attachment
    /// stays in the cache until none does.
    ///
    /// @throws CniException with all failures
    public void delete(NetworkList network, Attachment attachment) {
        locks.attaching(
                network.name(),
                attachment.id().containerId(),
                () -> {
                    deleteLocked(network, attachment);
                    return network;
                });
    }

    private void deleteLocked(NetworkList network, Attachment attachment) {
        Optional<JsonObject> previous = previousForDelete(network, attachment.id());
        Failures failures = new Failures();
        new Deletion(network, attachment, caller).run(network.plugins(), previous, failures);
        failures.throwAny();
        cache.remove(network.name(), attachment.id());
    }

    /// A file that nobody can read must not keep a container from being removed.
    private Optional<JsonObject> previousForDelete(NetworkList network, AttachmentId id) {
        if (!network.number().isAtLeast(CniVersion.V0_4_0)) {
            return Optional.empty();
        }
        try {
            return Results.cached(cache, network, id);
        } catch (CniException malformed) {
            cache.remove(network.name(), id);
            return Optional.empty();
        }
    }

    /// Verifies an attachment.
    ///
    /// @throws CniException with the first plugin's complaint, or when the configuration's version
    ///   has no CHECK
    public void check(NetworkList network, Attachment attachment) {
        if (!network.number().isAtLeast(CniVersion.V0_4_0)) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "configuration version \""
                            + network.version()
                            + "\" does not support the CHECK command");
        }
        if (network.disablesCheck()) {
            return;
        }
        locks.attaching(
                network.name(),
                attachment.id().containerId(),
                () -> {
                    checkLocked(network, attachment);
                    return network;
                });
    }

    private void checkLocked(NetworkList network, Attachment attachment) {
        Optional<JsonObject> previous = Results.cached(cache, network, attachment.id());
        for (PluginObject plugin : network.plugins()) {
            caller.call(
                    caller.file(plugin),
                    Command.CHECK,
                    attachment,
                    PluginInput.of(network, plugin, attachment.capabilities(), previous).json());
        }
    }

    /// The calls that an ADD, CHECK or DEL would make, in order.
    ///
    /// @throws CniException when a plugin is missing
    public List<PlannedCall> plan(NetworkList network, Command command, Attachment attachment) {
        List<PluginObject> plugins =
                command == Command.DEL ? network.plugins().reversed() : network.plugins();
        warnOfUndeclared(network, attachment);
        Optional<JsonObject> previous =
                command == Command.ADD
                        ? Optional.empty()
                        : Results.cached(cache, network, attachment.id());
        return plugins.stream()
                .map(plugin ->
                        new PlannedCall(
                                caller.file(plugin),
                                command,
                                PluginInput.of(network, plugin, attachment.capabilities(), previous)
                                        .json()))
                .toList();
    }

    /// Removes what belongs to the network and to none of the valid attachments: what the cache
    /// knows by a DEL of each, what it does not know by the plugins' GC.
    ///
    /// @param valid all attachments that are still used. Without it, every attachment in the cache
    ///   is deleted, and the plugins, told nothing, delete nothing
    /// @throws CniException with all failures
    public void collect(NetworkList network, Optional<Set<AttachmentId>> valid) {
        if (network.disablesCollection()) {
            return;
        }
        Failures failures = new Failures();
        locks.collecting(
                network.name(),
                () -> {
                    collectLocked(network, valid, failures);
                    return network;
                });
        failures.throwAny();
    }

    private void collectLocked(
            NetworkList network, Optional<Set<AttachmentId>> valid, Failures failures) {
        for (CachedAttachment cached : cache.list()) {
            Attachment attachment = cached.attachment();
            if (cached.network().equals(network.name())
                    && !valid.map(ids -> ids.contains(attachment.id())).orElse(false)) {
                failures.collect(() ->
                        locks.onContainer(
                                attachment.id().containerId(),
                                () -> {
                                    deleteLocked(network, attachment);
                                    return network;
                                }));
            }
        }
        if (network.number().isAtLeast(CniVersion.V1_1_0)) {
            for (PluginObject plugin : network.plugins()) {
                failures.collect(() ->
                        caller.call(
                                caller.file(plugin),
                                Command.GC,
                                PluginInput.of(network, plugin, valid).json()));
            }
        }
    }

    /// Asks every plugin whether it would serve an ADD. Before 1.1.0 there is nothing to ask.
    ///
    /// @throws CniException with what the first one says that would not
    public void status(NetworkList network) {
        if (!network.number().isAtLeast(CniVersion.V1_1_0)) {
            return;
        }
        for (PluginObject plugin : network.plugins()) {
            caller.call(
                    caller.file(plugin), Command.STATUS, PluginInput.of(network, plugin).json());
        }
    }

    /// Which versions a plugin of some type takes.
    ///
    /// @throws CniException when it is not there, or does not answer
    public List<CniVersion> versions(String type) {
        return caller.versions(settings.directories().find(type));
    }

    /// Verifies that every plugin is there and takes the configuration's version.
    ///
    /// @return the capabilities that they declare
    /// @throws CniException with all that is wrong
    public Set<String> validate(NetworkList network) {
        Failures failures = new Failures();
        for (PluginObject plugin : network.plugins()) {
            failures.collect(() -> requireVersion(network, plugin));
        }
        failures.throwAny();
        return network.capabilities();
    }

    private void requireVersion(NetworkList network, PluginObject plugin) {
        List<CniVersion> versions = versions(plugin.type());
        if (CniVersion.find(network.version()).filter(versions::contains).isEmpty()) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "plugin "
                            + plugin.type()
                            + " does not support config version \""
                            + network.version()
                            + '"');
        }
    }
}
