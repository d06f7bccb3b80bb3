package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.linux.file.DurableFile;
import dev.weft.linux.file.SmallFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What is in a network's directory, as one file: it saves reading every lease. It is never needed:
/// one that is missing, torn or foreign leads to reading the directory.
///
/// ```
///  weft-leases 1 BOOT-ID MACHINE-ID NUMBER
///  + 10.1.0.2 1763791234567890123 3f1c eth0      taken; when its file was written
///  - 10.1.0.2 3f1c eth0                          released
///  = 1763791234567891234                         the directory's time after that
/// ```
///
/// Containers and interfaces are percent-encoded, since a lease of somebody else can hold anything.
/// The header's number makes a log another one than that which it replaces.
final class LeaseLog {
    private static final String MAGIC = "weft-leases 1 ";
    private static final int HEADER_WORDS = 5;
    private static final int MACHINE_WORD = 3;
    private static final String SEVERAL = "several";

    /// Two million leases and more; a longer log is not read.
    private static final int MAX_BYTES = 256 << 20;

    private static final int OWNER_ONLY = 0600;

    /// So many superfluous lines are worth no new file.
    private static final int MIN_SUPERFLUOUS_LINES = 256;

    private static final Duration KILLED = Duration.ofMinutes(1);

    private final Path directory;
    private final Path path;
    private final Boot boot;
    private final Disk disk;

    /// What was read or written last: its first line, how far, and how many lines.
    private String header = "";

    private long offset;
    private int lines;

    private boolean appendable;

    /// @param directory where it is, of which only the parent must be there
    LeaseLog(Path directory, Boot boot, Disk disk) {
        this.directory = directory;
        this.path = directory.resolve("leases");
        this.boot = boot;
        this.disk = disk;
    }

    /// One line's change.
    ///
    /// @param taken whether the lease was made or released
    record Change(boolean taken, Lease lease) {
        private String line() {
            AttachmentId owner = lease.owner();
            return (taken ? "+ " : "- ")
                    + lease.address()
                    + (taken ? " " + lease.modifiedNanos() : "")
                    + " "
                    + encode(owner.containerId())
                    + " "
                    + encode(owner.interfaceName())
                    + "\n";
        }
    }

