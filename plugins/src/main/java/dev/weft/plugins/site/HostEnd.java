package dev.weft.plugins.site;

import dev.weft.cni.AttachmentId;
import dev.weft.linux.link.Link;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What the host's end of an attachment's veths is called, and how it is known again.
///
/// The name is a hash of the attachment, always the same, so that it is found again without a
/// record. Its alias tells people, and a DEL before it deletes a link, whose it is.
///
/// @param plugin which plugin made it
/// @param network in which network
/// @param attachment for whom
public record HostEnd(String plugin, String network, AttachmentId attachment) {
    /// When somebody else has the first name, the others are tried.
    private static final int MAX_NAMES = 10;

    /// `IFALIASZ` counts a final NUL.
    private static final int MAX_ALIAS_BYTES = 255;

    private static final String MARK = "weft ";
    private static final int DIGITS = 32;

    /// The names that it may have, in the order in which they are tried.
    public Stream<String> names() {
        String identity =
                network + ":" + attachment.containerId() + ":" + attachment.interfaceName();
        return IntStream.range(0, MAX_NAMES)
                .mapToObj(number -> number == 0 ? identity : identity + ":" + number)
                .map(text -> "veth" + Hashes.sha512(text, 8));
    }

    /// `weft bridge NETWORK CONTAINER INTERFACE`; none of the words has a space. What is too long
    /// for an alias is hashed.
    public String alias() {
        String text =
                MARK
                        + plugin
                        + " "
                        + network
                        + " "
                        + attachment.containerId()
                        + " "
                        + attachment.interfaceName();
        return text.length() <= MAX_ALIAS_BYTES
                ? text
                : MARK + plugin + " " + Hashes.sha512(text, DIGITS);
    }

    /// Whose host's end a link is.
    public static Optional<HostEnd> of(Link link) {
        return link.alias()
                .filter(text -> text.startsWith(MARK))
                .map(text -> text.split(" ", -1))
                .filter(words -> words.length == 5)
                .map(words ->
                        new HostEnd(words[1], words[2], new AttachmentId(words[3], words[4])));
    }

    /// Whether a link is the host's end of an attachment.
    public static boolean isMarked(Link link) {
        return link.alias().filter(text -> text.startsWith(MARK)).isPresent();
    }

    /// Whether a link is this one, whatever its name.
    public boolean is(Link link) {
        return link.alias().equals(Optional.of(alias()));
    }

    /// Whether a link that has this one's name may be it: a killed ADD may not have come as far as
    /// the alias.
    public boolean mayBe(Link link) {
        return link.alias().isEmpty() || is(link);
    }
}
