package dev.weft.plugins.site;

import dev.weft.cni.AttachmentId;
import dev.weft.linux.link.Link;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How the link of an attachment is known again: the host's end of a pair of veths, or the
/// interface in the container where that is all there is.
///
/// Its alias tells people, and a DEL before it deletes a link, whose it is. The name of a host's
/// end is a hash of the attachment, always the same, so that it is found again without a record.
///
/// @param plugin which plugin made it
/// @param network in which network
/// @param attachment for whom
public record LinkMark(String plugin, String network, AttachmentId attachment) {
    /// When somebody else has the first name, the others are tried.
    private static final int MAX_NAMES = 10;

    /// `IFALIASZ` counts a final NUL.
    private static final int MAX_ALIAS_BYTES = 255;

    private static final String MARK = "weft ";
    private static final int DIGITS = 32;

    /// The names that a host's end may have, in the order in which they are tried.
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

    /// The mark of a link.
    public static Optional<LinkMark> of(Link link) {
        return link.alias()
                .filter(text -> text.startsWith(MARK))
                .map(text -> text.split(" ", -1))
                .filter(words -> words.length == 5)
                .map(words ->
                        new LinkMark(words[1], words[2], new AttachmentId(words[3], words[4])));
    }

    /// Whether a link is an attachment's.
    public static boolean isMarked(Link link) {
        return link.alias().filter(text -> text.startsWith(MARK)).isPresent();
    }

    /// Whether a link has this mark, whatever its name.
    public boolean is(Link link) {
        return link.alias().equals(Optional.of(alias()));
    }

    /// Whether a link that has the right name may be the one: a killed ADD may not have come as far
    /// as the alias.
    public boolean mayBe(Link link) {
        return link.alias().isEmpty() || is(link);
    }
}
