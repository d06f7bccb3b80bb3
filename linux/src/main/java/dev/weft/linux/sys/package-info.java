/// The only native access in Weft: one downcall handle to the C library's `syscall`, and over it
/// the system calls that the rest of the module needs, typed.
///
/// ```
///   namespace   netlink   packet          (exported packages)
///        \         |        /
///      Descriptor, WakeableDescriptor, Memory   owned descriptors, waiting, buffers
///               |
///           Syscalls                      one method a call; returns the result or -errno
///               |
///        SyscallHandle                    the one java.lang.foreign handle, errno captured
///               |
///         Architecture                    call numbers of x86-64 and arm64
/// ```
///
/// One handle, because each further one costs about 10 ms of start-up, and because the numbers and
/// structures of both architectures then stand in one table that a test compares with the kernel's
/// headers. Nothing outside this package may use `java.lang.foreign`.
@NullMarked
package dev.weft.linux.sys;

import org.jspecify.annotations.NullMarked;
