package dev.weft.cni;

import com.google.gson.JsonObject;
import dev.weft.linux.InvalidRequestException;

/// An operation that failed, as an error object of the specification (section 5, "Error").
public final class CniException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;
    private final String text;
    private final String details;

    /// Of a code that need not be known.
    ///
    /// @param code below 100 the specification's, above a plugin's own
    /// @param text one line
    /// @param details more about it, or empty
    public CniException(int code, String text, String details) {
        super(details.isEmpty() ? text : text + "; " + details);
        this.code = code;
        this.text = text;
        this.details = details;
    }

    /// Of a known code.
    public CniException(ErrorCode code, String text, String details) {
        this(code.number(), text, details);
    }

    /// Of a known code, without details.
    public CniException(ErrorCode code, String text) {
        this(code, text, "");
    }

    /// Any failure of an operation: one that has no code is a configuration's, or internal.
    public static CniException of(RuntimeException failure) {
        if (failure instanceof CniException known) {
            return known;
        }
        String message = failure.getMessage();
        CniException wrapped =
                new CniException(code(failure), message == null ? failure.toString() : message);
        wrapped.initCause(failure);
        return wrapped;
    }

    /// What nobody can ask the kernel for, like a name that is too long, was configured.
    private static ErrorCode code(RuntimeException failure) {
        return failure instanceof InvalidRequestException
                ? ErrorCode.INVALID_CONFIGURATION
                : ErrorCode.INTERNAL;
    }

    /// The number in the error object.
    public int code() {
        return code;
    }

    /// Whether it has this code.
    public boolean is(ErrorCode other) {
        return code == other.number();
    }

    /// The error's line.
    public String text() {
        return text;
    }

    /// More about it, or empty.
    public String details() {
        return details;
    }

    /// Both on one line.
    public String message() {
        return details.isEmpty() ? text : text + "; " + details;
    }

    /// The error object.
    public JsonObject toJson() {
        JsonObject object = new JsonObject();
        object.addProperty("code", code);
        object.addProperty("msg", text);
        if (!details.isEmpty()) {
            object.addProperty("details", details);
        }
        return object;
    }
}
