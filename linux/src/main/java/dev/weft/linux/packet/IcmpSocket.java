package dev.weft.linux.packet;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Slice;
import dev.weft.linux.sys.Descriptor;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import dev.weft.linux.sys.WakeableDescriptor;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// ICMP or ICMPv6 messages, sent and received through the kernel's IP layer: routed, and seen by
/// its firewall, as any program's.
///
/// Every message of the namespace is received, errors about other sockets' packets included; the
/// caller knows its own by what they quote. So the socket's error queue (`IP_RECVERR`) would tell
/// nothing more and is not used. One thread receives; any may send or close.
public final class IcmpSocket implements AutoCloseable {
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPNS = 35;
    private static final int SO_MARK = 36;
    private static final int SO_BINDTOIFINDEX = 62;
    private static final int SOL_IP = 0;
    private static final int IP_TTL = 2;
    private static final int IP_MULTICAST_TTL = 33;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_UNICAST_HOPS = 16;
    private static final int IPV6_MULTICAST_HOPS = 18;
    private static final int IPV6_RECVHOPLIMIT = 51;
    private static final int IPV6_HOPLIMIT = 52;
    private static final int SOL_RAW = 255;
    private static final int FILTER = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int IPV4_FILTER_BYTES = 4;
    private static final int IPV6_FILTER_BYTES = 32;
    private static final int IPV4_TTL_OFFSET = 8;
    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000L;

    private final WakeableDescriptor descriptor;
    private final MessageBuffer buffer;
    private final boolean six;
    private final String object;

    private IcmpSocket(
            WakeableDescriptor descriptor, MessageBuffer buffer, boolean six, String object) {
        this.descriptor = descriptor;
        this.buffer = buffer;
        this.six = six;
        this.object = object;
    }

    /// Opens a socket in a namespace.
    ///
    /// @throws KernelException EPERM without CAP_NET_RAW, EADDRNOTAVAIL when no link has the source
    ///   address, ENODEV when there is no such link
    public static IcmpSocket open(NetworkNamespace namespace, IcmpSocketOptions options) {
        boolean six = isSix(options.source());
        String object = (six ? "ICMPv6 socket" : "ICMP socket") + " of namespace " + namespace;
        Descriptor descriptor = namespace.open(() -> Descriptor.of(socket(six), "open", object));
        MessageBuffer buffer = new MessageBuffer();
        try {
            configure(descriptor.number(), six, options, object);
            return new IcmpSocket(
                    WakeableDescriptor.of(descriptor, buffer::close), buffer, six, object);
        } catch (KernelException failed) {
            descriptor.close();
            buffer.close();
            throw failed;
        }
    }

    private static boolean isSix(InetAddress address) {
        return address.getAddress().length == 16;
    }

    private static int socket(boolean six) {
        return six
                ? Syscalls.socket(InternetAddress.AF_INET6, SOCK_RAW_CLOEXEC, IPPROTO_ICMPV6)
                : Syscalls.socket(InternetAddress.AF_INET, SOCK_RAW_CLOEXEC, IPPROTO_ICMP);
    }

    private static void configure(
            int number, boolean six, IcmpSocketOptions options, String object) {
        // The filter first: what comes before it would be received all the same.
        if (!options.types().isEmpty()) {
            check(
                    Syscalls.setsockopt(
                            number,
                            six ? IPPROTO_ICMPV6 : SOL_RAW,
                            FILTER,
                            six
                                    ? filter(options.types(), IPV6_FILTER_BYTES)
                                    : filter(options.types(), IPV4_FILTER_BYTES)),
                    "filter",
                    object);
        }
        option(number, SOL_SOCKET, SO_TIMESTAMPNS, 1, object);
        if (six) {
            option(number, SOL_IPV6, IPV6_RECVHOPLIMIT, 1, object);
        }
        if (options.mark() != 0) {
            option(number, SOL_SOCKET, SO_MARK, options.mark(), object);
        }
        if (options.linkIndex() != 0) {
            option(number, SOL_SOCKET, SO_BINDTOIFINDEX, options.linkIndex(), object);
        }
        if (options.hopLimit() != 0) {
            int level = six ? SOL_IPV6 : SOL_IP;
            option(number, level, six ? IPV6_UNICAST_HOPS : IP_TTL, options.hopLimit(), object);
            option(
                    number,
                    level,
                    six ? IPV6_MULTICAST_HOPS : IP_MULTICAST_TTL,
                    options.hopLimit(),
                    object);
        }
        String source = object + " to " + IpPrefix.textOf(options.source());
        check(Syscalls.bind(number, InternetAddress.encode(options.source())), "bind", source);
    }

