package dev.weft.linux.sys;

import java.lang.ref.Reference;
import java.util.List;

/// System calls, typed. Each returns the kernel's result, or the negative errno; callers that know
/// what was attempted turn that into an exception ([dev.weft.linux.KernelException#check]).
///
/// Calls that a signal may interrupt before they did anything are repeated here. Structures are
/// [Memory], laid out as the kernel's headers say.
public final class Syscalls {
    public static final int AT_FDCWD = -100;
    private static final int EINTR = 4;

    private Syscalls() {}

    public static int socket(int domain, int type, int protocol) {
        return (int) call(SystemCall.SOCKET, domain, type, protocol, 0, 0, 0);
    }

    public static int bind(int descriptor, Memory address) {
        return (int)
                call(SystemCall.BIND, descriptor, at(address), address.size(), 0, 0, 0, address);
    }

    /// Accepts connections from now on.
    ///
    /// @param backlog how many may wait to be taken
    public static int listen(int descriptor, int backlog) {
        return (int) call(SystemCall.LISTEN, descriptor, backlog, 0, 0, 0, 0);
    }

    /// Takes the next connection, without the peer's address.
    public static int accept4(int descriptor, int flags) {
        return (int) repeated(SystemCall.ACCEPT4, descriptor, 0, 0, flags, 0, 0);
    }

    /// Connects. After a signal a stream socket of the Unix domain has not begun, and can again.
    public static int connect(int descriptor, Memory address, long length) {
        return (int)
                repeated(SystemCall.CONNECT, descriptor, at(address), length, 0, 0, 0, address);
    }

    /// Ends receiving (0), sending (1) or both (2).
    public static int shutdown(int descriptor, int how) {
        return (int) call(SystemCall.SHUTDOWN, descriptor, how, 0, 0, 0, 0);
    }

    /// The socket's own address.
    ///
    /// @param length in: four bytes holding the room in `address`; out: the size used
    public static int getsockname(int descriptor, Memory address, Memory length) {
        return (int)
                call(
                        SystemCall.GETSOCKNAME,
                        descriptor,
                        at(address),
                        at(length),
                        0,
                        0,
                        0,
                        address,
                        length);
    }

    public static int setsockopt(int descriptor, int level, int option, Memory value) {
        return (int)
                call(
                        SystemCall.SETSOCKOPT,
                        descriptor,
                        level,
                        option,
                        at(value),
                        value.size(),
                        0,
                        value);
    }

    public static int setsockopt(int descriptor, int level, int option, int value) {
        try (Memory memory = Memory.ofThread(Integer.BYTES)) {
            return setsockopt(descriptor, level, option, memory.putS32(0, value));
        }
    }

    public static int getsockopt(
            int descriptor, int level, int option, Memory value, Memory length) {
        return (int)
                call(
                        SystemCall.GETSOCKOPT,
                        descriptor,
                        level,
                        option,
                        at(value),
                        at(length),
                        0,
                        value,
                        length);
    }

    /// Sends a datagram.
    ///
    /// @param destination a socket address, or empty memory for the connected or default peer
    public static long sendto(
            int descriptor, Memory buffer, long length, int flags, Memory destination) {
        return repeated(
                SystemCall.SENDTO,
                descriptor,
                at(buffer),
                length,
                flags,
                at(destination),
                destination.size(),
                buffer,
                destination);
    }

    /// Receives a datagram.
    ///
    /// @param source where the sender's address goes
    /// @param sourceLength where in it four bytes have the room for that; afterwards the size used
    public static long recvfrom(
            int descriptor,
            Memory buffer,
            long length,
            int flags,
            Memory source,
            long sourceLength) {
        return repeated(
                SystemCall.RECVFROM,
                descriptor,
                at(buffer),
                length,
                flags,
                at(source),
                at(source) + sourceLength,
                buffer,
                source);
    }

    /// Sends one message described by a `struct msghdr`.
    public static long sendmsg(int descriptor, Memory header, int flags) {
        return repeated(SystemCall.SENDMSG, descriptor, at(header), flags, 0, 0, 0, header);
    }

