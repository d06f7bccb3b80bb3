package dev.weft.agent.protocol;

/// Bytes that are no message of this protocol.
public final class MalformedCallException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// With what is wrong.
    public MalformedCallException(String message) {
        super(message);
    }
}
