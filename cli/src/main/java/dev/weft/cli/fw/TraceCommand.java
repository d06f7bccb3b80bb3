package dev.weft.cli.fw;

import dev.weft.firewall.Nftables;
import dev.weft.firewall.event.TraceEvent;
import dev.weft.firewall.event.TraceEvents;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `weft fw trace`: follows packets through the ruleset.
@Command(
        name = "trace",
        description = {
            "Show the way of packets through the ruleset: every rule that matches, and what it"
                    + " decides.",
            "Without a choice of packets, those are shown that rules with `meta nftrace set 1` mark."
                    + " With one, a table of its own marks them; it goes when the program ends."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:so many packets were shown",
            "1:the kernel refused",
            "2:the command line is wrong",
            "130:ended by Ctrl-C",
            "143:ended by SIGTERM"
        })
final class TraceCommand implements Callable<Integer> {
    /// How long it waits at a time; nothing depends on it.
    private static final Duration LONG = Duration.ofHours(1);

    /// When the last packet has taken no step for so long, it is through.
    private static final Duration QUIET = Duration.ofMillis(200);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Mixin private NamespaceOption namespace = new NamespaceOption();

    @Mixin private TraceFilter filter = new TraceFilter();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "PACKETS",
            description = "end after so many packets")
    private int count = Integer.MAX_VALUE;

    @Option(names = "--json", description = "print a JSON object for each step, one a line")
    private boolean json;

    @Override
    public Integer call() {
        try {
            filter.check();
        } catch (InvalidRequestException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--count is 1 or more, not " + count);
        }
        try (NetworkNamespace where = namespace.open();
                TraceEvents events = TraceEvents.open(where);
                TraceReport report = TraceReport.open(where, json, spec.commandLine().getOut())) {
            if (filter.isGiven()) {
                try (Nftables _ = filter.mark(where, TraceFilter.table())) {
                    follow(events, report);
                }
            } else {
                follow(events, report);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void follow(TraceEvents events, TraceReport report) {
        spec.commandLine().getErr().println("weft: waiting for packets; Ctrl-C ends it");
        long end = Long.MAX_VALUE;
        while (report.packets() < count || System.nanoTime() < end) {
            Optional<TraceEvents.Told> told = events.next(report.packets() < count ? LONG : QUIET);
            if (told.isEmpty() && report.packets() >= count) {
                return;
            }
            if (told.map(step -> tell(step, report)).orElse(false)) {
                end = System.nanoTime() + QUIET.toNanos();
            }
        }
    }

    /// @return whether it was a step of a packet that is shown
    private boolean tell(TraceEvents.Told told, TraceReport report) {
        switch (told) {
            case TraceEvents.Told.Step(TraceEvent step) -> {
                boolean wanted = report.packets() < count || report.knows(step);
                if (wanted) {
                    report.step(step);
                }
                return wanted;
            }
            case TraceEvents.Told.Lost() -> {
                spec.commandLine()
                        .getErr()
                        .println("weft: more steps came than were taken; some are lost");
                return false;
            }
        }
    }
}
