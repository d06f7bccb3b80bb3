package dev.weft.agent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks now and then whether an operation takes too long, or a site is not used any more. It is a
/// look instead of an alarm for each operation, because setting one costs each operation a wake-up.
final class Watch implements AutoCloseable {
    private static final long MOST_MILLIS = 10_000;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Watch() {}

    static Watch start(Duration operationLimit, Sites sites, Operations operations) {
        Watch watch = new Watch();
        long interval = Math.min(MOST_MILLIS, operationLimit.toMillis() / 4);
        Thread.ofPlatform()
                .name("watch")
                .daemon()
                .start(() -> {
                    while (!watch.isOver(interval)) {
                        operations.interruptAfter(operationLimit);
                        sites.closeIdle(Sites.IDLE_LIMIT);
                    }
                });
        return watch;
    }

    private boolean isOver(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
