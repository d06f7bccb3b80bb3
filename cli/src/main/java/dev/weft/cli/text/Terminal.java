package dev.weft.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.utils.WCWidth;
import picocli.CommandLine.Help.Ansi;

/// What the program writes to: always UTF-8, in colours only where a terminal asks for them, and
/// laid out by the columns that characters take, of which Chinese ones take two.
public final class Terminal {
    /// What most terminals have; output is laid out for it.
    public static final int COLUMNS = 80;

    private Terminal() {}

    /// Standard output. Writing throws [LostOutputException] when it takes no more.
    public static PrintWriter standardOutput() {
        return writer(new StandardOutput());
    }

    /// Whether standard output is a terminal, so that a person reads it.
    public static boolean isOutput() {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
        } catch (IOException closed) {
            return false;
        }
    }

    /// Standard error.
    public static PrintWriter standardError() {
        return writer(new FileOutputStream(FileDescriptor.err));
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /// A style around a text, if the terminal shows styles.
    public static String styled(Ansi ansi, Ansi.IStyle style, String text) {
        // Not style.off(): what ends bold with picocli begins a double underline on many terminals.
        return ansi.enabled() ? style.on() + text + Ansi.Style.reset.on() : text;
    }

    /// How many columns a text takes.
    public static int width(String text) {
        return text.codePoints().map(Terminal::width).sum();
    }

    private static int width(int codePoint) {
        return Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /// A text followed by spaces up to a width.
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }
}
