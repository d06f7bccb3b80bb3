package dev.weft.agent;

import dev.weft.plugins.site.Steps;
import java.util.concurrent.atomic.AtomicInteger;

/// A hook for tests: the process ends before a given step, as `kill -9` would end it there. The
/// system property [#PROPERTY] tells which, counted from 1 over all operations of the process.
final class HaltingSteps implements Steps {
    static final String PROPERTY = "weft.test.halt-before-step";

    /// 128 and SIGKILL, as a shell would tell of it.
    private static final int KILLED = 137;

    private final Steps others;
    private final int last;
    private final AtomicInteger begun = new AtomicInteger();

    private HaltingSteps(Steps others, int last) {
        this.others = others;
        this.last = last;
    }

    /// The same steps, unless the property is set.
    static Steps around(Steps steps) {
        Integer last = Integer.getInteger(PROPERTY);
        return last == null ? steps : new HaltingSteps(steps, last);
    }

    @Override
    public Runnable begin(String name) {
        if (begun.incrementAndGet() == last) {
            Runtime.getRuntime().halt(KILLED);
        }
        return others.begin(name);
    }
}
