package dev.weft.linux.sys;

import java.lang.ref.Reference;
import java.util.List;

/// System calls, typed. Each returns the kernel's result, or the negative errno; callers that know
/// what was attempted turn that into an exception ([dev.weft.linux.KernelException#check]).
///
/// Calls that a signal may interrupt before they did anything are repeated here.
public final class Syscalls {
    public static final int AT_FDCWD = -100;
    private static final int EINTR = -4;

    private Syscalls() {}

    public static int socket(int domain, int type, int protocol) {
        return (int) call(SystemCall.SOCKET, domain, type, protocol, 0, 0, 0);
    }

    public static int bind(int descriptor, Memory address) {
        return (int) onMemory(SystemCall.BIND, descriptor, address, address.size(), 0, 0);
    }

    /// @param length in: four bytes holding the room in `address`; out: the size used
    public static int getsockname(int descriptor, Memory address, Memory length) {
        try {
            return (int)
                    call(
                            SystemCall.GETSOCKNAME,
                            descriptor,
                            address.address(),
                            length.address(),
                            0,
                            0,
                            0);
        } finally {
            Reference.reachabilityFence(address);
            Reference.reachabilityFence(length);
        }
    }

    public static int setsockopt(int descriptor, int level, int option, Memory value) {
        try {
            return (int)
                    call(
                            SystemCall.SETSOCKOPT,
                            descriptor,
                            level,
                            option,
                            value.address(),
                            value.size(),
                            0);
        } finally {
            Reference.reachabilityFence(value);
        }
    }

    public static int setsockopt(int descriptor, int level, int option, int value) {
        return setsockopt(descriptor, level, option, Memory.ofAuto(4).putS32(0, value));
    }

    public static int getsockopt(
            int descriptor, int level, int option, Memory value, Memory length) {
        try {
            return (int)
                    call(
                            SystemCall.GETSOCKOPT,
                            descriptor,
                            level,
                            option,
                            value.address(),
                            length.address(),
                            0);
        } finally {
            Reference.reachabilityFence(value);
            Reference.reachabilityFence(length);
        }
    }

    /// @param destination a socket address, or empty memory for the connected or default peer
    public static long sendto(
            int descriptor, Memory buffer, long length, int flags, Memory destination) {
        try {
            long to = destination.size() == 0 ? 0 : destination.address();
            return repeated(
                    SystemCall.SENDTO,
                    descriptor,
                    buffer.address(),
                    length,
                    flags,
                    to,
                    destination.size());
        } finally {
            Reference.reachabilityFence(buffer);
            Reference.reachabilityFence(destination);
        }
    }

    /// @param source where the sender's address goes
    /// @param sourceLength in: four bytes holding the room in `source`; out: the size used
    public static long recvfrom(
            int descriptor,
            Memory buffer,
            long length,
            int flags,
            Memory source,
            Memory sourceLength) {
        try {
            return repeated(
                    SystemCall.RECVFROM,
                    descriptor,
                    buffer.address(),
                    length,
                    flags,
                    source.address(),
                    sourceLength.address());
        } finally {
            Reference.reachabilityFence(buffer);
            Reference.reachabilityFence(source);
            Reference.reachabilityFence(sourceLength);
        }
    }

    public static long read(int descriptor, Memory buffer, long offset, long length) {
        return transfer(SystemCall.READ, descriptor, buffer, offset, length);
    }

    public static long write(int descriptor, Memory buffer, long offset, long length) {
        return transfer(SystemCall.WRITE, descriptor, buffer, offset, length);
    }

