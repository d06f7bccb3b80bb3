package dev.weft.linux.netlink;

import dev.weft.linux.KernelException;
import java.util.Optional;

/// A message by which the kernel refuses a request.
record Refusal(int errno, String detail, NetlinkRequest request) {

    /// Reads an error message; it is an acknowledgement, not a refusal, when its errno is 0.
    static Optional<Refusal> ofError(NetlinkMessage error, NetlinkRequest request) {
        int errno = -error.body().s32(0);
        return errno == 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal(errno, ExtendedAck.decode(error).describe(request), request));
    }

    /// Reads the end of a dump, which carries an errno too; old kernels leave it out.
    static Optional<Refusal> ofDone(NetlinkMessage done, NetlinkRequest request) {
        int errno = done.body().length() < Integer.BYTES ? 0 : -done.body().s32(0);
        return errno <= 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                errno, ExtendedAck.decodeDone(done).describe(request), request));
    }

    KernelException exception() {
        return KernelException.of(errno, request.operation(), request.object(), detail);
    }
}
