package dev.weft.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// A symbolic link in an agent's run directory, to its state directory: callers know where the
/// first is, and while no agent is there, their plugins look for the records of attachments in the
/// second.
///
/// It stays when the agent ends, however it ends, until the next one replaces it.
final class StateLink {
    private static final String NAME = "state";

    /// Only the agent that has locked the run directory makes one, so it needs no name of its own.
    private static final String NEW = "state.new";

    private static final int WRITABLE_BY_OTHERS = 0022;

    private StateLink() {}

    /// Makes the link, or replaces it at once.
    static void publish(Path runDirectory, Path stateDirectory) {
        Path link = runDirectory.resolve(NAME);
        Path made = runDirectory.resolve(NEW);
        try {
            if (!Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(made);
                Files.createSymbolicLink(made, stateDirectory.toAbsolutePath());
                Files.move(made, link, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot make " + link, failed);
        }
    }

    /// Where the link leads to.
    ///
    /// @return nothing when there is none, or somebody other than root and this user could have
    ///   made it
    static Optional<Path> follow(Path runDirectory) {
        Path link = runDirectory.resolve(NAME);
        try {
            if (!isOurs(runDirectory)) {
                return Optional.empty();
            }
            if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(link);
            }
            return Optional.of(Files.readSymbolicLink(link)).filter(Path::isAbsolute);
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static boolean isOurs(Path directory) throws IOException {
        long owner = attribute(directory, "unix:uid");
        return (attribute(directory, "unix:mode") & WRITABLE_BY_OTHERS) == 0
                && (owner == 0 || owner == OwnUser.id());
    }

    private static long attribute(Path file, String name) throws IOException {
        return ((Number) Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS)).longValue();
    }
}
