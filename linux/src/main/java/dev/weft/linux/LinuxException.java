package dev.weft.linux;

import dev.weft.linux.process.ProgramException;

/// Everything that can go wrong between Weft and the kernel, apart from bugs.
public abstract sealed class LinuxException extends RuntimeException
        permits KernelException,
                InvalidRequestException,
                MalformedMessageException,
                ProgramException {
    private static final long serialVersionUID = 1;

    /// For the family's members.
    protected LinuxException(String message) {
        super(message);
    }
}
