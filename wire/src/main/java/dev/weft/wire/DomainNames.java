package dev.weft.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lists of domain names as DNS writes them (RFC 1035 sections 3.1 and 4.1.4), which options of
/// DHCP hold (RFC 3397, RFC 8415 section 10).
///
/// Names are of letters, digits, hyphens and underscores. DNS allows anything; but these go into
/// files where a line's end would begin a setting.
final class DomainNames {
    /// So many that nobody has them, and so few that a hostile option stays small.
    private static final int MOST_NAMES = 128;

    private static final int MOST_LABEL_BYTES = 63;
    private static final int MOST_NAME_BYTES = 255;
    private static final int POINTER = 0xc0;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    private final Slice data;
    private int at;

    private DomainNames(Slice data) {
        this.data = data;
    }

    /// Writes names without compression.
    ///
    /// @throws IllegalArgumentException when one is malformed
    static Slice encode(List<String> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : names) {
            if (name.length() + 2 > MOST_NAME_BYTES) {
                throw new IllegalArgumentException("domain name too long: " + name);
            }
            for (String label : name.split("\\.", -1)) {
                if (!LABEL.matcher(label).matches()) {
                    throw new IllegalArgumentException("not a domain name: " + name);
                }
                out.write(label.length());
                out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
            }
            out.write(0);
        }
        return Slice.of(out.toByteArray());
    }

    /// The names, or nothing when one of them is malformed.
    static Optional<List<String>> tryDecode(Slice data) {
        DomainNames names = new DomainNames(data);
        List<String> all = new ArrayList<>();
        while (names.at < data.length()) {
            Optional<String> name = names.next();
            if (name.isEmpty() || all.size() == MOST_NAMES) {
                return Optional.empty();
            }
            all.add(name.get());
        }
        return Optional.of(List.copyOf(all));
    }

    /// Reads the name at [#at]. A pointer leads to before the name that it stands in, and every
    /// further one to before that: so there is an end.
    private Optional<String> next() {
        StringBuilder name = new StringBuilder();
        int limit = at;
        int read = at;
        boolean jumped = false;
        while (read < data.length() && data.u8(read) != 0) {
            int length = data.u8(read);
            if (length >= POINTER && read + 1 < data.length()) {
                int target = data.u16(read) & 0x3fff;
                at = jumped ? at : read + 2;
                jumped = true;
                if (target >= limit) {
                    return Optional.empty();
                }
                limit = target;
                read = target;
            } else if (append(read, name)) {
                read += 1 + length;
            } else {
                return Optional.empty();
            }
        }
        at = jumped ? at : read + 1;
        return read < data.length() && !name.isEmpty()
                ? Optional.of(name.toString())
                : Optional.empty();
    }

    /// @return whether there is a label at `read`, and the name not too long with it
    private boolean append(int read, StringBuilder name) {
        int length = data.u8(read);
        if (length > MOST_LABEL_BYTES || read + 1 + length > data.length()) {
            return false;
        }
        byte[] bytes = data.part(read + 1, length).toByteArray();
        String label = new String(bytes, StandardCharsets.ISO_8859_1);
        name.append(name.isEmpty() ? "" : ".").append(label);
        return LABEL.matcher(label).matches() && name.length() + 2 <= MOST_NAME_BYTES;
    }
}
