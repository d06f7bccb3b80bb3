package dev.weft.cli.runtime;

import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.NetworkList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `weft cni check`: verifies an attachment.
@Command(
        name = "check",
        description = {
            "Verify that what the plugins made is still there.",
            "What the command line leaves out is as it was when the container was attached."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:as it was made, or the configuration disables the check",
            "1:something is missing, and the message says what",
            "2:the command line is wrong"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin private RuntimeOptions options = new RuntimeOptions();
    @Mixin private ContainerOptions container = new ContainerOptions();

    @Override
    public Integer call() {
        Attachment attachment = container.attachment(options.cache());
        NetworkList network = options.networks().load(container.network());
        return options.run(
                options.settings(),
                runtime -> options.on(network, () -> runtime.check(network, attachment)));
    }
}
