package dev.weft.firewall.iptables;

import dev.weft.firewall.iptables.IptablesException.Attempt;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.process.Program;
import dev.weft.linux.process.ProgramException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The rules of one family in one namespace, by the command `iptables`. From any thread.
///
/// Tables, chains and the options of rules are those of the command, and are looked through before
/// anything is executed. A refusal is an [IptablesException]; a program that is missing, hangs or
/// floods is another [ProgramException]. Positions count from 1.
///
/// Each method is one run of a program, about two milliseconds, unless it says otherwise. For many
/// changes, or several that belong together, use a [Transaction].
public final class Iptables {
    private final Executables executables;
    private final IpFamily family;
    private final Version version;
    private final List<String> lockOptions;

    private Iptables(
            Executables executables, IpFamily family, Version version, List<String> lockOptions) {
        this.executables = executables;
        this.family = family;
        this.version = version;
        this.lockOptions = List.copyOf(lockOptions);
    }

    /// Looks for the program and asks it for its version, once.
    ///
    /// @throws ProgramException when it is not installed
    /// @throws InvalidRequestException when it is older than [Version#OLDEST]
    public static Iptables open(IptablesOptions options) {
        Path chosen = options.program();
        Path main =
                chosen == null
                        ? Program.require(options.variant().program(options.family()))
                        : chosen;
        Executables executables = new Executables(main, options.namespace(), options.limit());
        Version version = probe(executables);
        return new Iptables(
                executables,
                options.family(),
                version,
                lockOptions(version, options.waitSeconds()));
    }

    private static List<String> lockOptions(Version version, int waitSeconds) {
        return List.of(
                version.hasWaitSeconds() && waitSeconds > 0 ? "--wait=" + waitSeconds : "--wait");
    }

    private static Version probe(Executables executables) {
        List<String> arguments = List.of("--version");
        Program.Result result = executables.run(executables.main(), arguments, "");
        if (result.status() != 0) {
            throw IptablesException.of(
                    executables.attempt(arguments, "read the version", "", ""),
                    result.status(),
                    result.errors());
        }
        Version version = Version.parse(result.output());
        if (version.compareTo(Version.OLDEST) < 0) {
            throw new InvalidRequestException(
                    executables.main()
                            + " is "
                            + version
                            + "; the oldest that works is "
                            + Version.OLDEST);
        }
        return version;
    }

    /// The family of the rules.
    public IpFamily family() {
        return family;
    }

    /// The program's version, and what it can do.
    public Version version() {
        return version;
    }

    /// Whether the program acts on x_tables or on nftables.
    public Mode mode() {
        return version.mode();
    }

    /// Whether the chain has the rule, compared by the program: other spellings are found.
    public boolean exists(String table, String chain, String... specification) {
        if (hasFaultyCheck()) {
            return existsByTrial(table, chain, specification);
        }
        Command command =
                command("check a rule of", table, chain, "-C").add(chain).rule(specification);
        Program.Result result = command.run();
        if (result.status() == 1 && command.problem(result).isNotExist()) {
            return false;
        }
        command.require(result);
        return true;
    }

    /// `ip6tables-legacy` of 1.8.9 compares only which modules a rule has when it checks, but all
    /// of it when it deletes.
    private boolean hasFaultyCheck() {
        return family == IpFamily.IPV6 && version.equals(new Version(1, 8, 9, Mode.LEGACY));
    }

    /// Whether the rule could be deleted.
    private boolean existsByTrial(String table, String chain, String... specification) {
        Transaction deletion = new Transaction().delete(table, chain, specification);
        List<String> arguments = restoring("--test");
        Program.Result result = executables.run(executables.restore(), arguments, deletion.text());
        if (result.status() > 1) {
            throw refusal(arguments, deletion, result);
        }
        return result.status() == 0;
    }

    /// Adds a rule at the end.
    public void append(String table, String chain, String... specification) {
        command("append a rule to", table, chain, "-A").add(chain).rule(specification).orFail();
    }

    /// Adds a rule at the end unless the chain has it: two runs, between which others may act.
    public void appendUnique(String table, String chain, String... specification) {
        if (!exists(table, chain, specification)) {
            append(table, chain, specification);
        }
    }

    /// Adds a rule so that it is at a position.
    public void insert(String table, String chain, int position, String... specification) {
        command("insert a rule into", table, chain, "-I")
                .add(chain, Syntax.position(position))
                .rule(specification)
                .orFail();
    }

    /// Adds a rule at a position unless the chain has it: two runs.
    public void insertUnique(String table, String chain, int position, String... specification) {
        if (!exists(table, chain, specification)) {
            insert(table, chain, position, specification);
        }
    }

