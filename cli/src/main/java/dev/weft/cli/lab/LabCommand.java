package dev.weft.cli.lab;

import dev.weft.cli.lab.LabRun.Audience;
import dev.weft.cli.lab.LabRun.Report;
import dev.weft.linux.namespace.PrivateNamespaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `weft lab`: lists the labs, or runs one.
@Command(
        name = "lab",
        description = {
            "Build a small network in private namespaces and watch real packets cross it.",
            "Without a name, list the labs. Nothing on this machine is changed: the namespaces"
                    + " have no names and end with the program.",
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every situation went as expected",
            "1:a situation did not, or the kernel refused",
            "2:the command line is wrong"
        })
public final class LabCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "one of: ${COMPLETION-CANDIDATES}")
    private @Nullable String name;

    @Option(names = "--json", description = "print one JSON object, with the hops of every packet")
    private boolean json;

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            description = "en or zh; by default as the locale says")
    private Language language = Language.ofEnvironment();

    @Option(
            names = "--pcap",
            paramLabel = "DIR",
            description = "write DIR/NAME.pcapng: every packet at every device")
    private @Nullable Path pcapDirectory;

    @Option(names = "--step", description = "wait for Enter after each part")
    private boolean step;

    @Option(
            names = "--keep",
            description = {
                "leave the network up and say how to enter it; Enter, Ctrl-C or SIGTERM end it",
                "(without a keyboard, only a signal does)"
            })
    private boolean keep;

    /// Filled in by the command line.
    public LabCommand() {}

    /// The names that completion offers.
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Lab.all().stream().map(Lab::name).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        Texts texts = Texts.of(language);
        if (name == null) {
            list(texts);
            return CommandLine.ExitCode.OK;
        }
        Lab lab = Lab.find(name).orElseThrow(this::unknown);
        if (json && step) {
            throw new ParameterException(
                    spec.commandLine(), "--json has no steps: leave out --step");
        }
        PrivateNamespaces.ensure();
        if (pcapDirectory != null) {
            PcapFile.prepare(pcapDirectory);
        }
        try (LabRun run = new LabRun(lab)) {
            Report report = json ? runForProgram(run, texts) : runForPerson(run, lab, texts);
            return report.isOk() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        }
    }

    private ParameterException unknown() {
        String names = String.join(", ", new Names());
        return new ParameterException(
                spec.commandLine(), "there is no lab '" + name + "'; the labs are: " + names);
    }

    private void list(Texts texts) {
        if (json) {
            out().println(new LabJson(texts).list(Lab.all()));
        } else {
            LabText.list(Lab.all(), texts, out());
        }
    }

    private Report runForProgram(LabRun run, Texts texts) throws IOException {
        Report report = run.run(new Audience() {});
        writePcap(report);
        out().println(new LabJson(texts).report(report));
        keep(run, texts, spec.commandLine().getErr());
        return report;
    }

    private Report runForPerson(LabRun run, Lab lab, Texts texts) throws IOException {
        LabText text = new LabText(lab, texts, out(), Ansi.AUTO, () -> pause(texts));
        Report report = run.run(text);
        writePcap(report).ifPresent(file -> out().println("\n" + texts.of("pcap.written", file)));
        text.finished(report);
        keep(run, texts, out());
        return report;
    }

    private void keep(LabRun run, Texts texts, PrintWriter to) {
        if (keep) {
            LabText.enter(run.network(), texts, to);
            Keyboard.awaitEnterOrSignal();
        }
    }

    private Optional<Path> writePcap(Report report) throws IOException {
        return pcapDirectory == null
                ? Optional.empty()
                : Optional.of(PcapFile.write(pcapDirectory, report.lab().name(), report.seen()));
    }

    private void pause(Texts texts) {
        if (step) {
            out().print("\n" + texts.of("step.prompt"));
            out().flush();
            Keyboard.awaitEnter();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
