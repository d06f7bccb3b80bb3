package dev.weft.linux.unix;

import dev.weft.linux.sys.Memory;

/// Who is at the other end of a connection, as the kernel noted when it connected, or began to
/// listen. Numbers are those of this process's namespaces.
///
/// @param processId 0 when the process is not visible here
public record PeerCredentials(int processId, long userId, long groupId) {
    static final int BYTES = 12;

    /// From a `struct ucred`.
    static PeerCredentials decode(Memory credentials) {
        return new PeerCredentials(
                credentials.s32(0),
                Integer.toUnsignedLong(credentials.s32(4)),
                Integer.toUnsignedLong(credentials.s32(8)));
    }

    @Override
    public String toString() {
        return "process " + processId + " of user " + userId;
    }
}
