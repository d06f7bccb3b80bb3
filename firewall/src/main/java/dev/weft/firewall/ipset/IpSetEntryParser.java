package dev.weft.firewall.ipset;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.util.List;

/// Reads an entry from text, part by part as its type has them.
final class IpSetEntryParser {
    private static final String BRIDGE_PORT = "physdev:";

    private final String text;
    private IpSetEntry entry = IpSetEntry.empty();

    private IpSetEntryParser(String text) {
        this.text = text;
    }

    static IpSetEntry parse(IpSetType type, String text) {
        IpSetEntryParser parser = new IpSetEntryParser(text);
        List<IpSetType.Part> parts = type.parts();
        String[] words = text.split(",", -1);
        boolean complete =
                words.length == parts.size()
                        || (type.equals(IpSetType.BITMAP_IP_MAC) && words.length == 1);
        if (!complete) {
            throw new InvalidRequestException(
                    "'" + text + "' is no entry of type " + type + ": it has other parts");
        }
        for (int i = 0; i < words.length; i++) {
            parser.part(parts.get(i), words[i]);
        }
        return parser.entry;
    }

    private void part(IpSetType.Part part, String word) {
        switch (part) {
            case IP, NET -> address(word);
            case PORT -> port(word);
            case MAC -> entry = entry.hardwareAddress(HardwareAddress.parse(word));
            case MARK -> entry = entry.mark(number(word, 0xffff_ffffL));
            case IFACE ->
                    entry =
                            word.startsWith(BRIDGE_PORT)
                                    ? entry.bridgePort(word.substring(BRIDGE_PORT.length()))
                                    : entry.link(word);
            case SET -> entry = entry.set(IpSetEntryAttributes.SET, IpSets.checked(word));
        }
    }

    private void address(String word) {
        if (entry.attributes().has(IpSetEntryAttributes.ADDRESS)) {
            address(
                    word,
                    IpSetEntryAttributes.SECOND_ADDRESS,
                    IpSetEntryAttributes.LAST_SECOND_ADDRESS,
                    IpSetEntryAttributes.SECOND_PREFIX_LENGTH);
        } else {
            address(
                    word,
                    IpSetEntryAttributes.ADDRESS,
                    IpSetEntryAttributes.LAST_ADDRESS,
                    IpSetEntryAttributes.PREFIX_LENGTH);
        }
    }

    /// One address, a network, or a range.
    private void address(
            String word,
            Attribute<Attributes> first,
            Attribute<Attributes> last,
            Attribute<Integer> length) {
        int dash = word.indexOf('-');
        if (dash >= 0) {
            put(first, word.substring(0, dash));
            put(last, word.substring(dash + 1));
        } else if (word.indexOf('/') >= 0) {
            IpPrefix network = IpPrefix.parse(word);
            entry =
                    entry.set(first, IpSetAddress.encode(network.address()))
                            .set(length, network.length());
        } else {
            put(first, word);
        }
    }

    private void put(Attribute<Attributes> attribute, String word) {
        entry = entry.set(attribute, IpSetAddress.encode(IpPrefix.parseAddress(word)));
    }

    /// `80`, `80-89`, `tcp:80`, `icmp:8/0`; in a type with addresses, TCP when it says nothing.
    private void port(String word) {
        int colon = word.indexOf(':');
        String number = word.substring(colon + 1);
        if (colon >= 0) {
            entry = entry.protocol(TransportProtocol.parse(word.substring(0, colon)));
        } else if (entry.attributes().has(IpSetEntryAttributes.ADDRESS)) {
            entry = entry.protocol(TransportProtocol.TCP);
        }
        int slash = number.indexOf('/');
        int dash = number.indexOf('-');
        if (slash >= 0) {
            int type = (int) number(number.substring(0, slash), 0xff);
            entry = entry.port(type << Byte.SIZE | (int) number(number.substring(slash + 1), 0xff));
        } else if (dash >= 0) {
            entry =
                    entry.ports(
                            (int) number(number.substring(0, dash), 0xffff),
                            (int) number(number.substring(dash + 1), 0xffff));
        } else {
            entry = entry.port((int) number(number, 0xffff));
        }
    }

    private long number(String word, long most) {
        try {
            long number = Long.decode(word);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Falls through to the one message about what is expected.
        }
        throw new InvalidRequestException(
                "'" + word + "' in '" + text + "' is no number of 0 to " + most);
    }
}
