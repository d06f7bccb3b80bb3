package dev.weft.linux;

/// Bytes that are not what they claim to be: a message or attribute that ends too early, or a value
/// of the wrong size. The message names the place.
public final class MalformedMessageException extends LinuxException {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message) {
        super(message);
    }
}
