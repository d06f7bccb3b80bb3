package dev.weft.cli.cni;

import java.util.Locale;

/// What happens to a file.
enum Change {
    INSTALL("install"),
    REPLACE("replace, and keep what is there"),
    OVERWRITE("overwrite"),
    RENEW("renew"),
    UNCHANGED("is up to date"),
    RESTORE("restore what was there before"),
    REMOVE("remove"),
    LEAVE("leave: it is not Weft's, or was edited");

    private final String text;

    Change(String text) {
        this.text = text;
    }

    /// For people.
    String text() {
        return text;
    }

    /// For programs.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// A change of one file.
    ///
    /// @param name the file's, without its directory
    record Step(String name, Change change) {}
}