    private static long transfer(
            SystemCall call, int descriptor, Memory buffer, long offset, long length) {
        if (offset < 0 || length < 0 || offset + length > buffer.size()) {
            throw new IndexOutOfBoundsException(call + " outside of its buffer");
        }
        try {
            return repeated(call, descriptor, buffer.address() + offset, length, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    /// Never repeated: after EINTR the descriptor is gone all the same.
    public static int close(int descriptor) {
        return (int) call(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }

    public static int openat(int directory, String path, int flags, int mode) {
        Memory name = Memory.ofString(path);
        try {
            return (int) repeated(SystemCall.OPENAT, directory, name.address(), flags, mode, 0, 0);
        } finally {
            Reference.reachabilityFence(name);
        }
    }

    public static int ioctl(int descriptor, long request, Memory argument) {
        return (int) onMemory(SystemCall.IOCTL, descriptor, request, argument);
    }

    public static int ioctl(int descriptor, long request, long argument) {
        return (int) call(SystemCall.IOCTL, descriptor, request, argument, 0, 0, 0);
    }

    public static int fcntl(int descriptor, int command, long argument) {
        return (int) call(SystemCall.FCNTL, descriptor, command, argument, 0, 0, 0);
    }

    public static int flock(int descriptor, int operation) {
        return (int) repeated(SystemCall.FLOCK, descriptor, operation, 0, 0, 0, 0);
    }

    public static int setns(int descriptor, int type) {
        return (int) call(SystemCall.SETNS, descriptor, type, 0, 0, 0, 0);
    }

    public static int unshare(int flags) {
        return (int) call(SystemCall.UNSHARE, flags, 0, 0, 0, 0, 0);
    }

    /// @param source or `none`
    /// @param type the file system's name, or the empty string for a bind or propagation change
    public static int mount(String source, String target, String type, long flags) {
        Memory from = Memory.ofString(source);
        Memory to = Memory.ofString(target);
        Memory kind = Memory.ofString(type);
        try {
            return (int)
                    call(
                            SystemCall.MOUNT,
                            from.address(),
                            to.address(),
                            type.isEmpty() ? 0 : kind.address(),
                            flags,
                            0,
                            0);
        } finally {
            Reference.reachabilityFence(from);
            Reference.reachabilityFence(to);
            Reference.reachabilityFence(kind);
        }
    }

    public static int umount2(String target, int flags) {
        Memory path = Memory.ofString(target);
        try {
            return (int) call(SystemCall.UMOUNT2, path.address(), flags, 0, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(path);
        }
    }

    public static int eventfd(int flags) {
        return (int) call(SystemCall.EVENTFD2, 0, flags, 0, 0, 0, 0);
    }

    public static int pidfdOpen(int pid) {
        return (int) call(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
    }

    /// @param descriptors an array of `struct pollfd`
    /// @param timeout a `struct timespec`, or empty memory to wait without end
    public static int ppoll(Memory descriptors, int count, Memory timeout) {
        try {
            long limit = timeout.size() == 0 ? 0 : timeout.address();
            return (int) call(SystemCall.PPOLL, descriptors.address(), count, limit, 0, 0, 0);
        } finally {
            Reference.reachabilityFence(descriptors);
            Reference.reachabilityFence(timeout);
        }
    }

    public static int statx(int descriptor, int flags, int mask, Memory result) {
        Memory empty = Memory.ofString("");
        try {
            return (int)
                    call(
                            SystemCall.STATX,
                            descriptor,
                            empty.address(),
                            flags,
                            mask,
                            result.address(),
                            0);
        } finally {
            Reference.reachabilityFence(empty);
            Reference.reachabilityFence(result);
        }
    }

    /// Sends up to `count` datagrams laid out as an array of `struct mmsghdr`.
    public static int sendmmsg(int descriptor, Memory messages, int count, int flags) {
        return (int) onMemory(SystemCall.SENDMMSG, descriptor, messages, count, flags, 0);
    }

    /// Receives up to `count` datagrams into an array of `struct mmsghdr`.
    public static int recvmmsg(int descriptor, Memory messages, int count, int flags) {
        return (int) onMemory(SystemCall.RECVMMSG, descriptor, messages, count, flags, 0);
    }

    /// Sends one message described by a `struct msghdr`.
    public static long sendmsg(int descriptor, Memory header, int flags) {
        return onMemory(SystemCall.SENDMSG, descriptor, header, flags, 0, 0);
    }

    /// Receives one message into a `struct msghdr`.
    public static long recvmsg(int descriptor, Memory header, int flags) {
        return onMemory(SystemCall.RECVMSG, descriptor, header, flags, 0, 0);
    }

    /// Maps a descriptor's memory, shared, readable and writable.
    ///
    /// @return the mapping's address, or the negative errno
    public static long mmapShared(int descriptor, long length) {
        int readWrite = 3;
        int shared = 1;
        return call(SystemCall.MMAP, 0, length, readWrite, shared, descriptor, 0);
    }

    /// A view of a mapping that [#mmapShared] made; closing it unmaps.
    public static Memory mapped(long address, long length) {
        return Memory.ofMapping(address, length);
    }

    static void munmap(long address, long length) {
        call(SystemCall.MUNMAP, address, length, 0, 0, 0, 0);
    }

    /// Replaces this process by another program; returns only the negative errno.
    public static int execve(String path, List<String> arguments, List<String> environment) {
        try (StringVector argv = StringVector.of(arguments);
                StringVector envp = StringVector.of(environment)) {
            Memory program = Memory.ofString(path);
            int errno =
                    (int)
                            call(
                                    SystemCall.EXECVE,
                                    program.address(),
                                    argv.address(),
                                    envp.address(),
                                    0,
                                    0,
                                    0);
            Reference.reachabilityFence(program);
            return errno;
        }
    }

    private static long onMemory(
            SystemCall call, int descriptor, Memory memory, long c, long d, long e) {
        try {
            return repeated(call, descriptor, memory.address(), c, d, e, 0);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private static long onMemory(SystemCall call, int descriptor, long b, Memory memory) {
        try {
            return call(call, descriptor, b, memory.address(), 0, 0, 0);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    private static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
        return SyscallHandle.call(call, a, b, c, d, e, f);
    }

    private static long repeated(SystemCall call, long a, long b, long c, long d, long e, long f) {
        long result;
        do {
            result = SyscallHandle.call(call, a, b, c, d, e, f);
        } while (result == EINTR);
        return result;
    }
}
