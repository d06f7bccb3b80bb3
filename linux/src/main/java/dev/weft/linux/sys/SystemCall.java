package dev.weft.linux.sys;

/// The system calls in use, with their number on each architecture.
///
/// A constant's name in lower case is the kernel's name of the call; a test compares both columns
/// with the kernel's headers.
public enum SystemCall {
    READ(0, 63),
    WRITE(1, 64),
    CLOSE(3, 57),
    MMAP(9, 222),
    MUNMAP(11, 215),
    IOCTL(16, 29),
    PREAD64(17, 67),
    SOCKET(41, 198),
    CONNECT(42, 203),
    SENDTO(44, 206),
    RECVFROM(45, 207),
    SENDMSG(46, 211),
    RECVMSG(47, 212),
    SHUTDOWN(48, 210),
    BIND(49, 200),
    LISTEN(50, 201),
    GETSOCKNAME(51, 204),
    SETSOCKOPT(54, 208),
    GETSOCKOPT(55, 209),
    EXECVE(59, 221),
    FCNTL(72, 25),
    FLOCK(73, 32),
    FSYNC(74, 82),
    FTRUNCATE(77, 46),
    FCHMOD(91, 52),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    CLOCK_GETTIME(228, 113),
    OPENAT(257, 56),
    MKDIRAT(258, 34),
    UNLINKAT(263, 35),
    RENAMEAT(264, 38),
    LINKAT(265, 37),
    FCHMODAT(268, 53),
    PPOLL(271, 73),
    UNSHARE(272, 97),
    UTIMENSAT(280, 88),
    ACCEPT4(288, 242),
    EVENTFD2(290, 19),
    PIPE2(293, 59),
    RECVMMSG(299, 243),
    SENDMMSG(307, 269),
    SETNS(308, 268),
    BPF(321, 280),
    STATX(332, 291),
    PIDFD_OPEN(434, 434);

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    /// The call's number on an architecture.
    public int number(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> x86;
            case ARM64 -> arm;
        };
    }
}
