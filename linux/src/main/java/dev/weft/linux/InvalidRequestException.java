package dev.weft.linux;

/// A request that Weft refuses before the kernel sees it: a name that is too long, an address that
/// is none, a value outside its range.
public final class InvalidRequestException extends LinuxException {
    private static final long serialVersionUID = 1;

    public InvalidRequestException(String message) {
        super(message);
    }
}
