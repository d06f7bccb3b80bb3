package dev.weft.cli.fw;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.language.RulesetJson;
import dev.weft.firewall.language.RulesetText;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weft fw list`: prints a ruleset.
@Command(
        name = "list",
        description = {
            "Print the ruleset, or a table of it, in the language of nft.",
            "With --json, in the JSON of libnftables, as `nft -j list ruleset` prints it."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:printed",
            "1:there is no such table, or the kernel refused",
            "2:the command line is wrong"
        })
final class ListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private NamespaceOption namespace = new NamespaceOption();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FAMILY",
            description = "only tables of this family: ${COMPLETION-CANDIDATES}")
    private @Nullable Family family;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TABLE", description = "only this table")
    private @Nullable String table;

    @Option(names = "--json", description = "print the JSON of libnftables")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        try (NetworkNamespace where = namespace.open();
                Nftables nftables = Nftables.open(where)) {
            List<TableContent> chosen = choose(nftables);
            Surroundings around = Devices.around(where);
            PrintWriter out = spec.commandLine().getOut();
            if (json) {
                RulesetJson.by(version(), "weft").write(chosen, around, out);
                out.println();
            } else {
                out.print(RulesetText.of(chosen, around));
            }
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }

    /// The program's, without its name.
    private String version() {
        String line = spec.root().version()[0];
        return line.substring(line.lastIndexOf(' ') + 1);
    }

    /// One table is asked for by its name, so that no other is read.
    private List<TableContent> choose(Nftables nftables) {
        if (family == null) {
            return nftables.read();
        }
        return table == null
                ? nftables.read().stream()
                        .filter(content -> content.table().family() == family)
                        .toList()
                : List.of(nftables.read(Table.of(family, table)));
    }
}
