package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.linux.InvalidRequestException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/// The program that runtimes execute, with the trailer that tells it its one-shot command;
/// described in `shim/README.md`.
final class Shim {
    /// Limits of the program.
    private static final int MAX_COMMAND_BYTES = 1 << 16;

    private static final int MAX_WORDS = 254;

    private static final byte[] SIGNATURE = "WEFTSHIM".getBytes(US_ASCII);

    private final byte[] content;

    private Shim(byte[] content) {
        this.content = content;
    }

    /// The program with a trailer.
    ///
    /// @param program an executable file's bytes
    /// @param oneShot an absolute path and arguments; the plugin's name will follow them
    static Shim of(byte[] program, List<String> oneShot) {
        byte[] words = (String.join("\0", oneShot) + "\0").getBytes(UTF_8);
        if (oneShot.isEmpty()
                || !oneShot.getFirst().startsWith("/")
                || oneShot.size() > MAX_WORDS
                || words.length > MAX_COMMAND_BYTES) {
            throw new InvalidRequestException(
                    "a one-shot command begins with an absolute path and has at most "
                            + MAX_WORDS
                            + " words of together "
                            + MAX_COMMAND_BYTES
                            + " bytes; this is none: "
                            + oneShot);
        }
        return new Shim(
                ByteBuffer.allocate(
                                program.length + words.length + Integer.BYTES + SIGNATURE.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(program)
                        .put(words)
                        .putInt(words.length)
                        .put(SIGNATURE)
                        .array());
    }

    /// Whether a file is a shim of any version; a link to one is not.
    static boolean isAt(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer end = ByteBuffer.allocate(SIGNATURE.length);
            long from = channel.size() - SIGNATURE.length;
            return from >= 0
                    && channel.read(end, from) == SIGNATURE.length
                    && Arrays.equals(end.array(), SIGNATURE);
        }
    }

    /// Whether a file is this very shim, and may be executed.
    boolean isCurrentAt(Path file) throws IOException {
        return isAt(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)
                && Files.isExecutable(file);
    }

    /// Writes it to a file that is not there yet.
    void create(Path file) throws IOException {
        DurableFiles.create(file, content, "rwxr-xr-x");
    }
}
