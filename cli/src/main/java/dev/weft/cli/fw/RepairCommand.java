package dev.weft.cli.fw;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.desired.Difference;
import dev.weft.firewall.desired.GuardEvent;
import dev.weft.firewall.desired.TableGuard;
import dev.weft.firewall.event.RulesetEvent.Generation;
import dev.weft.firewall.value.Surroundings;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weft fw repair`: makes tables what a file says, once or for as long as it runs.
@Command(
        name = "repair",
        description = {
            "Make the tables of a file what the file says, by the smallest change, in one"
                    + " transaction.",
            "What stays keeps its counters. Tables that are not in the file are not touched."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the tables are as the file says",
            "1:the file cannot be read, or the kernel refused; nothing was changed",
            "2:the command line is wrong",
            "130:--watch was ended by Ctrl-C",
            "143:--watch was ended by SIGTERM"
        })
final class RepairCommand implements Callable<Integer> {
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

    @Option(names = "--dry-run", description = "show the change, and change nothing")
    private boolean dryRun;

    @Option(
            names = "--watch",
            description = {
                "stay, and repair whatever anybody changes, until Ctrl-C or SIGTERM;",
                "the tables remain"
            })
    private boolean watch;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (watch && (dryRun || json)) {
            throw new ParameterException(
                    spec.commandLine(), "--watch goes with neither --dry-run nor --json");
        }
        try (NetworkNamespace where = namespace.open()) {
            List<TableContent> wanted = WantedFile.read(file).tables(where);
            Differences done = dryRun ? plan(where, wanted) : apply(where, wanted);
            if (json) {
                out().println(done.json());
            } else {
                done.print(out());
            }
            if (watch) {
                guard(where, wanted);
            }
            return CommandLine.ExitCode.OK;
        }
    }

    private static Differences plan(NetworkNamespace where, List<TableContent> wanted) {
        try (Nftables nftables = Nftables.open(where)) {
            return Differences.of(nftables, wanted, Devices.around(where));
        }
    }

    private static Differences apply(NetworkNamespace where, List<TableContent> wanted) {
        Surroundings around = Devices.around(where);
        AtomicReference<Differences> done =
                new AtomicReference<>(new Differences(List.of(), around));
        try (Nftables nftables = Nftables.open(where)) {
            nftables.apply(() -> {
                Differences differences = Differences.of(nftables, wanted, around);
                done.set(differences);
                return differences.toBatch();
            });
        }
        return done.get();
    }

    private void guard(NetworkNamespace where, List<TableContent> wanted) {
        try (TableGuard _ =
                TableGuard.open(where, wanted, event -> tell(event, Devices.around(where)))) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "weft: watching "
                                    + wanted.stream()
                                            .map(content -> content.table().toString())
                                            .collect(Collectors.joining(", "))
                                    + "; Ctrl-C ends it");
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(GuardEvent event, Surroundings around) {
        switch (event) {
            case GuardEvent.Repaired(
                            List<Generation> by,
                            List<Difference> differences,
                            Duration took) -> {
                out().println(
                                "repaired in "
                                        + milliseconds(took)
                                        + " what "
                                        + who(by)
                                        + " changed:");
                differences.forEach(difference -> Differences.print(difference, around, out()));
            }
            case GuardEvent.Refused(var reason) ->
                    spec.commandLine().getErr().println("weft: " + reason.getMessage());
            case GuardEvent.Lost() ->
                    spec.commandLine().getErr().println("weft: events were lost; looking anew");
        }
    }

    private static String who(List<Generation> by) {
        return by.isEmpty()
                ? "somebody"
                : by.stream()
                        .map(Generation::toString)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private static String milliseconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
