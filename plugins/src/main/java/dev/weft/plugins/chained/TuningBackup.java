package dev.weft.plugins.chained;

import com.google.gson.JsonElement;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.linux.file.DurableFile;
import dev.weft.linux.file.DurableFile.Durability;
import dev.weft.plugins.link.LinkTuning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the reference plugin keeps of an interface that it tunes, in its own file and form: so that
/// each can restore what the other changed.
///
/// @param file `CONTAINER_INTERFACE.json` in the configuration's directory
record TuningBackup(Path file) {
    private static final int OWNER_ONLY = 0600;

    static TuningBackup of(Path directory, AttachmentId attachment) {
        return new TuningBackup(
                directory.resolve(
                        attachment.containerId() + "_" + attachment.interfaceName() + ".json"));
    }

    /// What is in it. A file that cannot be understood restores nothing.
    Optional<LinkTuning> read() {
        try {
            return Optional.of(
                    LinkTuning.of(
                            Fields.of(
                                    JsonText.parseObject(
                                            Files.readString(file), "tuning backup"))));
        } catch (CniException | IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Writes it, or removes it when there is nothing to keep.
    void write(LinkTuning old) {
        if (old.isEmpty()) {
            remove();
            return;
        }
        byte[] content = text(old).getBytes(StandardCharsets.UTF_8);
        try {
            Files.createDirectories(
                    file.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw failure("make directory of", failed);
        }
        DurableFile.replace(file, content, OWNER_ONLY, Durability.KILL);
    }

    /// As the reference plugin writes it: a space for each depth.
    private static String text(LinkTuning old) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : old.toJson().entrySet()) {
            lines.add(" \"" + entry.getKey() + "\": " + JsonText.compact(entry.getValue()));
        }
        return "{\n" + String.join(",\n", lines) + "\n}";
    }

    /// Removes it, if it is there.
    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (NoSuchFileException noDirectory) {
            // As good as removed.
        } catch (IOException failed) {
            throw failure("remove", failed);
        }
    }

    private CniException failure(String what, IOException cause) {
        CniException failure =
                new CniException(
                        ErrorCode.IO_FAILURE,
                        "cannot " + what + " tuning backup " + file + ": " + cause);
        failure.initCause(cause);
        return failure;
    }
}
