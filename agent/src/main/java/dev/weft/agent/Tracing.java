package dev.weft.agent;

import dev.weft.plugins.site.Steps;
import org.jspecify.annotations.Nullable;

/// Gives the steps of plugins to the operation that their thread serves.
final class Tracing implements Steps {
    private static final ThreadLocal<@Nullable Operation> CURRENT = new ThreadLocal<>();

    /// The calling thread's operation from now on.
    void follow(Operation operation) {
        CURRENT.set(operation);
    }

    /// None any more.
    void leave() {
        CURRENT.remove();
    }

    @Override
    public Runnable begin(String name) {
        Operation operation = CURRENT.get();
        return operation == null ? Steps.NONE.begin(name) : operation.begin(name);
    }
}
