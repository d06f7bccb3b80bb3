package dev.weft.firewall.desired;

import dev.weft.firewall.Batch;
import dev.weft.firewall.Nftables;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.desired.Suspicion.TableName;
import dev.weft.firewall.event.RulesetEvent;
import dev.weft.firewall.event.RulesetEvents;
import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.LinuxException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Keeps tables as they are wanted: whoever changes, empties or removes one, it is repaired as soon
/// as the kernel tells of it. Other tables are neither read nor touched.
///
/// ```
///   RulesetEvents --> Suspicion --> Pace --> read ours --> Difference --> one transaction
///        |             ours? who?    when?                                     |
///        <------------- its generation is the guard's own: no news ------------'
/// ```
///
/// It has a thread of its own, of the platform, as waiting for events is a system call. The
/// listener runs there: while it does, nothing is repaired.
///
/// A table with [dev.weft.firewall.TableFlag#OWNER] needs no guard: the kernel refuses changes by
/// others, and `nft flush ruleset` passes it by. It goes when its owner's socket closes, unless it
/// says [dev.weft.firewall.TableFlag#PERSIST] (since Linux 6.9). A guard may own its tables.
public final class TableGuard implements AutoCloseable {
    private final Nftables nftables;
    private final RulesetEvents events;
    private final Consumer<GuardEvent> listener;

    /// Whoever has it may change the tables and what is wanted.
    private final ReentrantLock settling = new ReentrantLock();

    /// Changed under the lock.
    private Map<TableName, TableContent> wanted = Map.of();

    /// Used under the lock.
    private final Decoded decoded = new Decoded();

    private volatile Set<TableName> ours = Set.of();

    /// The generation up to which the tables are known to be as wanted.
    private volatile int known;

    private volatile boolean open = true;

    /// What a transaction was planned after.
    private record Plan(int generation, List<Difference> differences) {
        /// The generation that it leads to; the kernel passes 0 by.
        int outcome() {
            int next = generation + 1 == 0 ? 1 : generation + 1;
            return differences.isEmpty() ? generation : next;
        }
    }

    private TableGuard(Nftables nftables, RulesetEvents events, Consumer<GuardEvent> listener) {
        this.nftables = nftables;
        this.events = events;
        this.listener = listener;
    }

    /// Makes tables what they should be, and keeps them so from then on.
    ///
    /// @param listener is told what happens, on the guard's thread
    /// @throws KernelException when the kernel refuses what is wanted; nothing is changed then
    public static TableGuard open(
            NetworkNamespace namespace, List<TableContent> wanted, Consumer<GuardEvent> listener) {
        Nftables nftables = Nftables.open(namespace);
        try {
            RulesetEvents events = RulesetEvents.open(namespace);
            TableGuard guard = new TableGuard(nftables, events, listener);
            guard.begin(wanted);
            return guard;
        } catch (LinuxException failed) {
            nftables.close();
            throw failed;
        }
    }

    private void begin(List<TableContent> first) {
        try {
            replace(first);
        } catch (LinuxException failed) {
            events.close();
            throw failed;
        }
        Thread.ofPlatform().daemon().name("table-guard").start(new Watching(this)::run);
    }

    /// Wants other tables from now on, in one transaction: those that are not wanted any more are
    /// removed. From any thread.
    ///
    /// @throws KernelException when the kernel refuses; everything stays as it was wanted before
    /// @throws InvalidRequestException when a table is there twice or says another one's objects
    public void replace(List<TableContent> next) {
        Map<TableName, TableContent> byName = new LinkedHashMap<>();
        for (TableContent content : next) {
            if (byName.put(TableName.of(content.table()), content) != null) {
                throw new InvalidRequestException(content.table() + " is wanted twice");
            }
        }
        settling.lock();
        try {
            if (!open) {
                throw new IllegalStateException("the guard is closed");
            }
            settle(byName);
            wanted = byName;
            ours = Set.copyOf(byName.keySet());
        } finally {
            settling.unlock();
        }
    }

    /// Looks at the tables and repairs them.
    ///
    /// @return what was done; nothing after [#close]
    List<Difference> repair() {
        settling.lock();
        try {
            return open ? settle(wanted) : List.of();
        } finally {
            settling.unlock();
        }
    }

    private List<Difference> settle(Map<TableName, TableContent> next) {
        List<Plan> plans = new ArrayList<>();
        nftables.apply(() -> {
            plans.add(plan(next));
            Batch batch = new Batch();
            plans.getLast().differences().forEach(difference -> difference.addTo(batch));
            return batch;
        });
        known = plans.getLast().outcome();
        return plans.getLast().differences();
    }

    private Plan plan(Map<TableName, TableContent> next) {
        decoded.forget();
        int generation = nftables.generation();
        List<Difference> differences = new ArrayList<>();
        wanted.forEach((name, before) -> {
            if (!next.containsKey(name) && read(before.table()).isPresent()) {
                differences.add(Difference.removal(before.table()));
            }
        });
        for (TableContent content : next.values()) {
            Difference difference = Difference.between(read(content.table()), content, decoded);
            if (!difference.isEmpty()) {
                differences.add(difference);
            }
        }
        return new Plan(generation, differences);
    }

    private Optional<TableContent> read(Table table) {
        try {
            return Optional.of(nftables.read(table));
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    boolean isOpen() {
        return open;
    }

    /// The next event as far as it matters here.
    Optional<RulesetEvent> next(Duration limit) {
        try {
            return events.next(limit);
        } catch (MalformedMessageException _) {
            return Optional.of(new RulesetEvent.Lost());
        }
    }

    void take(RulesetEvent event, Suspicion suspicion) {
        suspicion.take(event, ours, known);
    }

    /// A listener that fails is the program's own affair, and no reason to leave tables broken.
    void tell(GuardEvent event) {
        if (!open) {
            return;
        }
        try {
            listener.accept(event);
        } catch (RuntimeException failed) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, failed);
        }
    }

    /// Ends it: nothing is repaired from then on. The tables stay as they are.
    @Override
    public void close() {
        open = false;
        events.close();
        settling.lock();
        try {
            nftables.close();
        } finally {
            settling.unlock();
        }
    }
}
