package dev.weft.cni.runtime;

import dev.weft.cni.CniException;
import dev.weft.linux.LinuxException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The failures of steps that are all taken, whatever happens to the others.
final class Failures {
    private final List<CniException> failures = new ArrayList<>();

    /// Takes a step; it may fail.
    void collect(Runnable step) {
        try {
            step.run();
        } catch (CniException | LinuxException | UncheckedIOException failed) {
            failures.add(CniException.of(failed));
        }
    }

    boolean isEmpty() {
        return failures.isEmpty();
    }

    String text() {
        return failures.stream().map(CniException::message).collect(Collectors.joining("; "));
    }

    /// Throws what failed: several as one, with the first one's code.
    void throwAny() {
        if (failures.size() == 1) {
            throw failures.getFirst();
        }
        if (!failures.isEmpty()) {
            CniException all = new CniException(failures.getFirst().code(), text(), "");
            failures.forEach(all::addSuppressed);
            throw all;
        }
    }
}
