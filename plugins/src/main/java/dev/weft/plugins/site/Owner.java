package dev.weft.plugins.site;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Request;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whose something in the firewall is, as the comment that stands beside it: two hashes to compare,
/// and the names for people.
///
/// The reference plugins comment their nftables rules for masquerading in the same way, so what
/// they made is found by it as well.
///
/// @param network the network's name
/// @param attachment which interface of which container
/// @param prefix what the comment begins with: the hashes
public record Owner(String network, AttachmentId attachment, String prefix) {
    private static final int HASH_DIGITS = 16;
    private static final int PREFIX_LENGTH = 2 * HASH_DIGITS + 1;

    /// The bytes of a comment that `nft` takes.
    private static final int MOST_BYTES = 128;

    public static Owner of(Request request) {
        return of(request.network(), request.attachment());
    }

    public static Owner of(String network, AttachmentId attachment) {
        String interfaceOfContainer = attachment.interfaceName() + ":" + attachment.containerId();
        return new Owner(
                network,
                attachment,
                ofNetwork(network) + Hashes.sha512(interfaceOfContainer, HASH_DIGITS));
    }

    /// What every comment of the network begins with.
    static String ofNetwork(String network) {
        return Hashes.sha512(network, HASH_DIGITS) + "-";
    }

    /// The comment.
    public String comment() {
        String text =
                prefix
                        + ", net: "
                        + network
                        + ", if: "
                        + attachment.interfaceName()
                        + ", id: "
                        + attachment.containerId();
        byte[] bytes = text.replace("\"", "").getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MOST_BYTES
                ? text.replace("\"", "")
                : new String(bytes, 0, MOST_BYTES, StandardCharsets.UTF_8).replace("\ufffd", "");
    }

    /// Whether a comment is of this owner.
    public boolean wrote(String comment) {
        return comment.startsWith(prefix);
    }

    /// Whether a comment is of the network, and of none of these attachments.
    public static Predicate<String> strays(String network, Set<AttachmentId> valid) {
        Set<String> kept =
                valid.stream()
                        .map(attachment -> of(network, attachment).prefix())
                        .collect(Collectors.toSet());
        String all = ofNetwork(network);
        return comment ->
                comment.startsWith(all)
                        && (comment.length() < PREFIX_LENGTH
                                || !kept.contains(comment.substring(0, PREFIX_LENGTH)));
    }

    /// The part of a comment that is for people.
    public static String words(String comment) {
        int comma = comment.indexOf(", ");
        return comma < 0 ? comment : comment.substring(comma + 2);
    }
}
