package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The leases of one network, as one long-lived process or many short ones know them.
///
/// The directory is the truth, and other programs change it. What is known of it, in memory and in
/// the log, is right while the directory's time is the one that was set after the last change:
///
/// ```
///   lock --> time as known? --yes------------------------------------> work --> set time --> log
///                |no                                                     ^
///                +--> time as at the log's end? --yes--> read its rest --+
///                            |no                                         |
///                            +--> set time, compare every file, log -----+
/// ```
///
/// Also then, an address is only taken by making its file, and only released after reading it.
final class Leases {
    /// The kernel notes the time of its last tick, at most 10 ms ago (CONFIG_HZ of 100): of two
    /// changes this close, the second may leave no trace in a file's time.
    private static final long TICK_NANOS = Duration.ofMillis(20).toNanos();

    private final LeaseFiles files;
    private final LeaseLog log;
    private final InstantSource clock;
    private final Lock threads = new ReentrantLock();
    private final LeaseIndex index = new LeaseIndex();
    private final Map<Integer, IpNumber> lastReserved = new HashMap<>();

    /// The directory's time at which the index was right.
    private OptionalLong known = OptionalLong.empty();

    Leases(Path dataDirectory, String network, Boot boot, InstantSource clock, Disk disk) {
        this.files = new LeaseFiles(dataDirectory, network, disk);
        this.log = new LeaseLog(files.own(), boot, disk);
        this.clock = clock;
    }

    /// Works on the leases while nobody else does, and makes the directory where there is none.
    <T> T change(Function<Transaction, T> work) {
        threads.lock();
        try {
            if (!files.exist()) {
                files.create();
            }
            try (FileLock _ = files.lock()) {
                return new Transaction().run(work);
            }
        } finally {
            threads.unlock();
        }
    }

    /// As [#change], but without a directory there is nothing to work on.
    <T> Optional<T> changeExisting(Function<Transaction, T> work) {
        return files.exist() ? Optional.of(change(work)) : Optional.empty();
    }

    /// What one operation does under the lock: all of it, or as good as nothing.
    final class Transaction {
        private final List<LeaseLog.Change> changes = new ArrayList<>();
        private final List<Lease> reserved = new ArrayList<>();
        private boolean compared;

        private <T> T run(Function<Transaction, T> work) {
            catchUp();
            try {
                T result = work.apply(this);
                commit();
                return result;
            } catch (CniException | LinuxException failed) {
                undo(failed);
                throw failed;
            }
        }

        /// Takes back what this operation has reserved, and nothing else.
        private void undo(RuntimeException failed) {
            try {
                reserved.reversed().forEach(this::release);
            } catch (CniException | LinuxException left) {
                failed.addSuppressed(left);
            }
            commit();
        }

        private void commit() {
            if (changes.isEmpty()) {
                return;
            }
            known = OptionalLong.empty();
            save(() -> {
                long stamp = files.stamp(clock.instant());
                known = OptionalLong.of(stamp);
                log.append(changes, index, stamp);
            });
        }

        /// Notes what saves work later. Where that fails, the leases themselves are on the disk,
        /// and the next operation finds them by comparing, as after a kill.
        private void save(Runnable notes) {
            try {
                notes.run();
            } catch (CniException | LinuxException unsaved) {
                log.forget();
            }
        }

        private void catchUp() {
            long modified = files.modifiedNanos();
            if (known.equals(OptionalLong.of(modified))) {
                return;
            }
            lastReserved.clear();
            OptionalLong logged = logged();
            if (logged.isPresent()) {
                known = logged;
            }
            if (!logged.equals(OptionalLong.of(modified)) || log.isOfEarlierBoot()) {
                compare();
            }
        }

        /// A log that cannot be read is as good as none.
        private OptionalLong logged() {
            try {
                return log.read(index);
            } catch (CniException unreadable) {
                log.forget();
                return OptionalLong.empty();
            }
        }

