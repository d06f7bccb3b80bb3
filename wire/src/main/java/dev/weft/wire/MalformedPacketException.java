package dev.weft.wire;

import java.io.Serial;

/// The only exception that decoders throw for bytes they cannot read, whatever the bytes are.
public final class MalformedPacketException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Malformation malformation;

    MalformedPacketException(Malformation malformation) {
        super(malformation.toString());
        this.malformation = malformation;
    }

    MalformedPacketException(
            String protocol, String field, int offset, String expected, String actual) {
        this(new Malformation(protocol, field, offset, expected, actual));
    }

    /// The protocol, field and place that are wrong.
    public Malformation malformation() {
        return malformation;
    }
}
