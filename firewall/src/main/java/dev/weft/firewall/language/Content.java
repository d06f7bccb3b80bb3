package dev.weft.firewall.language;

import dev.weft.linux.netlink.Slice;
import org.jspecify.annotations.Nullable;

/// What a register holds while a rule is read.
sealed interface Content {
    int bytes();

    /// A constant that the rule brings along; its type is told by what uses it.
    record Constant(Slice value) implements Content {
        @Override
        public int bytes() {
            return value.length();
        }
    }

    /// Something with a name, perhaps changed by `& mask ^ xor`.
    ///
    /// @param mask null when it was not changed
    /// @param xor null with `mask`
    /// @param shiftedBits how far a part of a header was moved down
    record Known(
            Term term, Typing typing, @Nullable Slice mask, @Nullable Slice xor, int shiftedBits)
            implements Content {
        static Known of(Term term, Typing typing) {
            return new Known(term, typing, null, null, 0);
        }

        @Override
        public int bytes() {
            return typing.bytes();
        }
    }

    /// Bytes of the packet, which a mask may cut a field out of.
    ///
    /// @param mask null when it was not changed
    /// @param xor null with `mask`
    record Packet(Place place, boolean turned, @Nullable Slice mask, @Nullable Slice xor)
            implements Content {
        @Override
        public int bytes() {
            return place.bytes();
        }
    }
}
