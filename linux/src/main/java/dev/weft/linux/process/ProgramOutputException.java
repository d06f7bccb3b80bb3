package dev.weft.linux.process;

import java.util.List;

/// A program was killed, with the processes it had started, because it wrote more than was
/// accepted.
public final class ProgramOutputException extends ProgramException {
    private static final long serialVersionUID = 1;

    private final int limitBytes;

    ProgramOutputException(List<String> command, int limitBytes) {
        super(command, name(command) + " wrote more than " + limitBytes + " bytes and was killed");
        this.limitBytes = limitBytes;
    }

    /// How much was accepted, of each output.
    public int limitBytes() {
        return limitBytes;
    }
}
