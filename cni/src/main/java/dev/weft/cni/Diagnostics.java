package dev.weft.cni;

/// What is to be shown beside a result: a call's standard error. It may be written by several
/// threads.
public final class Diagnostics {
    private final StringBuilder text = new StringBuilder();

    /// None yet.
    public Diagnostics() {}

    /// Adds lines; empty text adds nothing.
    public synchronized void add(String lines) {
        if (!lines.isEmpty()) {
            text.append(lines.endsWith("\n") ? lines : lines + "\n");
        }
    }

    /// All so far.
    public synchronized String text() {
        return text.toString();
    }
}