    /// Receives one message into a `struct msghdr`.
    public static long recvmsg(int descriptor, Memory header, int flags) {
        return repeated(SystemCall.RECVMSG, descriptor, at(header), flags, 0, 0, 0, header);
    }

    /// Sends up to `count` datagrams laid out as an array of `struct mmsghdr`.
    public static int sendmmsg(int descriptor, Memory messages, int count, int flags) {
        return (int)
                repeated(
                        SystemCall.SENDMMSG,
                        descriptor,
                        at(messages),
                        count,
                        flags,
                        0,
                        0,
                        messages);
    }

    /// Receives up to `count` datagrams into an array of `struct mmsghdr`, without a time limit.
    public static int recvmmsg(int descriptor, Memory messages, int count, int flags) {
        return (int)
                repeated(
                        SystemCall.RECVMMSG,
                        descriptor,
                        at(messages),
                        count,
                        flags,
                        0,
                        0,
                        messages);
    }

    public static long read(int descriptor, Memory buffer, long offset, long length) {
        return transfer(SystemCall.READ, descriptor, buffer, offset, length);
    }

    /// Reads a file from a place in it, whatever was read of it before.
    public static long pread(int descriptor, Memory buffer, long length, long position) {
        return repeated(SystemCall.PREAD64, descriptor, at(buffer), length, position, 0, 0, buffer);
    }

    public static long write(int descriptor, Memory buffer, long offset, long length) {
        return transfer(SystemCall.WRITE, descriptor, buffer, offset, length);
    }

    private static long transfer(
            SystemCall call, int descriptor, Memory buffer, long offset, long length) {
        if (offset < 0 || length < 0 || offset > buffer.size() - length) {
            throw new IndexOutOfBoundsException(call + " outside of its buffer");
        }
        return repeated(call, descriptor, at(buffer) + offset, length, 0, 0, 0, buffer);
    }

    /// Never repeated: after EINTR the descriptor is gone all the same.
    public static int close(int descriptor) {
        return (int) call(SystemCall.CLOSE, descriptor, 0, 0, 0, 0, 0);
    }

    public static int openat(int directory, String path, int flags, int mode) {
        try (Memory name = Memory.ofString(path)) {
            return (int) repeated(SystemCall.OPENAT, directory, at(name), flags, mode, 0, 0, name);
        }
    }

    public static int mkdirat(int directory, String path, int mode) {
        Memory name = Memory.ofString(path);
        return (int) call(SystemCall.MKDIRAT, directory, at(name), mode, 0, 0, 0, name);
    }

