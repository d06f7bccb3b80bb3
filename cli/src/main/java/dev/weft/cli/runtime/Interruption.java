package dev.weft.cli.runtime;

import dev.weft.cni.runtime.CniRuntime;
import java.util.concurrent.CountDownLatch;

/// Lets an operation end in order when the program is told to end: the plugin that runs is told as
/// well, the operation is rolled back, and the program ends after that.
final class Interruption implements AutoCloseable {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(CniRuntime runtime) {
        hook = new Thread(() -> interrupt(runtime), "interruption");
    }

    static Interruption of(CniRuntime runtime) {
        Interruption interruption = new Interruption(runtime);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt(CniRuntime runtime) {
        runtime.cancel();
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        try {
            done.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// The operation is over, one way or the other.
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The hook runs already, and has just been told to end.
        }
    }
}
