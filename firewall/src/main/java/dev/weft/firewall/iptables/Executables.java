package dev.weft.firewall.iptables;

import dev.weft.firewall.iptables.IptablesException.Attempt;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The three programs of one variant and family, and how they are run.
///
/// @param main `iptables`; the others are beside it, with `-save` and `-restore` at the end
/// @param namespace where they act; nothing for the caller's
/// @param limit how long one run may take
record Executables(Path main, @Nullable NetworkNamespace namespace, Duration limit) {
    /// What the programs look at: where to find modprobe, and their own settings.
    private static final List<String> PASSED_ON =
            List.of("XTABLES_LOCKFILE", "XTABLES_LIBDIR", "IPTABLES_LIB_DIR");

    private static final Map<String, String> ENVIRONMENT = environment();

    private static Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("LC_ALL", "C");
        variables.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        for (String name : PASSED_ON) {
            String value = System.getenv(name);
            if (value != null) {
                variables.put(name, value);
            }
        }
        return Map.copyOf(variables);
    }

    /// The name of the main program.
    String name() {
        return String.valueOf(main.getFileName());
    }

    Path save() {
        return main.resolveSibling(name() + "-save");
    }

    Path restore() {
        return main.resolveSibling(name() + "-restore");
    }

    Program.Result run(Path program, List<String> arguments, String input) {
        Program prepared =
                Program.of(program, arguments)
                        .withEnvironment(ENVIRONMENT)
                        .withInput(input)
                        .withLimit(limit);
        NetworkNamespace place = namespace;
        return place == null ? prepared.run() : prepared.run(place);
    }

    /// An attempt of the main program, for its refusal.
    Attempt attempt(List<String> arguments, String deed, String table, String chain) {
        return attempt(main, arguments, deed, table, chain);
    }

    Attempt attempt(Path program, List<String> arguments, String deed, String table, String chain) {
        String place =
                (chain.isEmpty() ? "" : " chain " + chain + " of")
                        + (table.isEmpty() ? "" : " table " + table);
        return new Attempt(
                Stream.concat(Stream.of(program.toString()), arguments.stream()).toList(),
                deed + place + " (" + program.getFileName() + ")",
                table,
                chain);
    }
}