    public static int ioctl(int descriptor, long request, Memory argument) {
        return (int) call(SystemCall.IOCTL, descriptor, request, at(argument), 0, 0, 0, argument);
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

    /// Mounts, binds, or changes how mounts propagate.
    ///
    /// @param type the file system's name, or the empty string where the flags say what to do
    public static int mount(String source, String target, String type, long flags) {
        try (Memory from = Memory.ofString(source);
                Memory to = Memory.ofString(target);
                Memory kind = type.isEmpty() ? Memory.NONE : Memory.ofString(type)) {
            return (int)
                    call(SystemCall.MOUNT, at(from), at(to), at(kind), flags, 0, 0, from, to, kind);
        }
    }

    public static int umount2(String target, int flags) {
        try (Memory path = Memory.ofString(target)) {
            return (int) call(SystemCall.UMOUNT2, at(path), flags, 0, 0, 0, 0, path);
        }
    }

    public static int eventfd(int flags) {
        return (int) call(SystemCall.EVENTFD2, 0, flags, 0, 0, 0, 0);
    }

    /// Makes a pipe.
    ///
    /// @param ends room for two numbers of 32 bits: the end to read from, the end to write to
    public static int pipe2(Memory ends, int flags) {
        return (int) call(SystemCall.PIPE2, at(ends), flags, 0, 0, 0, 0, ends);
    }

    /// A descriptor of a process, readable once the process has ended.
    public static int pidfdOpen(long pid) {
        return (int) call(SystemCall.PIDFD_OPEN, pid, 0, 0, 0, 0, 0);
    }

    /// Loads and handles BPF programs.
    ///
    /// @param command `BPF_*`
    /// @param attributes a `union bpf_attr`
    /// @param referenced memory whose addresses stand in the attributes
    public static int bpf(int command, Memory attributes, Memory... referenced) {
        try {
            return (int)
                    call(
                            SystemCall.BPF,
                            command,
                            at(attributes),
                            attributes.size(),
                            0,
                            0,
                            0,
                            attributes);
        } finally {
            Reference.reachabilityFence(referenced);
        }
    }

    /// Waits for descriptors; a signal ends the wait with EINTR.
    ///
    /// @param descriptors an array of `struct pollfd`
    /// @param timeout a `struct timespec`, or empty memory to wait without end
    public static int ppoll(Memory descriptors, int count, Memory timeout) {
        return (int)
                call(
                        SystemCall.PPOLL,
                        at(descriptors),
                        count,
                        at(timeout),
                        0,
                        0,
                        0,
                        descriptors,
                        timeout);
    }

    /// As [#ppoll], with both structures in one piece of memory.
    ///
    /// @param descriptors where the array of `struct pollfd` starts
    /// @param timeout where the `struct timespec` starts
    public static int ppoll(Memory memory, long descriptors, int count, long timeout) {
        return (int)
                call(
                        SystemCall.PPOLL,
                        at(memory) + descriptors,
                        count,
                        at(memory) + timeout,
                        0,
                        0,
                        0,
                        memory);
    }

    /// Reads a clock.
    ///
    /// @param time where the `struct timespec` goes
    public static int clockGettime(int clock, Memory time) {
        return (int) call(SystemCall.CLOCK_GETTIME, clock, at(time), 0, 0, 0, 0, time);
    }

    /// Maps a descriptor's memory, shared, readable and writable.
    ///
    /// @return the mapping's address, or the negative errno
    public static long mmapShared(int descriptor, long length) {
        int readWrite = 3;
        int shared = 1;
        return call(SystemCall.MMAP, 0, length, readWrite, shared, descriptor, 0);
    }

    /// Maps zeroed memory of this process's own, which takes none until it is used.
    ///
    /// @return the mapping's address, or the negative errno
    static long mmapAnonymous(long length) {
        int readWrite = 3;
        int privateAnonymous = 2 | 0x20;
        return call(SystemCall.MMAP, 0, length, readWrite, privateAnonymous, -1, 0);
    }

    /// A view of a mapping that [#mmapShared] made; closing it unmaps.
    public static Memory mapped(long address, long length) {
        return Memory.ofMapping(address, length);
    }

    static void munmap(long address, long length) {
        call(SystemCall.MUNMAP, address, length, 0, 0, 0, 0);
    }

    /// Replaces this process by another program; returns only on failure.
    ///
    /// @return the negative errno
    public static int execve(String path, List<String> arguments, List<String> environment) {
        try (Memory program = Memory.ofString(path);
                StringVector argv = StringVector.of(arguments);
                StringVector envp = StringVector.of(environment)) {
            return (int)
                    call(
                            SystemCall.EXECVE,
                            at(program),
                            argv.address(),
                            envp.address(),
                            0,
                            0,
                            0,
                            program);
        }
    }

    static long at(Memory memory) {
        return memory.size() == 0 ? 0 : memory.address();
    }

    /// @param used memory that must not be freed before the call returns
    static long call(
            SystemCall call, long a, long b, long c, long d, long e, long f, Memory... used) {
        try {
            return SyscallHandle.call(call, a, b, c, d, e, f);
        } finally {
            Reference.reachabilityFence(used);
        }
    }

    /// As [#call], again when a signal came before anything was done.
    static long repeated(
            SystemCall call, long a, long b, long c, long d, long e, long f, Memory... used) {
        long result;
        do {
            result = call(call, a, b, c, d, e, f, used);
        } while (result == -EINTR);
        return result;
    }
}
