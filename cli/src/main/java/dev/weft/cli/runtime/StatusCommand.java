package dev.weft.cli.runtime;

import dev.weft.cni.CniVersion;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkList;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `weft cni status`: asks whether a network would serve.
@Command(
        name = "status",
        description = {
            "Ask the plugins of a network whether they would attach a container now.",
            "Before version 1.1.0 of the configuration there is nothing to ask."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:they would",
            "1:one would not, and the message says which code it gave",
            "2:the command line is wrong"
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();

    @Parameters(index = "0", paramLabel = "NETWORK", description = "the network's name")
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    private String network;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NETNS",
            description = "not used; cnitool requires it")
    @SuppressWarnings("UnusedVariable") // scripts made for cnitool give it
    private @Nullable String netns;

    @Override
    public Integer call() {
        NetworkList list = options.networks().load(network);
        return options.run(
                options.settings(), runtime -> options.on(list, () -> ask(runtime, list)));
    }

    private void ask(CniRuntime runtime, NetworkList list) {
        runtime.status(list);
        if (!list.number().isAtLeast(CniVersion.V1_1_0)) {
            options.warn(
                    "version " + list.version() + " of the configuration has no STATUS: not asked");
        }
    }
}