    /// Puts a rule in the place of another.
    public void replace(String table, String chain, int position, String... specification) {
        command("replace a rule of", table, chain, "-R")
                .add(chain, Syntax.position(position))
                .rule(specification)
                .orFail();
    }

    /// Takes the first such rule away.
    ///
    /// @throws IptablesException that says not exist when there is none
    public void delete(String table, String chain, String... specification) {
        command("delete a rule of", table, chain, "-D").add(chain).rule(specification).orFail();
    }

    /// Takes the first such rule away, if there is one: two runs.
    ///
    /// @return whether there was
    public boolean deleteIfExists(String table, String chain, String... specification) {
        boolean found = exists(table, chain, specification);
        if (found) {
            delete(table, chain, specification);
        }
        return found;
    }

    /// Takes the rule at a position away.
    public void deleteAt(String table, String chain, int position) {
        command("delete rule " + position + " of", table, chain, "-D")
                .add(chain, Syntax.position(position))
                .orFail();
    }

    /// The chain's policy or name and its rules, as lines of `iptables -S`.
    public List<String> list(String table, String chain) {
        return listing(table, chain, "-S").add(chain).lines();
    }

    /// As [#list], with counters as `-c packets bytes` in each line.
    public List<String> listWithCounters(String table, String chain) {
        return listing(table, chain, "-v", "-S").add(chain).lines().stream()
                .map(Iptables::withCountersBehind)
                .toList();
    }

    /// Some versions write counters in front of the rule.
    static String withCountersBehind(String line) {
        return line.startsWith("[") ? Rule.tryParse(line).map(Rule::toString).orElse(line) : line;
    }

    /// The rule at a position, or nothing when the chain has fewer.
    public Optional<Rule> ruleAt(String table, String chain, int position) {
        return listing(table, chain, "-S").add(chain, Syntax.position(position)).lines().stream()
                .filter(line -> line.startsWith("-A"))
                .findFirst()
                .map(Rule::parse);
    }

    /// The chain's rules as `iptables -L -n -v -x` shows them: packets, bytes, target, protocol,
    /// fragment option, interfaces in and out, source, destination, and the rest.
    public List<List<String>> stats(String table, String chain) {
        return structuredStats(table, chain).stream().map(Statistics::columns).toList();
    }

    /// As [#stats], with numbers and networks.
    public List<Statistics> structuredStats(String table, String chain) {
        return Statistics.parse(
                listing(table, chain, "-n", "-v", "-x", "-L").add(chain).lines(), family);
    }

    /// The table with all chains, rules and counters, of one moment: one run of `iptables-save`.
    ///
    /// @throws MalformedMessageException when it prints what is no table
    public SavedTable read(String table) {
        List<String> arguments = List.of("-t", Syntax.table(table), "-c");
        Attempt attempt = executables.attempt(executables.save(), arguments, "read", table, "");
        Program.Result result = executables.run(executables.save(), arguments, "");
        Problem problem = Problem.of(result.errors() + remarks(result.output()));
        if (result.status() != 0 || problem == Problem.INCOMPATIBLE) {
            throw IptablesException.of(
                    attempt, problem, result.status(), result.errors() + remarks(result.output()));
        }
        return SavedTable.parse(result.output()).stream()
                .findFirst()
                .orElseGet(() -> new SavedTable(table, List.of()));
    }

    /// The names of a table's chains.
    public List<String> chains(String table) {
        return whole("list", table, "-S").lines().stream()
                .filter(line -> line.startsWith("-P ") || line.startsWith("-N "))
                .map(line -> line.split(" ", -1)[1])
                .toList();
    }

    /// Whether the table has the chain.
    public boolean chainExists(String table, String chain) {
        Command command = listing(table, chain, "-S").add(chain, "1");
        Program.Result result = command.run();
        if (result.status() == 1 && command.problem(result) == Problem.CHAIN_MISSING) {
            return false;
        }
        command.require(result);
        return true;
    }

    /// Makes a chain.
    ///
    /// @throws IptablesException with [Problem#CHAIN_EXISTS] when there is one
    public void newChain(String table, String chain) {
        command("make", table, chain, "-N").add(Syntax.newChain(chain)).orFail();
    }

    /// Makes sure that a chain is there and has no rules: up to two runs.
    public void clearChain(String table, String chain) {
        Command command = command("make", table, chain, "-N").add(Syntax.newChain(chain));
        Program.Result result = command.run();
        if (result.status() != 0 && command.problem(result) == Problem.CHAIN_EXISTS) {
            command("flush", table, chain, "-F").add(chain).orFail();
        } else {
            command.require(result);
        }
    }

    /// Gives a chain another name. Rules that jump to it still do.
    public void renameChain(String table, String chain, String name) {
        command("rename", table, chain, "-E").add(chain, Syntax.newChain(name)).orFail();
    }

