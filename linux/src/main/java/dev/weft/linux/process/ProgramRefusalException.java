package dev.weft.linux.process;

import java.util.List;

/// A program ran and answered no. Whoever knows the program's answers extends this with what they
/// mean.
public non-sealed class ProgramRefusalException extends ProgramException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String errors;

    /// A refusal.
    ///
    /// @param status as in [Program.Result]
    /// @param errors what the program wrote to its standard error
    /// @param message what was attempted, on what, what was answered
    public ProgramRefusalException(
            List<String> command, int status, String errors, String message) {
        super(command, message);
        this.status = status;
        this.errors = errors;
    }

    /// The exit status, as in [Program.Result].
    public int status() {
        return status;
    }

    /// What the program wrote to its standard error.
    public String errors() {
        return errors;
    }
}
