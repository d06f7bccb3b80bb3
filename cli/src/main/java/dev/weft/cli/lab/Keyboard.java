package dev.weft.cli.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/// Waiting for whoever sits at standard input, if anybody does.
final class Keyboard {
    private Keyboard() {}

    /// Waits for Enter; not at all at the end of input.
    ///
    /// @return whether it was pressed
    static boolean awaitEnter() {
        try {
            int read = System.in.read();
            while (read != '\n' && read >= 0) {
                read = System.in.read();
            }
            return read >= 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Waits for Enter, or for the signal that ends the program when nobody can press it: a program
    /// in the background, in a container or under a service manager is kept as well.
    static void awaitEnterOrSignal() {
        if (!awaitEnter()) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