    private static void option(int number, int level, int option, int value, String object) {
        check(
                Syscalls.setsockopt(number, level, option, value),
                "set option " + option + " of level " + level + " to " + value + " on",
                object);
    }

    private static void check(long result, String operation, String object) {
        KernelException.check(result, operation, object);
    }

    /// A bit for each type, set where it is kept out.
    private static Memory filter(Set<Integer> types, int bytes) {
        Memory filter = Memory.ofAuto(bytes);
        for (int type = 0; type < bytes * Byte.SIZE; type++) {
            long word = (long) type / Integer.SIZE * Integer.BYTES;
            int bit = types.contains(type) ? 0 : 1 << type % Integer.SIZE;
            filter.putS32(word, filter.s32(word) | bit);
        }
        return filter;
    }

    /// Sends a message: type, code, checksum, rest. The kernel computes the checksum of ICMPv6, the
    /// caller that of ICMP.
    ///
    /// @throws KernelException ENETUNREACH when no route leads there, EPERM when the firewall
    ///   rejects it, EMSGSIZE when it is too long
    public void send(InetAddress destination, byte[] message) {
        if (isSix(destination) != six) {
            throw new InvalidRequestException(
                    "cannot send to " + IpPrefix.textOf(destination) + " with an " + object);
        }
        Memory bytes =
                Memory.ofAuto(Math.max(1, message.length)).put(0, message, 0, message.length);
        Memory address = InternetAddress.encode(destination);
        long sent =
                descriptor.use(
                        number -> Syscalls.sendto(number, bytes, message.length, 0, address));
        requireSent(sent, message.length, IpPrefix.textOf(destination));
    }

    /// These errnos are no lack of privilege here, as elsewhere: the socket is open.
    private static void requireSent(long sent, int bytes, String destination) {
        String operation = "send " + bytes + " bytes of ICMP to";
        if (-sent == Errno.EPERM.number() || -sent == Errno.EACCES.number()) {
            throw KernelException.explained(
                    (int) -sent,
                    operation,
                    destination,
                    "a firewall rule or a prohibiting route forbids it");
        }
        KernelException.check(sent, operation, destination);
    }

    /// The next message; nothing when none came in time, or the socket was closed.
    public Optional<ReceivedIcmp> receive(Duration limit) {
        return descriptor.receive(limit, this::take);
    }

    private Optional<ReceivedIcmp> take(int number) {
        long length = buffer.receive(number, MSG_DONTWAIT);
        if (-length == Errno.EAGAIN.number()) {
            return Optional.empty();
        }
        KernelException.check(length, "receive from", object);
        return Optional.of(six ? received(buffer.data(), hopLimit()) : receivedIpv4(buffer.data()));
    }

    private ReceivedIcmp receivedIpv4(Slice packet) {
        int headerBytes = (packet.u8(0) & 0xf) * Integer.BYTES;
        return received(packet.from(headerBytes), packet.u8(IPV4_TTL_OFFSET));
    }

    private ReceivedIcmp received(Slice message, int hopLimit) {
        long time =
                buffer.control(SOL_SOCKET, SO_TIMESTAMPNS)
                        .map(stamp -> stamp.s64(0) * NANOSECONDS_PER_SECOND + stamp.s64(8))
                        .orElse(0L);
        return new ReceivedIcmp(buffer.source(), hopLimit, time, message);
    }

    private int hopLimit() {
        return buffer.control(SOL_IPV6, IPV6_HOPLIMIT).map(limit -> limit.s32(0)).orElse(0);
    }

    /// Whether [#close] has not been called.
    public boolean isOpen() {
        return descriptor.isOpen();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
