package dev.weft.cli.fw;

import dev.weft.firewall.Nftables;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weft fw diff`: compares tables with a file.
@Command(
        name = "diff",
        description = {
            "Show what would make the tables of a file what the file says, and change nothing.",
            "Counters, handles and the time left of elements make no difference. Tables that are not"
                    + " in the file are not looked at."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the tables are as the file says",
            "1:the file cannot be read, or the kernel refused",
            "2:the command line is wrong",
            "3:they differ"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERENT = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private NamespaceOption namespace = new NamespaceOption();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "in the language of nft or as its JSON; - is standard input")
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    private String file;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (NetworkNamespace where = namespace.open();
                Nftables nftables = Nftables.open(where)) {
            Differences differences =
                    Differences.of(
                            nftables, WantedFile.read(file).tables(where), Devices.around(where));
            if (json) {
                spec.commandLine().getOut().println(differences.json());
            } else {
                differences.print(spec.commandLine().getOut());
            }
            return differences.isEmpty() ? CommandLine.ExitCode.OK : DIFFERENT;
        }
    }
}
