package dev.weft.linux.packet;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.sys.Memory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Addresses as sockets take them: `struct sockaddr_in` and `struct sockaddr_in6`, port 0.
final class InternetAddress {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /// Room for either.
    static final int MAX_BYTES = 28;

    private static final int IPV4_BYTES = 16;
    private static final int IPV6_BYTES = 28;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int IPV6_SCOPE = 24;

    private InternetAddress() {}

    static Memory encode(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address six) {
            return Memory.ofAuto(IPV6_BYTES)
                    .putU16(0, AF_INET6)
                    .put(IPV6_ADDRESS, bytes, 0, bytes.length)
                    .putS32(IPV6_SCOPE, six.getScopeId());
        }
        return Memory.ofAuto(IPV4_BYTES)
                .putU16(0, AF_INET)
                .put(IPV4_ADDRESS, bytes, 0, bytes.length);
    }

    static InetAddress decode(Memory memory, long offset) {
        if (memory.u16(offset) != AF_INET6) {
            return IpPrefix.addressOf(memory.bytes(offset + IPV4_ADDRESS, 4));
        }
        byte[] bytes = memory.bytes(offset + IPV6_ADDRESS, 16);
        int scope = memory.s32(offset + IPV6_SCOPE);
        return scope == 0 ? IpPrefix.addressOf(bytes) : scoped(bytes, scope);
    }

    private static InetAddress scoped(byte[] bytes, int scope) {
        try {
            return Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("sixteen bytes are an IPv6 address", impossible);
        }
    }
}
