package dev.weft.linux.process;

import java.time.Duration;
import java.util.List;

/// A program was killed, with the processes it had started, because its time was over.
public final class ProgramTimedOutException extends ProgramException {
    private static final long serialVersionUID = 1;

    private final Duration limit;

    ProgramTimedOutException(List<String> command, Duration limit, String errors) {
        super(
                command,
                name(command)
                        + " did not end within "
                        + limit.toMillis()
                        + " ms and was killed"
                        + (errors.isBlank() ? "" : ": " + errors.strip()));
        this.limit = limit;
    }

    /// How long it was given.
    public Duration limit() {
        return limit;
    }
}
