package dev.weft.ipam;

import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.cni.ResultFormat;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.math.BigInteger;
import java.util.Optional;

/// Addresses of one subnet that may be given away.
///
/// @param subnet whose prefix length the addresses get
/// @param first the lowest
/// @param last the highest
/// @param gateway never given away, wherever it lies
record AddressRange(IpPrefix subnet, IpNumber first, IpNumber last, IpNumber gateway) {
    /// Below the network's address, the gateway, one host and broadcast nothing is left to give.
    private static final int MIN_HOST_BITS = 2;

    /// Reads the object of a configuration.
    ///
    /// @throws CniException when it makes no sense
    static AddressRange of(Fields fields) {
        IpPrefix subnet =
                ResultFormat.prefix(fields, "subnet")
                        .orElseThrow(() -> fields.wrong("subnet", "a subnet, which is missing"));
        requireNetwork(subnet);
        IpNumber network = IpNumber.of(subnet.address());
        Optional<IpNumber> start = number(fields, "rangeStart");
        Optional<IpNumber> end = number(fields, "rangeEnd");
        IpNumber highest = network.plus(size(subnet).subtract(BigInteger.ONE));
        IpNumber first = start.orElse(network.next());
        if (!first.isBetween(network, end.orElse(highest))) {
            throw IpamKeys.invalid("RangeStart " + first + " not in network " + subnet);
        }
        IpNumber last =
                end.orElse(network.family() == IpFamily.IPV4 ? highest.previous() : highest);
        if (!last.isBetween(end.isPresent() ? first : network, highest)) {
            throw IpamKeys.invalid("RangeEnd " + last + " not in network " + subnet);
        }
        return new AddressRange(
                subnet, first, last, number(fields, "gateway").orElse(network.next()));
    }

    private static void requireNetwork(IpPrefix subnet) {
        int width = IpFamily.of(subnet.address()).width();
        if (subnet.length() > width - MIN_HOST_BITS) {
            throw IpamKeys.invalid("Network " + subnet + " too small to allocate from");
        }
        IpPrefix network = subnet.network();
        if (!network.equals(subnet)) {
            throw IpamKeys.invalid(
                    "Network has host bits set. For a subnet mask of length "
                            + subnet.length()
                            + " the network address is "
                            + IpPrefix.textOf(network.address()));
        }
    }

    private static BigInteger size(IpPrefix subnet) {
        return BigInteger.ONE.shiftLeft(IpFamily.of(subnet.address()).width() - subnet.length());
    }

    private static Optional<IpNumber> number(Fields fields, String key) {
        return ResultFormat.address(fields, key).map(IpNumber::of);
    }

    IpFamily family() {
        return first.family();
    }

    boolean contains(IpNumber address) {
        return address.isBetween(first, last);
    }

    boolean overlaps(AddressRange other) {
        return contains(other.first) || other.contains(first);
    }

    /// How many addresses it can give away.
    BigInteger capacity() {
        BigInteger all = first.countTo(last);
        return contains(gateway) ? all.subtract(BigInteger.ONE) : all;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
