package dev.weft.linux;

import java.net.InetAddress;
import java.util.Optional;

/// The two families of IP, under the numbers by which the kernel knows them.
public enum IpFamily {
    /// `AF_INET`.
    IPV4(2, 4),
    /// `AF_INET6`.
    IPV6(10, 16);

    private final int number;
    private final int bytes;

    IpFamily(int number, int bytes) {
        this.number = number;
        this.bytes = bytes;
    }

    /// The kernel's number, `AF_*`.
    public int number() {
        return number;
    }

    /// The size of an address in bits: the longest prefix.
    public int width() {
        return bytes * Byte.SIZE;
    }

    /// The address of all zeros.
    public InetAddress any() {
        return IpPrefix.addressOf(new byte[bytes]);
    }

    /// The prefix of every address, `0.0.0.0/0`.
    public IpPrefix everything() {
        return new IpPrefix(any(), 0);
    }

    /// The family of an address.
    public static IpFamily of(InetAddress address) {
        return address.getAddress().length == IPV4.bytes ? IPV4 : IPV6;
    }

    /// The family of a number, if it is one of IP.
    public static Optional<IpFamily> of(int number) {
        return switch (number) {
            case 2 -> Optional.of(IPV4);
            case 10 -> Optional.of(IPV6);
            default -> Optional.empty();
        };
    }
}
