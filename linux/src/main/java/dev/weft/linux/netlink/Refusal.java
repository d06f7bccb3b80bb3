package dev.weft.linux.netlink;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import java.util.Optional;

/// A message by which the kernel refuses a request.
///
/// @param errno positive
/// @param detail what an extended acknowledgement said, or empty
/// @param returned what the kernel sent back of the request, from the family's header on; often
///   nothing
public record Refusal(int errno, String detail, NetlinkRequest request, Slice returned) {
    private static final int ERRNO_AND_HEADER_BYTES = Integer.BYTES + NetlinkMessage.HEADER_BYTES;

    /// Reads an error message; it is an acknowledgement, not a refusal, when its errno is 0.
    static Optional<Refusal> ofError(NetlinkMessage error, NetlinkRequest request) {
        int errno = -error.body().s32(0);
        return errno == 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                errno,
                                ExtendedAck.decode(error).describe(request),
                                request,
                                returned(error)));
    }

    private static Slice returned(NetlinkMessage error) {
        Slice body = error.body();
        return error.has(NetlinkFlags.CAPPED) || body.length() < ERRNO_AND_HEADER_BYTES
                ? Slice.EMPTY
                : body.from(ERRNO_AND_HEADER_BYTES);
    }

    /// Reads the end of a dump, which carries an errno too; old kernels leave it out.
    static Optional<Refusal> ofDone(NetlinkMessage done, NetlinkRequest request) {
        int errno = done.body().length() < Integer.BYTES ? 0 : -done.body().s32(0);
        return errno <= 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                errno,
                                ExtendedAck.decodeDone(done).describe(request),
                                request,
                                Slice.EMPTY));
    }

    public boolean is(Errno other) {
        return errno == other.number();
    }

    /// The refusal, to be thrown.
    public KernelException exception() {
        return KernelException.of(errno, request.operation(), request.object(), detail);
    }
}
