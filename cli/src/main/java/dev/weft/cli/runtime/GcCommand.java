package dev.weft.cli.runtime;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CachedAttachment;
import dev.weft.cni.runtime.NetworkList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weft cni gc`: removes what belongs to no container any more.
@Command(
        name = "gc",
        description = {
            "Remove what belongs to a network and to no container any more.",
            "Without options, an attachment is kept as long as its namespace is there. Give --valid"
                    + " for each attachment to keep instead, or --all to keep none.",
            "With NETNS, which cnitool requires, every attachment in the cache is deleted, as"
                    + " cnitool does."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:removed, or nothing to remove",
            "1:something could not be removed, and the message says what",
            "2:the command line is wrong"
        })
final class GcCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private RuntimeOptions options = new RuntimeOptions();

    @Parameters(index = "0", paramLabel = "NETWORK", description = "the network's name")
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    private String network;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NETNS",
            description = "not used; deletes every attachment in the cache")
    private @Nullable String netns;

    @Option(
            names = "--valid",
            paramLabel = "ID/IFNAME",
            description = "an attachment to keep; may be given several times")
    private List<String> valid = List.of();

    @Option(names = "--all", description = "keep no attachment")
    private boolean all;

    @Override
    public Integer call() {
        if (all && !valid.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--all keeps nothing: leave --valid");
        }
        NetworkList list = options.networks().load(network);
        return options.run(
                options.settings(),
                runtime -> options.on(list, () -> runtime.collect(list, kept())));
    }

    private Optional<Set<AttachmentId>> kept() {
        if (all) {
            return Optional.of(Set.of());
        }
        if (!valid.isEmpty()) {
            Set<AttachmentId> ids = new LinkedHashSet<>();
            valid.forEach(text -> ids.add(id(text)));
            return Optional.of(ids);
        }
        return netns == null ? Optional.of(living()) : Optional.empty();
    }

    private AttachmentId id(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new ParameterException(
                    spec.commandLine(), "'" + text + "' is no attachment: write ID/IFNAME");
        }
        return new AttachmentId(text.substring(0, slash), text.substring(slash + 1));
    }

    /// Attachments whose cache does not say where their namespace is are kept: nobody knows.
    private Set<AttachmentId> living() {
        Set<AttachmentId> ids = new LinkedHashSet<>();
        options.cache().list().stream()
                .filter(cached -> cached.network().equals(network))
                .map(CachedAttachment::attachment)
                .filter(attachment ->
                        attachment.netns().map(path -> Files.exists(Path.of(path))).orElse(true))
                .map(Attachment::id)
                .forEach(ids::add);
        return ids;
    }
}
