package dev.weft.cli.cni;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weft.cni.PluginFile;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.file.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The program that runtimes execute, with the trailer that tells it its one-shot command;
/// described in `shim/README.md`.
final class Shim {
    /// Limits of the program.
    private static final int MAX_COMMAND_BYTES = 1 << 16;

    private static final int MAX_WORDS = 254;

    private static final int PERMISSIONS = 0755;

    private static final byte[] MARK = PluginFile.SHIM_MARK.getBytes(US_ASCII);

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
                ByteBuffer.allocate(program.length + words.length + Integer.BYTES + MARK.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(program)
                        .put(words)
                        .putInt(words.length)
                        .put(MARK)
                        .array());
    }

    /// Whether a file is a shim of any version; a link to one is not.
    static boolean isAt(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && new PluginFile(file.getFileName().toString(), file.toAbsolutePath()).isShim();
    }

    /// Whether a file is this very shim, and may be executed.
    boolean isCurrentAt(Path file) throws IOException {
        return isAt(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)
                && Files.isExecutable(file);
    }

    /// Makes it what has a name.
    void replace(Path file) {
        DurableFile.replace(file, content, PERMISSIONS, DurableFile.Durability.POWER_LOSS);
    }
}
