package dev.weft.cli.text;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Standard output takes no more: its disk is full, or its reader has gone. The program ends, since
/// nobody would see what it does.
public final class LostOutputException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    private final boolean readerLeft;

    LostOutputException(IOException cause, boolean readerLeft) {
        super("cannot write standard output: " + cause.getMessage(), cause);
        this.readerLeft = readerLeft;
    }

    /// Whether the other end of a pipe closed it, as `head` does when it has enough. That is no
    /// failure worth a message.
    public boolean readerLeft() {
        return readerLeft;
    }
}