    /// Brings an index to the log's end: from where it was read or written last, or from the
    /// beginning, if it has been replaced meanwhile.
    ///
    /// @return the directory's time when the log was right; absent when it is damaged, or none
    OptionalLong read(LeaseIndex index) {
        appendable = false;
        return disk.access(
                "read " + path,
                () -> {
                    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
                        return channel.size() > MAX_BYTES
                                ? OptionalLong.empty()
                                : read(channel, index);
                    } catch (NoSuchFileException none) {
                        return OptionalLong.empty();
                    }
                });
    }

    private OptionalLong read(SeekableByteChannel channel, LeaseIndex index) throws IOException {
        boolean same = !header.isEmpty() && text(channel, 0, header.length()).equals(header);
        if (!same) {
            index.clear();
            offset = 0;
            lines = 0;
        }
        Reader reader = new Reader(index, text(channel, offset, channel.size()));
        if (!same) {
            header = reader.header();
        }
        reader.readAll();
        offset = channel.size();
        lines += reader.lines;
        appendable = reader.isComplete() && isOfThisBoot();
        return reader.isComplete() ? OptionalLong.of(reader.stamp) : OptionalLong.empty();
    }

    private static String text(SeekableByteChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, to - from));
        channel.position(from);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until the end.
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    private boolean isOfThisBoot() {
        return header.startsWith(MAGIC + boot.id() + " ");
    }

    /// Whether what was read last was written by this machine, but before it started.
    boolean isOfEarlierBoot() {
        return !isOfThisBoot() && machine().equals(boot.machine());
    }

    /// The machine that alone has written the log so far.
    private String machine() {
        return header.isEmpty() ? "" : header.split(" ", -1)[MACHINE_WORD];
    }

    /// One that others have written, too, knows leases of theirs: their boots are not told by ours.
    private String writer() {
        boolean sole = header.isEmpty() || machine().equals(boot.machine());
        return sole ? boot.machine() : SEVERAL;
    }

    /// Adds what has changed, or writes the log anew if it cannot be continued or has become long.
    ///
    /// @param index the state after the changes
    /// @param stamp the directory's time after them
    void append(List<Change> changes, LeaseIndex index, long stamp) {
        if (!appendable || lines > 2 * index.size() + MIN_SUPERFLUOUS_LINES) {
            rewrite(index, stamp);
            return;
        }
        StringBuilder text = new StringBuilder();
        changes.forEach(change -> text.append(change.line()));
        text.append("= ").append(stamp).append('\n');
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        offset += bytes.length;
        lines += changes.size() + 1;
        disk.change("append to " + path, () -> SmallFile.append(path, bytes));
    }

    /// Makes the next [#read] begin at the beginning, and the next [#append] write the log anew.
    void forget() {
        header = "";
        appendable = false;
    }

    /// Writes the log anew.
    void rewrite(LeaseIndex index, long stamp) {
        String first = MAGIC + boot.id() + " " + writer() + " " + stamp + "\n";
        StringBuilder text = new StringBuilder(first);
        index.all().forEach(lease -> text.append(new Change(true, lease).line()));
        text.append("= ").append(stamp).append('\n');
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        disk.makeDirectory(directory, "rwx------");
        disk.change(
                "replace " + path,
                () -> {
                    DurableFile.sweep(directory, Instant.now().minus(KILLED));
                    DurableFile.replace(path, bytes, OWNER_ONLY, DurableFile.Durability.KILL);
                });
        header = first;
        offset = bytes.length;
        lines = index.size() + 2;
        appendable = true;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Reads lines. Those that are none are left out: what is right about the rest will be seen
    /// when it is compared with the files.
    private static final class Reader {
        private final LeaseIndex index;
        private final String text;
        private int at;
        private int lines;
        private long stamp;
        private boolean damaged;
        private boolean ended;

        Reader(LeaseIndex index, String text) {
            this.index = index;
            this.text = text;
        }

        /// The first line with its end; empty when it is not a log's.
        String header() {
            int end = text.indexOf('\n') + 1;
            if (end == 0 || !isHeader(text.substring(0, end))) {
                damaged = true;
                return "";
            }
            at = end;
            lines++;
            return text.substring(0, end);
        }

        private static boolean isHeader(String line) {
            return line.startsWith(MAGIC) && line.split(" ", -1).length == HEADER_WORDS;
        }

        /// Whether every line was right, and the last one is a time.
        boolean isComplete() {
            return ended && !damaged;
        }

        void readAll() {
            int end = text.indexOf('\n', at);
            while (end >= 0) {
                read(text.substring(at, end));
                lines++;
                at = end + 1;
                end = text.indexOf('\n', at);
            }
            damaged |= at < text.length();
        }

        private void read(String line) {
            String[] words = line.split(" ", -1);
            ended = false;
            try {
                if (words.length == 5 && words[0].equals("+")) {
                    index.put(
                            new Lease(
                                    address(words[1]),
                                    new AttachmentId(decode(words[3]), decode(words[4])),
                                    Long.parseLong(words[2])));
                } else if (words.length == 4 && words[0].equals("-")) {
                    index.remove(address(words[1]));
                } else if (words.length == 2 && words[0].equals("=")) {
                    stamp = Long.parseLong(words[1]);
                    ended = true;
                } else {
                    damaged = true;
                }
            } catch (IllegalArgumentException malformed) {
                damaged = true;
            }
        }

        private static IpNumber address(String text) {
            return IpNumber.tryParse(text)
                    .orElseThrow(() -> new IllegalArgumentException("no address: " + text));
        }

        private static String decode(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }
}
