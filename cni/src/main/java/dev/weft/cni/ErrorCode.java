package dev.weft.cni;

/// The specification's error codes, and those that only the reference implementation has.
public enum ErrorCode {
    /// No code: a plugin failed without saying how.
    UNKNOWN(0),
    /// The plugin does not support the configuration's version.
    INCOMPATIBLE_VERSION(1),
    /// A key's value is not supported; the message names both.
    UNSUPPORTED_FIELD(2),
    /// The container does not exist: there is nothing to clean up.
    UNKNOWN_CONTAINER(3),
    /// An environment variable is missing or invalid; the message names it.
    INVALID_ENVIRONMENT(4),
    /// Reading or writing failed.
    IO_FAILURE(5),
    /// JSON, or what it should contain, could not be decoded.
    DECODING_FAILURE(6),
    /// The network configuration is invalid.
    INVALID_CONFIGURATION(7),
    /// `CNI_NETNS` is not a namespace to work on. Not in the specification.
    INVALID_NAMESPACE(8),
    /// The caller should try again later.
    TRY_AGAIN_LATER(11),
    /// STATUS: ADD would not be served.
    NOT_AVAILABLE(50),
    /// STATUS: ADD would not be served, and existing containers may have lost connectivity.
    LIMITED_CONNECTIVITY(51),
    /// Anything else, as the reference implementation says it. Not in the specification.
    INTERNAL(999);

    private final int number;

    ErrorCode(int number) {
        this.number = number;
    }

    /// The number in an error object.
    public int number() {
        return number;
    }
}
