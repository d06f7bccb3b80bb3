package dev.weft.linux.route;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.Attributes;
import java.net.Inet4Address;

/// What is asked of an address: only what was named here; the kernel chooses the rest. Immutable,
/// each method answers a new request.
///
/// ```java
/// addresses.add(bridge.index(), AddressRequest.of(IpPrefix.parse("172.17.0.1/24")).broadcast());
/// ```
public final class AddressRequest {
    private static final int SHORTEST_BROADCAST = 30;

    private final IpPrefix own;
    private final int prefixLength;
    private final Scope scope;
    private final int flags;
    private final Attributes attributes;

    private AddressRequest(
            IpPrefix own, int prefixLength, Scope scope, int flags, Attributes attributes) {
        this.own = own;
        this.prefixLength = prefixLength;
        this.scope = scope;
        this.flags = flags;
        this.attributes = attributes;
    }

    /// An address with the length of the prefix that is reached directly.
    public static AddressRequest of(IpPrefix own) {
        Attributes attributes =
                Attributes.build(
                        AddressAttributes.TABLE,
                        writer ->
                                writer.put(AddressAttributes.LOCAL, own.address())
                                        .put(AddressAttributes.ADDRESS, own.address()));
        Scope scope = own.address().isLoopbackAddress() ? Scope.HOST : Scope.GLOBAL;
        return new AddressRequest(own, own.length(), scope, 0, attributes);
    }

    /// What would make an address again, as it was read.
    public static AddressRequest of(Address address) {
        AddressRequest same =
                new AddressRequest(
                        address.prefix(),
                        address.prefix().length(),
                        address.scope(),
                        address.flags(),
                        address.attributes());
        return address.attributes().find(AddressAttributes.LOCAL).isPresent()
                ? same
                : same.set(AddressAttributes.LOCAL, address.address());
    }

    /// Any attribute of an address.
    public <T> AddressRequest set(Attribute<T> attribute, T value) {
        return new AddressRequest(
                own,
                prefixLength,
                scope,
                flags,
                attributes.and(writer -> writer.put(attribute, value)));
    }

    /// The other end of a link between two. The prefix is the peer's then, and the own address
    /// stands alone.
    ///
    /// @throws InvalidRequestException when it is of another family
    public AddressRequest peer(IpPrefix peer) {
        if (IpFamily.of(peer.address()) != IpFamily.of(own.address())) {
            throw new InvalidRequestException(
                    "peer " + peer + " has another family than " + IpPrefix.textOf(own.address()));
        }
        return new AddressRequest(
                own,
                peer.length(),
                scope,
                flags,
                attributes.and(writer -> writer.put(AddressAttributes.ADDRESS, peer.address())));
    }

    /// The usual broadcast address: the last of the prefix. Without effect on prefixes that have
    /// none: IPv6, and IPv4 of 31 bits and more. The kernel sets none by itself.
    public AddressRequest broadcast() {
        if (IpFamily.of(own.address()) == IpFamily.IPV6 || own.length() > SHORTEST_BROADCAST) {
            return this;
        }
        byte[] last = own.address().getAddress();
        for (int bit = own.length(); bit < IpFamily.IPV4.width(); bit++) {
            last[bit / Byte.SIZE] |= (byte) (0x80 >> bit % Byte.SIZE);
        }
        return set(AddressAttributes.BROADCAST, (Inet4Address) IpPrefix.addressOf(last));
    }

    public AddressRequest scope(Scope other) {
        return new AddressRequest(own, prefixLength, other, flags, attributes);
    }

    /// Sets a flag.
    public AddressRequest flag(AddressFlag flag) {
        return new AddressRequest(own, prefixLength, scope, flags | flag.bit(), attributes);
    }

    AddressHeader header(int linkIndex) {
        return new AddressHeader(
                IpFamily.of(own.address()).number(),
                prefixLength,
                flags & 0xff,
                scope.number(),
                linkIndex);
    }

    Attributes attributes() {
        return flags == 0
                ? attributes
                : attributes.and(writer -> writer.put(AddressAttributes.FLAGS, flags));
    }

    /// The address, for messages.
    @Override
    public String toString() {
        return "address " + own;
    }
}