    /// Takes an empty chain away that no rule jumps to.
    public void deleteChain(String table, String chain) {
        command("delete", table, chain, "-X").add(chain).orFail();
    }

    /// Takes a chain away with its rules, if it is there: up to three runs.
    public void clearAndDeleteChain(String table, String chain) {
        if (chainExists(table, chain)) {
            command("flush", table, chain, "-F").add(chain).orFail();
            deleteChain(table, chain);
        }
    }

    /// Takes all rules of a table away.
    public void clearAll(String table) {
        whole("flush", table, "-F").orFail();
    }

    /// Takes all chains of a table away that users have made, which are to be empty.
    public void deleteAll(String table) {
        whole("delete the chains of", table, "-X").orFail();
    }

    /// Sets what becomes of packets that no rule of one of the kernel's chains has decided on.
    ///
    /// @param policy `ACCEPT` or `DROP`
    public void changePolicy(String table, String chain, String policy) {
        command("set the policy of", table, chain, "-P").add(chain, Syntax.policy(policy)).orFail();
    }

    /// Sets the counters of a chain and its rules to zero.
    public void zero(String table, String chain) {
        command("zero the counters of", table, chain, "-Z").add(chain).orFail();
    }

    /// Sets the counters of a rule to zero.
    public void zeroAt(String table, String chain, int position) {
        command("zero rule " + position + " of", table, chain, "-Z")
                .add(chain, Syntax.position(position))
                .orFail();
    }

    /// Makes all changes of a transaction, table by table; of a table all, or none.
    ///
    /// @throws IptablesException of the first change that was refused, naming it and the tables
    ///   that are changed already
    public void apply(Transaction transaction) {
        if (!version.hasRestoreWait()) {
            throw new InvalidRequestException(
                    "transactions need iptables 1.6.2, and this is " + version);
        }
        if (transaction.isEmpty()) {
            return;
        }
        List<String> arguments = restoring();
        Program.Result result =
                executables.run(executables.restore(), arguments, transaction.text());
        if (result.status() != 0) {
            throw refusal(arguments, transaction, result);
        }
    }

    private List<String> restoring(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--noflush"));
        arguments.addAll(lockOptions);
        arguments.addAll(List.of(options));
        return arguments;
    }

    private IptablesException refusal(
            List<String> arguments, Transaction transaction, Program.Result result) {
        Transaction.Failure failure = transaction.failure(result.errors());
        return IptablesException.of(
                executables.attempt(
                        executables.restore(),
                        arguments,
                        failure.deed(),
                        failure.table(),
                        failure.chain()),
                result.status(),
                result.errors());
    }

    private static String remarks(String output) {
        return output.lines().filter(Iptables::isRemark).collect(Collectors.joining("\n"));
    }

    private static boolean isRemark(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    private Command listing(String table, String chain, String... options) {
        return command("list", table, chain, options);
    }

    private Command command(String deed, String table, String chain, String... options) {
        return new Command(deed, Syntax.table(table), Syntax.chain(chain), options);
    }

    private Command whole(String deed, String table, String... options) {
        return new Command(deed, Syntax.table(table), "", options);
    }

    /// A run of the main program.
    private final class Command {
        private final String deed;
        private final String table;
        private final String chain;
        private final List<String> arguments = new ArrayList<>(lockOptions);

        Command(String deed, String table, String chain, String... options) {
            this.deed = deed;
            this.table = table;
            this.chain = chain;
            arguments.addAll(List.of("-t", table));
            arguments.addAll(List.of(options));
        }

        Command add(String... words) {
            arguments.addAll(Arrays.asList(words));
            return this;
        }

        Command rule(String... specification) {
            arguments.addAll(Syntax.specification(List.of(specification)));
            return this;
        }

        Program.Result run() {
            return executables.run(executables.main(), arguments, "");
        }

        /// What a refusal means. The nft variant calls a chain incompatible that is not there; it
        /// is only when the whole table is.
        Problem problem(Program.Result result) {
            Problem problem = Problem.of(result.errors());
            return problem == Problem.CHAIN_MISSING && result.errors().contains("incompatible")
                    ? ofTable()
                    : problem;
        }

        private Problem ofTable() {
            Program.Result whole = new Command(deed, table, "", "-S").run();
            return whole.status() == 0 ? Problem.CHAIN_MISSING : Problem.of(whole.errors());
        }

        Program.Result require(Program.Result result) {
            if (result.status() != 0) {
                throw IptablesException.of(
                        executables.attempt(arguments, deed, table, chain),
                        problem(result),
                        result.status(),
                        result.errors());
            }
            return result;
        }

        void orFail() {
            require(run());
        }

        List<String> lines() {
            return require(run()).output().lines().filter(line -> !isRemark(line)).toList();
        }
    }
}
