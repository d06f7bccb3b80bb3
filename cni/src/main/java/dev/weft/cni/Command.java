package dev.weft.cni;

import java.util.Arrays;
import java.util.Optional;

/// What a plugin is asked to do, as `CNI_COMMAND` says it.
public enum Command {
    /// Create or adjust an interface of a container.
    ADD,
    /// Remove what ADD made.
    DEL,
    /// Verify that what ADD made is still there. Since 0.4.0.
    CHECK,
    /// Remove what belongs to none of the valid attachments. Since 1.1.0.
    GC,
    /// Say whether ADD would be served. Since 1.1.0.
    STATUS,
    /// Name the supported versions.
    VERSION;

    /// The command of a text in upper case.
    public static Optional<Command> find(String text) {
        return Arrays.stream(values()).filter(command -> command.name().equals(text)).findFirst();
    }

    /// Whether it concerns one attachment of one container.
    public boolean isOfAttachment() {
        return switch (this) {
            case ADD, DEL, CHECK -> true;
            case GC, STATUS, VERSION -> false;
        };
    }

    /// The first version of the specification that has it.
    public CniVersion since() {
        return switch (this) {
            case ADD, DEL -> CniVersion.V0_1_0;
            case VERSION -> CniVersion.V0_2_0;
            case CHECK -> CniVersion.V0_4_0;
            case GC, STATUS -> CniVersion.V1_1_0;
        };
    }
}
