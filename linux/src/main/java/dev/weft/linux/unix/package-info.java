/// Stream sockets of the Unix domain, for an agent and its callers on one machine: with who the
/// caller is, and with descriptors that travel along. The JDK's sockets can do neither.
///
/// ```
///   UnixListener.open (path, mode)          UnixConnection.connect (path)
///        |  accept, on any number of threads        |
///        v                                          v
///   UnixConnection  <---- bytes, descriptors ---->  UnixConnection
///        |-- peer()         PeerCredentials: process, user, group
///        '-- descriptors()  ReceivedDescriptor, closed with the connection
/// ```
///
/// A thread that accepts also reads and answers; nothing is handed over. Waiting is the kernel's:
/// one thread is woken for each connection. Structures and bytes for the kernel stand in a buffer
/// of the thread's own, `SocketMessage`, so that a call allocates no memory outside the heap.
@NullMarked
package dev.weft.linux.unix;

import org.jspecify.annotations.NullMarked;
