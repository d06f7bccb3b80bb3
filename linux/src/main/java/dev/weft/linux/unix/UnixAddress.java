package dev.weft.linux.unix;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.sys.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A path as the kernel takes it for the address of a socket: `struct sockaddr_un`.
final class UnixAddress {
    static final int AF_UNIX = 1;
    private static final int PATH = 2;

    /// Of `sun_path`, with the NUL at the end.
    private static final int MAX_PATH_BYTES = 107;

    private UnixAddress() {}

    /// The address, in memory that the calling thread closes.
    ///
    /// @throws InvalidRequestException when the path is longer than an address can be
    static Memory encode(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_PATH_BYTES) {
            throw new InvalidRequestException(
                    "'"
                            + path
                            + "' cannot be the address of a socket: it has "
                            + bytes.length
                            + " bytes, not 1 to "
                            + MAX_PATH_BYTES);
        }
        return Memory.ofThread(PATH + bytes.length + 1L)
                .putU16(0, AF_UNIX)
                .put(PATH, bytes, 0, bytes.length);
    }
}
