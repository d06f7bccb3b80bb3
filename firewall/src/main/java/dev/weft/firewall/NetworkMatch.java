package dev.weft.firewall;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.Datum;
import dev.weft.linux.IpPrefix;
import java.util.Arrays;
import java.util.List;

/// How an address of the packet is compared with a network: a prefix of whole bytes by loading no
/// more than those, any other by a mask.
final class NetworkMatch {
    private NetworkMatch() {}

    static List<Expression> expressions(IpPrefix network, Selector selector, Operator operator) {
        Register first = Register.FIRST;
        Datum address = Datum.address(network.network().address());
        int bits = network.length();
        if (bits == 0 || bits % Byte.SIZE != 0) {
            Datum zeros = Datum.of(new byte[address.bytes().length()]);
            return List.of(
                    selector.load(first),
                    new Bitwise(first, first, mask(network), zeros),
                    new Compare(operator, first, address));
        }
        int bytes = bits / Byte.SIZE;
        Payload whole = (Payload) selector.load(first);
        return List.of(
                new Payload(whole.base(), whole.offset(), bytes, first),
                new Compare(operator, first, new Datum(address.bytes().part(0, bytes))));
    }

    private static Datum mask(IpPrefix network) {
        byte[] ones = new byte[network.address().getAddress().length];
        Arrays.fill(ones, (byte) 0xff);
        IpPrefix mask = new IpPrefix(IpPrefix.addressOf(ones), network.length());
        return Datum.address(mask.network().address());
    }
}
