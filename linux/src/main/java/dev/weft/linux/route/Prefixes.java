package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.InetAddress;

/// Prefixes as messages carry them: the address in an attribute, the length in the header.
final class Prefixes {
    private Prefixes() {}

    /// A prefix whose address is an attribute; where that is absent, every address.
    static IpPrefix of(
            IpFamily family, Attributes attributes, Attribute<InetAddress> address, int length) {
        return of(family, attributes.orElse(address, family.any()), length);
    }

    /// A prefix from its parts.
    ///
    /// @throws MalformedMessageException when they do not fit each other
    static IpPrefix of(IpFamily family, InetAddress address, int length) {
        if (IpFamily.of(address) != family || length > family.width()) {
            throw new MalformedMessageException(
                    IpPrefix.textOf(address) + "/" + length + " is no prefix of " + family);
        }
        return new IpPrefix(address, length);
    }
}
