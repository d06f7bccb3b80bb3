package dev.weft.firewall.language;

import dev.weft.firewall.expression.CtSet;
import dev.weft.firewall.expression.ExtensionHeaderSet;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.PayloadSet;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.language.Content.Known;
import dev.weft.firewall.language.Content.Packet;
import dev.weft.linux.netlink.Slice;

/// Reads what changes a packet or its connection. A field that is smaller than what can be written
/// is changed by loading what is around it, so the bits that the mask clears tell which it is.
final class Changes {
    private final Registers registers;
    private final Operands operands;
    private final KnownHeaders headers;

    Changes(Registers registers, Operands operands, KnownHeaders headers) {
        this.registers = registers;
        this.operands = operands;
        this.headers = headers;
    }

    Statement of(MetaSet set) {
        return set(Properties.of(set.key()), set.source());
    }

    Statement of(CtSet set) {
        return set(Properties.of(set.key(), set.direction(), headers.network()), set.source());
    }

    private Statement set(Known key, Register source) {
        return set(key, operands.as(registers.use(source), source, key.typing()));
    }

    private static Statement set(Known key, Term value) {
        return new Statement.Mangle(key.term(), value);
    }

    Statement of(PayloadSet set) {
        return write(new Place.InHeader(set.base(), set.offset(), set.bytes()), set.source());
    }

    Statement of(ExtensionHeaderSet set) {
        return write(
                new Place.InOption(set.protocol(), set.type(), set.offset(), set.bytes()),
                set.source());
    }

    private Statement write(Place place, Register source) {
        Content content = registers.use(source);
        if (content instanceof Packet packet && packet.place().equals(place)) {
            Slice mask = packet.mask();
            Slice xor = packet.xor();
            if (mask != null && xor != null) {
                Slice changed = Bits.not(mask);
                Known part = operands.part(packet, changed);
                if (part != null) {
                    return set(part, part.typing().value(Bits.and(xor, changed)));
                }
            }
        }
        Known whole = operands.known(new Packet(place, false, null, null));
        return set(whole, operands.as(content, source, whole.typing()));
    }
}
