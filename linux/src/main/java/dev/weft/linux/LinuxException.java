package dev.weft.linux;

/// Everything that can go wrong between Weft and the kernel, apart from bugs.
public abstract sealed class LinuxException extends RuntimeException
        permits KernelException, InvalidRequestException, MalformedMessageException {
    private static final long serialVersionUID = 1;

    LinuxException(String message) {
        super(message);
    }
}
