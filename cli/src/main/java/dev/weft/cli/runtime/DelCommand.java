package dev.weft.cli.runtime;

import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CachedAttachment;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weft cni del`: detaches a container.
@picocli.CommandLine.Command(
        name = "del",
        description = {
            "Detach a container from a network.",
            "May be repeated. Every plugin is called, also after one that failed. What the command"
                    + " line leaves out is as it was when the container was attached, and so is the"
                    + " network if its configuration is gone."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:detached",
            "1:a configuration or a plugin is missing, or failed",
            "2:the command line is wrong"
        })
final class DelCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();
    @Mixin private ContainerOptions container = new ContainerOptions();

    @Option(
            names = "--dry-run",
            description = "print what each plugin would be given, and call none")
    private boolean dryRun;

    @Override
    public Integer call() {
        Attachment attachment = container.attachment(options.cache());
        NetworkList network = network(attachment);
        return options.run(
                options.settings(),
                runtime -> options.on(network, () -> delete(runtime, network, attachment)));
    }

    private NetworkList network(Attachment attachment) {
        try {
            return options.networks().load(container.network());
        } catch (CniException missing) {
            return options.cache()
                    .find(container.network(), attachment.id())
                    .map(CachedAttachment::configuration)
                    .map(NetworkList::parse)
                    .orElseThrow(() -> missing);
        }
    }

    private void delete(CniRuntime runtime, NetworkList network, Attachment attachment) {
        if (dryRun) {
            Plans.print(runtime.plan(network, Command.DEL, attachment), options);
        } else {
            runtime.delete(network, attachment);
        }
    }
}
