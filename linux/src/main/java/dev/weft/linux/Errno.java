package dev.weft.linux;

import java.util.Optional;

/// The kernel's error numbers that Weft meets, with their meaning in networking calls.
///
/// Numbers are those of `include/uapi/asm-generic/errno*.h`, the same on x86-64 and arm64.
public enum Errno {
    EPERM(1, "operation not permitted", Advice.PRIVILEGE),
    ENOENT(2, "no such object"),
    ESRCH(3, "no such process or entry"),
    EINTR(4, "interrupted"),
    EIO(5, "input/output error"),
    ENXIO(6, "no such device or address"),
    E2BIG(7, "too big"),
    EBADF(9, "bad descriptor"),
    EAGAIN(11, "try again"),
    ENOMEM(12, "out of memory"),
    EACCES(13, "access denied", Advice.PRIVILEGE),
    EFAULT(14, "bad address"),
    EBUSY(16, "busy"),
    EEXIST(17, "already exists", "delete it first, or choose another"),
    EXDEV(18, "crosses devices"),
    ENODEV(19, "no such device"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "is a directory"),
    EINVAL(22, "invalid argument"),
    ENFILE(23, "table is full"),
    EMFILE(24, "too many open descriptors", "raise the limit of open files"),
    ENOTTY(25, "not supported by this device"),
    ETXTBSY(26, "file is being written to"),
    EFBIG(27, "file too large"),
    ENOSPC(28, "no space left", Advice.ROOM),
    EROFS(30, "read-only file system"),
    EMLINK(31, "too many links"),
    EPIPE(32, "broken pipe"),
    ERANGE(34, "out of range"),
    ENAMETOOLONG(36, "name too long"),
    ENOSYS(38, "system call not implemented"),
    ELOOP(40, "too many levels"),
    ENODATA(61, "no data"),
    EOVERFLOW(75, "value too large"),
    EBADFD(77, "descriptor in a bad state"),
    EUSERS(87, "too many users"),
    EMSGSIZE(90, "message too long"),
    ENOPROTOOPT(92, "protocol option not available"),
    EPROTONOSUPPORT(93, "protocol not supported", Advice.FEATURE),
    ERESTART(85, "ruleset changed meanwhile"),
    EOPNOTSUPP(95, "not supported", Advice.FEATURE),
    EPFNOSUPPORT(96, "protocol family not supported"),
    EAFNOSUPPORT(97, "address family not supported", Advice.FEATURE),
    EADDRINUSE(98, "address in use"),
    EADDRNOTAVAIL(99, "address not available"),
    ENETDOWN(100, "network is down", "set the link up first"),
    ENETUNREACH(101, "network is unreachable", Advice.ROUTE),
    ENOBUFS(105, "no buffer space", "raise net.core.rmem_max, or ask for less at once"),
    ECONNRESET(104, "connection reset by the peer"),
    EISCONN(106, "already connected"),
    ENOTCONN(107, "not connected"),
    ETIMEDOUT(110, "timed out"),
    ECONNREFUSED(111, "connection refused"),
    EHOSTUNREACH(113, "no route to host", Advice.ROUTE),
    EALREADY(114, "already in progress"),
    ESTALE(116, "stale handle"),
    EDQUOT(122, "quota exceeded", Advice.ROOM);

    private static final Errno[] BY_NUMBER = byNumber();

    private final int number;
    private final String meaning;

    private final String advice;

    Errno(int number, String meaning) {
        this(number, meaning, "");
    }

    Errno(int number, String meaning, String advice) {
        this.number = number;
        this.meaning = meaning;
        this.advice = advice;
    }

    /// Advice that several numbers share.
    private static final class Advice {
        static final String PRIVILEGE =
                "run as root, or with CAP_NET_ADMIN (CAP_NET_RAW for packet and ICMP sockets,"
                        + " CAP_SYS_ADMIN to make or enter namespaces) in the user namespace that"
                        + " owns the network namespace";
        static final String FEATURE =
                "the object cannot do it, or this kernel lacks the feature or its module";
        static final String ROUTE = "add an address or a route that reaches it first";
        static final String ROOM =
                "make room in what is full: a file system, or a table with a limit";
    }

    private static Errno[] byNumber() {
        Errno[] table = new Errno[134];
        for (Errno errno : values()) {
            table[errno.number] = errno;
        }
        return table;
    }

    /// The kernel's positive number.
    public int number() {
        return number;
    }

    /// What it says, in a few words.
    public String meaning() {
        return meaning;
    }

    /// What to try next, where one piece of advice fits every object; else empty.
    public String advice() {
        return advice;
    }

    /// The constant of a positive number, if Weft has a name for it.
    public static Optional<Errno> of(int number) {
        return number < 0 || number >= BY_NUMBER.length
                ? Optional.empty()
                : Optional.ofNullable(BY_NUMBER[number]);
    }

    /// A number for a person: `EEXIST (17, already exists)`, or `errno 133` when it has no name.
    public static String describe(int number) {
        return of(number)
                .map(errno -> errno + " (" + number + ", " + errno.meaning + ")")
                .orElse("errno " + number);
    }
}
