package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.util.Optional;

/// An address of a link as the kernel described it; what has no accessor here is in [#attributes].
///
/// @param linkIndex of the link that has it
/// @param prefix the own address with the length of the prefix that is reached directly
/// @param scope how far it means something
/// @param flags bits, see [#has]
/// @param attributes of [AddressAttributes]
public record Address(
        int linkIndex, IpPrefix prefix, Scope scope, int flags, Attributes attributes) {

    static Optional<Address> decode(NetlinkMessage message) {
        AddressHeader header = AddressHeader.decode(message.body());
        return IpFamily.of(header.family()).map(family -> decode(family, header, message));
    }

    private static Address decode(IpFamily family, AddressHeader header, NetlinkMessage message) {
        Attributes attributes =
                Attributes.decode(
                        AddressAttributes.TABLE, message.body().from(AddressHeader.BYTES));
        InetAddress own =
                attributes
                        .find(AddressAttributes.LOCAL)
                        .or(() -> attributes.find(AddressAttributes.ADDRESS))
                        .orElseThrow(() -> new MalformedMessageException("an address without one"));
        return new Address(
                header.linkIndex(),
                Prefixes.of(family, own, header.prefixLength()),
                new Scope(header.scope()),
                attributes.orElse(AddressAttributes.FLAGS, header.flags()),
                attributes);
    }

    /// The own address.
    public InetAddress address() {
        return prefix.address();
    }

    public IpFamily family() {
        return IpFamily.of(address());
    }

    /// The address at the other end, where the link has just two; the prefix length is its.
    public Optional<InetAddress> peer() {
        return attributes
                .find(AddressAttributes.ADDRESS)
                .filter(address -> !address.equals(prefix.address()));
    }

    public boolean has(AddressFlag flag) {
        return (flags & flag.bit()) != 0;
    }
}
