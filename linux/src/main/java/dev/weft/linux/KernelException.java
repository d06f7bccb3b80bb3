package dev.weft.linux;

/// The kernel refused: what was attempted, on which object, what it answered, what to try.
///
/// `errno` is the kernel's positive number; [#is] compares it with a name. `detail` is what an
/// extended acknowledgement said (the attribute by name, the kernel's own text), or empty.
public final class KernelException extends LinuxException {
    private static final long serialVersionUID = 1;

    private final int errno;
    private final String operation;
    private final String object;
    private final String detail;

    private KernelException(
            String message, int errno, String operation, String object, String detail) {
        super(message);
        this.errno = errno;
        this.operation = operation;
        this.object = object;
        this.detail = detail;
    }

    /// A refusal without an extended answer.
    ///
    /// @param errno positive
    /// @param operation a verb phrase, "create link"
    /// @param object what it was to be done to, "veth web0"
    public static KernelException of(int errno, String operation, String object) {
        return of(errno, operation, object, "");
    }

    /// As [#of], with the kernel's extended answer.
    public static KernelException of(int errno, String operation, String object, String detail) {
        String message = refusal(errno, operation, object, detail) + advice(errno);
        return new KernelException(message, errno, operation, object, detail);
    }

    /// A refusal that Weft can explain better than the errno's general advice, which is left out.
    ///
    /// @param explanation what is wrong and, where something helps, what to do
    public static KernelException explained(
            int errno, String operation, String object, String explanation) {
        String message = refusal(errno, operation, object, explanation);
        return new KernelException(message, errno, operation, object, explanation);
    }

    /// Passes a system call's result on, or throws when it is a negative errno.
    public static long check(long result, String operation, String object) {
        if (result < 0) {
            throw of((int) -result, operation, object);
        }
        return result;
    }

    private static String refusal(int errno, String operation, String object, String detail) {
        StringBuilder text = new StringBuilder("cannot ").append(operation);
        if (!object.isEmpty()) {
            text.append(' ').append(object);
        }
        text.append(": ").append(Errno.describe(errno));
        if (!detail.isEmpty()) {
            text.append(": ").append(detail);
        }
        return text.toString();
    }

    private static String advice(int errno) {
        return Errno.of(errno)
                .map(Errno::advice)
                .filter(advice -> !advice.isEmpty())
                .map(advice -> "; " + advice)
                .orElse("");
    }

    public int errno() {
        return errno;
    }

    /// Whether the kernel's answer was this one.
    public boolean is(Errno other) {
        return errno == other.number();
    }

    public String operation() {
        return operation;
    }

    public String object() {
        return object;
    }

    public String detail() {
        return detail;
    }
}
