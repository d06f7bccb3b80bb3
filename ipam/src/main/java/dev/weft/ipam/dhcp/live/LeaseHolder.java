package dev.weft.ipam.dhcp.live;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.ipam.dhcp.LeaseDirectory;
import dev.weft.ipam.dhcp.SavedDhcpv6Lease;
import dev.weft.ipam.dhcp.SavedLease;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootClock;
import dev.weft.linux.file.BootId;
import dev.weft.linux.file.FileLock;
import dev.weft.linux.packet.FramePoll;
import dev.weft.linux.packet.FrameSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All DHCP leases of a node, held by one thread: it waits on the sockets of those that wait for an
/// answer, and for the time at which the next of the others has to ask.
///
/// One process at a time has the leases of a directory. What it leaves when it ends, the next one
/// takes up: addresses stay on their interfaces meanwhile.
public final class LeaseHolder implements AutoCloseable {
    /// Namespaces that vanished are noticed within as long.
    private static final long LOOK_MILLIS = 60_000;

    private static final int OWNER_ONLY = 0600;
    private static final String ENDING = "the holder of the DHCP leases is ending";

    private final Path path;
    private final LeaseDirectory directory;
    private final Consumer<String> journal;
    private final RandomGenerator random = new SecureRandom();
    private final FramePoll poll = new FramePoll();
    private final Map<LeaseKey, HeldLease> leases = new LinkedHashMap<>();

    /// To be closed while the thread does not wait on them.
    private final List<AutoCloseable> unneeded = new ArrayList<>();

