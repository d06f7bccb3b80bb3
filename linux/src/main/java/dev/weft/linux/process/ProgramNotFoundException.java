package dev.weft.linux.process;

import java.util.List;

/// There is no such program, or it is no file that may be executed.
public final class ProgramNotFoundException extends ProgramException {
    private static final long serialVersionUID = 1;

    ProgramNotFoundException(String program, String places) {
        super(
                List.of(program),
                "cannot find program " + program + " " + places + "; install it, or give its path");
    }
}
