package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.List;

/// The five messages of neighbour discovery (RFC 4861 section 4). Each has fixed fields, then
/// options, and no payload. Reserved bits, which receivers ignore, are in the view only.
///
/// Receivers drop any that does not arrive with hop limit 255.
public sealed interface NeighbourDiscovery extends Icmpv6 {
    int ROUTER_SOLICITATION = 133;
    int ROUTER_ADVERTISEMENT = 134;
    int NEIGHBOUR_SOLICITATION = 135;
    int NEIGHBOUR_ADVERTISEMENT = 136;
    int REDIRECT = 137;

    /// The options, in the order they are sent.
    List<NeighbourOption> options();

    /// The message in a view of one of the five types.
    ///
    /// @throws MalformedPacketException when the options do not add up
    static NeighbourDiscovery of(Icmpv6.View view) {
        Slice body = view.body();
        return switch (view.type()) {
            case ROUTER_SOLICITATION -> new RouterSolicitation(optionsFrom(body, 4));
            case ROUTER_ADVERTISEMENT -> RouterAdvertisement.decode(body);
            case NEIGHBOUR_SOLICITATION ->
                    new NeighbourSolicitation(IpAddresses.v6(body, 4), optionsFrom(body, 20));
            case NEIGHBOUR_ADVERTISEMENT ->
                    new NeighbourAdvertisement(
                            body.u8(0), IpAddresses.v6(body, 4), optionsFrom(body, 20));
            case REDIRECT ->
                    new Redirect(
                            IpAddresses.v6(body, 4),
                            IpAddresses.v6(body, 20),
                            optionsFrom(body, 36));
            default ->
                    throw new IllegalArgumentException("not neighbour discovery: " + view.type());
        };
    }

    private static List<NeighbourOption> optionsFrom(Slice body, int at) {
        return NeighbourOptions.decode(body.from(at));
    }

    @Override
    default int length() {
        return View.LEAST_LENGTH + fixedBodyBytes() + NeighbourOptions.bytes(options());
    }

    /// The bytes between checksum and options.
    int fixedBodyBytes();

    /// Asks routers to advertise themselves (section 4.1).
    record RouterSolicitation(List<NeighbourOption> options) implements NeighbourDiscovery {
        public RouterSolicitation {
            options = List.copyOf(options);
        }

        @Override
        public int type() {
            return ROUTER_SOLICITATION;
        }

        @Override
        public int fixedBodyBytes() {
            return 4;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putInt(0);
            NeighbourOptions.encode(options, unit);
        }
    }

    /// A router's parameters (section 4.2).
    ///
    /// @param hopLimit what hosts should start with; 0 for unspecified
    /// @param flags [#MANAGED], [#OTHER_CONFIGURATION] and others
    /// @param lifetimeSeconds how long this is a default router, 0 to 65535; 0 for not at all
    /// @param reachableMilliseconds how long a confirmed neighbour counts as reachable; 0
    ///   unspecified
    /// @param retransmitMilliseconds between solicitations; 0 unspecified
    /// @param options prefixes, MTU, link-layer address …
    record RouterAdvertisement(
            int hopLimit,
            int flags,
            int lifetimeSeconds,
            long reachableMilliseconds,
            long retransmitMilliseconds,
            List<NeighbourOption> options)
            implements NeighbourDiscovery {
        /// Addresses come from DHCPv6.
        public static final int MANAGED = 0x80;

        /// Other configuration comes from DHCPv6.
        public static final int OTHER_CONFIGURATION = 0x40;

        public RouterAdvertisement {
            Fields.check("hop limit", hopLimit, 8);
            Fields.check("flags", flags, 8);
            Fields.check("router lifetime", lifetimeSeconds, 16);
            Fields.check("reachable time", reachableMilliseconds, 32);
            Fields.check("retransmit timer", retransmitMilliseconds, 32);
            options = List.copyOf(options);
        }

        private static RouterAdvertisement decode(Slice body) {
            return new RouterAdvertisement(
                    body.u8(0),
                    body.u8(1),
                    body.u16(2),
                    body.u32(4),
                    body.u32(8),
                    optionsFrom(body, 12));
        }

        @Override
        public int type() {
            return ROUTER_ADVERTISEMENT;
        }

        @Override
        public int fixedBodyBytes() {
            return 12;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.put((byte) hopLimit).put((byte) flags).putShort((short) lifetimeSeconds);
            unit.putInt((int) reachableMilliseconds).putInt((int) retransmitMilliseconds);
            NeighbourOptions.encode(options, unit);
        }
    }

    /// Asks for a neighbour's link-layer address (section 4.3).
    ///
    /// @param target the address asked for
    /// @param options usually the sender's link-layer address
    record NeighbourSolicitation(Inet6Address target, List<NeighbourOption> options)
            implements NeighbourDiscovery {
        public NeighbourSolicitation {
            options = List.copyOf(options);
        }

        @Override
        public int type() {
            return NEIGHBOUR_SOLICITATION;
        }

        @Override
        public int fixedBodyBytes() {
            return 20;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putInt(0).put(target.getAddress());
            NeighbourOptions.encode(options, unit);
        }
    }

    /// Tells a neighbour's link-layer address (section 4.4).
    ///
    /// @param flags [#ROUTER], [#SOLICITED], [#OVERRIDE] and reserved ones of the first byte
    /// @param target the address told about
    /// @param options usually its link-layer address
    record NeighbourAdvertisement(int flags, Inet6Address target, List<NeighbourOption> options)
            implements NeighbourDiscovery {
        /// The sender is a router.
        public static final int ROUTER = 0x80;

        /// This answers a solicitation.
        public static final int SOLICITED = 0x40;

        /// Replaces what receivers knew.
        public static final int OVERRIDE = 0x20;

        public NeighbourAdvertisement {
            Fields.check("flags", flags, 8);
            options = List.copyOf(options);
        }

        @Override
        public int type() {
            return NEIGHBOUR_ADVERTISEMENT;
        }

        @Override
        public int fixedBodyBytes() {
            return 20;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putInt(flags << 24).put(target.getAddress());
            NeighbourOptions.encode(options, unit);
        }
    }

    /// There is a better first hop (section 4.5).
    ///
    /// @param target the better hop, or the destination itself when it is a neighbour
    /// @param destination what it is better for
    /// @param options the target's link-layer address, the packet that caused this
    record Redirect(Inet6Address target, Inet6Address destination, List<NeighbourOption> options)
            implements NeighbourDiscovery {
        public Redirect {
            options = List.copyOf(options);
        }

        @Override
        public int type() {
            return REDIRECT;
        }

        @Override
        public int fixedBodyBytes() {
            return 36;
        }

        @Override
        public void encodeBody(ByteBuffer unit) {
            unit.putInt(0).put(target.getAddress()).put(destination.getAddress());
            NeighbourOptions.encode(options, unit);
        }
    }
}
