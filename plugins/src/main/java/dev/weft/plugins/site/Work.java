package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.linux.LinuxException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// One operation, as the small steps that it is made of.
///
/// An ADD is [#undoable]: when a step fails, those before it are undone in reverse, and the failure
/// names what could not be. A DEL is [#complete]: it goes on past failures and reports all of them.
/// An operation that dies between two steps leaves its attachment record, from which a DEL knows
/// what may be there.
public final class Work {
    /// A step that has been done, and how to undo it.
    private record Done(String name, Runnable undo) {}

    private final Steps steps;
    private final Deque<Done> done = new ArrayDeque<>();
    private final List<RuntimeException> failures = new ArrayList<>();

    private Work(Steps steps) {
        this.steps = steps;
    }

    /// Does all of it or nothing.
    public static <T> T undoable(Steps steps, Function<Work, T> operation) {
        Work work = new Work(steps);
        try {
            return operation.apply(work);
        } catch (CniException | LinuxException | UncheckedIOException failed) {
            work.undo();
            throw work.withUndoFailures(failed);
        }
    }

    /// Does what can be done.
    ///
    /// @throws CniException that tells every step that failed
    public static void complete(Steps steps, Consumer<Work> operation) {
        Work work = new Work(steps);
        operation.accept(work);
        work.report();
    }

    /// A step that needs no undoing.
    public <T> T step(String name, Supplier<T> action) {
        Runnable ended = steps.begin(name);
        try {
            return action.get();
        } finally {
            ended.run();
        }
    }

    /// A step that needs no undoing.
    public void step(String name, Runnable action) {
        step(name, asSupplier(action));
    }

    /// A step and its inverse. The inverse must also be right when the step was done by half.
    public <T> T step(String name, Supplier<T> action, Runnable undo) {
        done.push(new Done("undo " + name, undo));
        return step(name, action);
    }

    /// Has something undone if the operation fails from here on: what a step made that leaves
    /// nothing when it fails itself, and finds what is another's.
    public void onFailure(String name, Runnable undo) {
        done.push(new Done(name, undo));
    }

    /// A step and its inverse. The inverse must also be right when the step was done by half.
    public void step(String name, Runnable action, Runnable undo) {
        step(name, asSupplier(action), undo);
    }

    /// A step whose failure does not end the operation.
    public void attempt(String name, Runnable action) {
        attempt(name, asSupplier(action));
    }

    /// A step whose failure does not end the operation.
    ///
    /// @return nothing when it failed
    public <T> Optional<T> attempt(String name, Supplier<T> action) {
        try {
            return Optional.of(step(name, action));
        } catch (CniException | LinuxException | UncheckedIOException failed) {
            failures.add(failed);
            return Optional.empty();
        }
    }

    /// Whether every step so far went well.
    public boolean succeeded() {
        return failures.isEmpty();
    }

    private static Supplier<Boolean> asSupplier(Runnable action) {
        return () -> {
            action.run();
            return true;
        };
    }

    private void undo() {
        while (!done.isEmpty()) {
            Done last = done.pop();
            attempt(last.name(), last.undo());
        }
    }

    private CniException withUndoFailures(RuntimeException failed) {
        CniException cause = CniException.of(failed);
        if (failures.isEmpty()) {
            return cause;
        }
        CniException all =
                new CniException(
                        cause.code(),
                        cause.text(),
                        (cause.details().isEmpty() ? "" : cause.details() + "; ")
                                + "undoing left something, DEL removes it: "
                                + messages());
        all.initCause(failed);
        failures.forEach(all::addSuppressed);
        return all;
    }

    private void report() {
        if (failures.isEmpty()) {
            return;
        }
        CniException first = CniException.of(failures.getFirst());
        if (failures.size() == 1) {
            throw first;
        }
        CniException all = new CniException(first.code(), messages(), "");
        failures.forEach(all::addSuppressed);
        throw all;
    }

    private String messages() {
        return failures.stream()
                .map(failure -> String.valueOf(failure.getMessage()))
                .collect(Collectors.joining("; "));
    }
}
