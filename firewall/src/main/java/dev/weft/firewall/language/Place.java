package dev.weft.firewall.language;

import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.Payload;

/// Where in a packet bytes stand.
sealed interface Place {
    int bytes();

    /// Counted from the start of a header.
    record InHeader(Payload.Base base, int offset, int bytes) implements Place {}

    /// Counted from the start of an extension header, an option or a chunk.
    record InOption(ExtensionHeader.Protocol protocol, int type, int offset, int bytes)
            implements Place {}
}