        /// Compares every file with what is known, and reads those that differ. The directory's
        /// time is set before, so that what changes meanwhile will be seen next time.
        private void compare() {
            long certainUntil = known.isPresent() ? known.getAsLong() - TICK_NANOS : Long.MIN_VALUE;
            known = OptionalLong.empty();
            compared = true;
            files.sweep();
            long stamp = files.stamp(clock.instant());
            Set<IpNumber> found = new HashSet<>(files.list());
            Set<IpNumber> removed = new HashSet<>();
            found.stream().filter(address -> !isHeld(address, certainUntil)).forEach(removed::add);
            removed.forEach(files::release);
            found.removeAll(removed);
            index.retain(found);
            known = OptionalLong.of(removed.isEmpty() ? stamp : files.stamp(clock.instant()));
            save(() -> log.rewrite(index, known.getAsLong()));
        }

        /// Brings the index up to date about a file.
        ///
        /// @return whether the file is somebody's: not if it is empty, since then who made it was
        ///   killed; nor if it has not changed since the machine started, because then its
        ///   container has ended with all the others
        private boolean isHeld(IpNumber address, long certainUntil) {
            Optional<Long> known = index.find(address).map(Lease::modifiedNanos);
            boolean same = known.isPresent() && known.equals(files.modifiedNanos(address));
            if (same && log.isOfEarlierBoot()) {
                return false;
            }
            if (same && known.get() < certainUntil) {
                return true;
            }
            Optional<Lease> lease = files.read(address);
            lease.ifPresent(index::put);
            return lease.isPresent();
        }

        /// The leases of an attachment, as far as they are known.
        List<Lease> leasesOf(AttachmentId attachment) {
            return index.leasesOf(attachment);
        }

        /// All leases, as far as they are known.
        List<Lease> all() {
            return List.copyOf(index.all());
        }

        TakenAddresses taken() {
            return index.taken();
        }

        /// The address of a range set that was given away last.
        Optional<IpNumber> lastReserved(int rangeSet) {
            IpNumber last = lastReserved.get(rangeSet);
            return last == null ? files.lastReserved(rangeSet) : Optional.of(last);
        }

        /// Makes sure that an address that is taken as far as is known really is.
        ///
        /// @return false when everything had been compared already: then there is nothing new
        boolean refresh() {
            if (compared) {
                return false;
            }
            compare();
            return true;
        }

        /// Takes an address for an attachment, unless somebody has it.
        boolean reserve(int rangeSet, IpNumber address, AttachmentId owner) {
            Instant now = clock.instant();
            if (!files.reserve(address, owner, now) && !isReclaimed(address, owner, now)) {
                return false;
            }
            Lease lease = new Lease(address, owner, LeaseFiles.nanos(now));
            index.put(lease);
            reserved.add(lease);
            changes.add(new LeaseLog.Change(true, lease));
            files.sweep();
            files.lastReserved(rangeSet, address);
            lastReserved.put(rangeSet, address);
            return true;
        }

        /// Takes an address whose file turned out to be there.
        private boolean isReclaimed(IpNumber address, AttachmentId owner, Instant now) {
            Optional<Lease> other = files.read(address);
            other.ifPresent(lease -> {
                index.put(lease);
                changes.add(new LeaseLog.Change(true, lease));
            });
            if (other.isPresent()) {
                return false;
            }
            files.release(address);
            return files.reserve(address, owner, now);
        }

        /// Releases a lease, if its file still says what is known of it.
        void release(Lease lease) {
            Optional<Lease> found = files.read(lease.address());
            if (found.isPresent() && !found.get().owner().equals(lease.owner())) {
                index.put(found.get());
                changes.add(new LeaseLog.Change(true, found.get()));
                return;
            }
            files.release(lease.address());
            index.remove(lease.address());
            changes.add(new LeaseLog.Change(false, lease));
        }

        /// Whether a lease's file is there and says what is known of it.
        boolean isThere(Lease lease) {
            return files.read(lease.address()).map(Lease::owner).equals(Optional.of(lease.owner()));
        }
    }
}