    /// Closing waits for the kernel, which several threads do together as fast as one.
    private final ExecutorService closing =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().name("dhcp-close").daemon().factory());

    private @Nullable FileLock ownership;
    private @Nullable Thread thread;
    private boolean isClosing;
    private long lookMillis;

    /// Holds nothing yet.
    ///
    /// @param stateDirectory in which leases have a directory, made when there is one
    /// @param journal is told what becomes of leases, a line each
    public LeaseHolder(Path stateDirectory, Consumer<String> journal) {
        this.path = stateDirectory.resolve("dhcp");
        this.directory = new LeaseDirectory(path);
        this.journal = journal;
    }

    /// Takes up what the process before left; without that, the first ADD does.
    ///
    /// @throws CniException when another process has the leases
    public void resume() {
        if (Files.isDirectory(path)) {
            own();
        }
    }

    /// How many leases are held.
    public int count() {
        synchronized (leases) {
            return leases.size();
        }
    }

    /// Takes the leases, and up what the process before left.
    ///
    /// @throws CniException when another process has them, or this one is closed
    public void own() {
        synchronized (leases) {
            if (isClosing) {
                throw new CniException(ErrorCode.TRY_AGAIN_LATER, ENDING);
            }
            if (ownership == null) {
                takeOver();
            }
        }
    }

    private void takeOver() {
        try {
            Files.createDirectories(path);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make " + path, failed);
        }
        ownership =
                FileLock.tryAcquire(path.resolve("holder.lock"), OWNER_ONLY)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.TRY_AGAIN_LATER,
                                        "another process holds the DHCP leases of " + path));
        load();
        lookMillis = BootClock.millis() + LOOK_MILLIS;
        thread = Thread.ofPlatform().name("dhcp").daemon().start(this::run);
    }

    private void load() {
        LeaseDirectory.Content content = directory.load();
        content.unreadable().forEach(journal);
        BootId boot = BootId.current();
        for (SavedLease saved : content.leases()) {
            takeUp(resumed(saved), saved.bootId().equals(boot));
        }
        for (SavedDhcpv6Lease saved : content.dhcpv6Leases()) {
            takeUp(resumed(saved), saved.bootId().equals(boot));
        }
    }

    private void takeUp(HeldLease held, boolean isOfThisBoot) {
        if (isOfThisBoot) {
            leases.put(held.key(), held);
        } else {
            forget(held.key());
        }
    }

    private HeldLease resumed(SavedLease saved) {
        return HeldDhcpv4.saved(saved, directory, journal, random, BootClock.millis());
    }

    private HeldLease resumed(SavedDhcpv6Lease saved) {
        return HeldDhcpv6.saved(saved, directory, journal, random, BootClock.millis());
    }

    /// Gets a lease, or the one that is held already.
    ///
    /// @param link the interface, which is up
    /// @throws CniException when no server gave one in time, or another process has the leases
    Granted obtain(LeaseWish wish, LeasedLink link, Duration limit) {
        Optional<HeldLease> begun = begin(wish, link);
        if (begun.isEmpty()) {
            return lease(wish.key())
                    .orElseThrow(() ->
                            new CniException(
                                    ErrorCode.TRY_AGAIN_LATER,
                                    "the DHCP lease of " + wish.key() + " is being renegotiated"));
        }
        return await(begun.get(), limit);
    }

    /// @return nothing when it has begun already
    private Optional<HeldLease> begin(LeaseWish wish, LeasedLink link) {
        synchronized (leases) {
            own();
            HeldLease present = leases.get(wish.key());
            if (present != null && present.isFor(wish)) {
                return Optional.empty();
            }
            if (present != null) {
                drop(present);
            }
            long now = BootClock.millis();
            HeldLease held = wanted(wish, now);
            held.listen(link);
            leases.put(wish.key(), held);
            held.advance(now);
            poll.wake();
            return Optional.of(held);
        }
    }

    private HeldLease wanted(LeaseWish wish, long now) {
        return switch (wish) {
            case LeaseWish.OfDhcpv4 ofDhcpv4 ->
                    HeldDhcpv4.wanted(ofDhcpv4, directory, journal, random, now);
            case LeaseWish.OfDhcpv6 ofDhcpv6 ->
                    HeldDhcpv6.wanted(ofDhcpv6, directory, journal, random, now);
        };
    }

    private Granted await(HeldLease held, Duration limit) {
        boolean isHeld = false;
        try {
            Granted lease = held.acquired().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            isHeld = true;
            return lease;
        } catch (TimeoutException silence) {
            throw new CniException(
                    ErrorCode.TRY_AGAIN_LATER,
                    "no DHCP server gave an address within " + limit.toSeconds() + " s",
                    "is there one on the link of " + held.key().attachment().interfaceName() + "?");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CniException(
                    ErrorCode.TRY_AGAIN_LATER, "interrupted while waiting for a DHCP server");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? CniException.of(cause)
                    : new CniException(ErrorCode.INTERNAL, String.valueOf(failed.getCause()));
        } finally {
            if (!isHeld) {
                abandon(held);
            }
        }
    }

    /// The lease that an attachment has.
    Optional<Granted> lease(LeaseKey key) {
        synchronized (leases) {
            return Optional.ofNullable(leases.get(key)).flatMap(HeldLease::lease);
        }
    }

    /// Gives a lease back, also one that only its file knows. Takes half a second at most.
    void release(LeaseKey key) {
        end(() -> Optional.ofNullable(leases.get(key)).or(() -> onDisk(key)));
    }

    /// Gives up one that was not to be had, unless another one has its place by now.
    private void abandon(HeldLease held) {
        end(() -> Optional.of(held).filter(it -> leases.get(it.key()) == it));
    }

    private void end(Supplier<Optional<HeldLease>> choice) {
        Optional<HeldLease> ended;
        Optional<Consumer<LeasedLink>> farewell;
        synchronized (leases) {
            ended = choice.get();
            ended.ifPresent(this::drop);
            farewell = ended.map(held -> held.end(BootClock.millis()));
        }
        if (ended.isPresent() && farewell.isPresent()) {
            part(ended.get(), farewell.get());
        }
    }

    /// Of a process that has ended, when this one does not hold any.
    private Optional<HeldLease> onDisk(LeaseKey key) {
        return ownership != null ? Optional.empty() : onDisk(directory.load(), key).findFirst();
    }

    private Stream<HeldLease> onDisk(LeaseDirectory.Content content, LeaseKey key) {
        return Stream.<HeldLease>concat(
                        content.leases().stream().map(this::resumed),
                        content.dhcpv6Leases().stream().map(this::resumed))
                .filter(held -> held.key().equals(key));
    }

    private void part(HeldLease held, Consumer<LeasedLink> farewell) {
        try {
            Optional<LeasedLink> found = held.find();
            if (found.isPresent()) {
                try (LeasedLink link = found.get()) {
                    farewell.accept(link);
                }
            }
        } catch (LinuxException | UncheckedIOException failed) {
            // The server takes the address back when the lease ends.
            journal.accept("DHCP lease of " + held.key() + ": " + failed.getMessage());
        }
        synchronized (leases) {
            if (!leases.containsKey(held.key())) {
                forget(held.key());
            }
        }
    }

    /// Gives back what a network's attachments have that are not valid.
    void collect(String network, Set<AttachmentId> valid) {
        List<LeaseKey> abandoned;
        synchronized (leases) {
            if (Files.isDirectory(path)) {
                own();
            }
            abandoned =
                    leases.keySet().stream()
                            .filter(key -> key.network().equals(network))
                            .filter(key -> !valid.contains(key.attachment()))
                            .toList();
        }
        abandoned.forEach(this::release);
    }

    private void drop(HeldLease held) {
        leases.remove(held.key(), held);
        held.takeSockets().ifPresent(unneeded::add);
        poll.wake();
    }

    private void run() {
        try {
            Optional<Waiting> next = next();
            while (next.isPresent()) {
                Waiting waiting = next.get();
                List<FrameSocket> ready = poll.await(waiting.sockets(), waiting.limit());
                hear(ready);
                next = next();
            }
        } catch (RuntimeException failed) {
            journal.accept("DHCP leases are not extended any more: " + failed);
            throw failed;
        }
    }

    /// What to wait for.
    private record Waiting(List<FrameSocket> sockets, Duration limit) {}

    /// Does what is due.
    private Optional<Waiting> next() {
        synchronized (leases) {
            closeUnneeded();
            if (isClosing) {
                return Optional.empty();
            }
            long now = BootClock.millis();
            boolean isLooking = now >= lookMillis;
            lookMillis = isLooking ? now + LOOK_MILLIS : lookMillis;
            for (HeldLease held : List.copyOf(leases.values())) {
                advance(held, isLooking, now);
            }
            return Optional.of(waiting(now));
        }
    }

    private void advance(HeldLease held, boolean isLooking, long now) {
        guarded(
                held,
                () -> {
                    if (isLooking) {
                        held.look();
                    }
                    held.advance(now);
                });
        if (held.isGone() && held.acquired().isDone()) {
            journal.accept("DHCP lease of " + held.key() + ": its interface is gone");
            drop(held);
            guarded(held, () -> forget(held.key()));
        }
        held.takeIdleSockets().ifPresent(unneeded::add);
    }

    /// Whatever is wrong with one lease, the others are renewed.
    private void guarded(HeldLease held, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            journal.accept("DHCP lease of " + held.key() + ": " + failed);
        }
    }

    private void forget(LeaseKey key) {
        switch (key.family()) {
            case IPV4 -> directory.forget(key.network(), key.attachment());
            case IPV6 -> directory.forgetDhcpv6(key.network(), key.attachment());
        }
    }

    private Waiting waiting(long now) {
        closeUnneeded();
        long wakeUp = lookMillis;
        List<FrameSocket> sockets = new ArrayList<>();
        for (HeldLease held : leases.values()) {
            wakeUp = Math.min(wakeUp, held.wakeUpMillis());
            held.frames().ifPresent(sockets::add);
        }
        return new Waiting(sockets, Duration.ofMillis(Math.max(0, wakeUp - now)));
    }

    private void hear(List<FrameSocket> ready) {
        synchronized (leases) {
            long now = BootClock.millis();
            for (HeldLease held : List.copyOf(leases.values())) {
                if (held.frames().filter(ready::contains).isPresent()) {
                    guarded(held, () -> held.receive(poll, now));
                }
            }
        }
    }

    private void closeUnneeded() {
        unneeded.forEach(sockets -> closing.execute(() -> close(sockets)));
        unneeded.clear();
    }

    private void close(AutoCloseable sockets) {
        try {
            sockets.close();
        } catch (Exception failed) {
            journal.accept("cannot close a socket: " + failed.getMessage());
        }
    }

    /// Leaves the leases to the next process.
    @Override
    public void close() {
        Thread running;
        synchronized (leases) {
            if (isClosing) {
                return;
            }
            isClosing = true;
            running = thread;
            for (HeldLease held : leases.values()) {
                held.stop(ENDING);
                held.takeSockets().ifPresent(unneeded::add);
            }
            leases.clear();
        }
        poll.wake();
        join(running);
        closeUnneeded();
        closing.close();
        poll.close();
        if (ownership != null) {
            ownership.close();
        }
    }

    private static void join(@Nullable Thread running) {
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
