package dev.weft.cli.runtime;

import com.google.gson.JsonObject;
import dev.weft.cli.text.Terminal;
import dev.weft.cni.Command;
import dev.weft.cni.JsonText;
import dev.weft.cni.ResultFormat;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CniRuntime;
import dev.weft.cni.runtime.NetworkList;
import dev.weft.cni.runtime.RuntimeSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `weft cni add`: attaches a container.
@picocli.CommandLine.Command(
        name = "add",
        description = {
            "Attach a container to a network, and print the result.",
            "When it fails or is interrupted, what was added before is deleted again."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:attached",
            "1:a configuration or a plugin is missing, or failed",
            "2:the command line is wrong",
            "130:interrupted; nothing is left attached"
        })
final class AddCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();
    @Mixin private ContainerOptions container = new ContainerOptions();

    @Option(names = "--no-rollback", description = "leave what was added when a plugin fails")
    private boolean noRollBack;

    @Option(
            names = "--dry-run",
            description = "print what each plugin would be given, and call none")
    private boolean dryRun;

    @Override
    public Integer call() {
        Attachment attachment = container.attachment();
        NetworkList network = options.networks().load(container.network());
        RuntimeSettings settings = options.settings();
        return options.run(
                noRollBack ? settings.withoutRollBack() : settings,
                runtime -> {
                    try (Interruption _ = Interruption.of(runtime)) {
                        return options.on(network, () -> add(runtime, network, attachment));
                    }
                });
    }

    private void add(CniRuntime runtime, NetworkList network, Attachment attachment) {
        if (dryRun) {
            Plans.print(runtime.plan(network, Command.ADD, attachment), options);
            return;
        }
        JsonObject result = runtime.add(network, attachment);
        if (options.json() || !Terminal.isOutput()) {
            options.out().println(JsonText.indented(result));
        } else {
            ResultText.lines(ResultFormat.decode(result)).forEach(options.out()::println);
        }
    }
}
