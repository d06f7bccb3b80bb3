package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The messages of a client: which options each has is RFC 2131's table 5, and how a request says
/// what it is for is table 4.
record Requests(Dhcpv4Settings settings) {
    static final Inet4Address NO_ADDRESS = IpAddresses.parseV4("0.0.0.0");

    /// What every link takes that containers have, tunnels included.
    private static final int MOST_BYTES = 1400;

    /// Is there a server?
    ///
    /// @param wanted an address that the client had before
    Transmission discover(long transactionId, long seconds, Optional<Inet4Address> wanted) {
        return broadcast(
                Dhcpv4MessageType.DISCOVER,
                wanted.map(Requests::wanting).map(List::of).orElse(List.of()),
                transactionId,
                seconds);
    }

    /// The client takes an offer, and not those of other servers.
    Transmission select(long transactionId, long seconds, Reply offer) {
        return broadcast(
                Dhcpv4MessageType.REQUEST,
                List.of(wanting(offer.message().your()), from(offer.server())),
                transactionId,
                seconds);
    }

    /// Does the lease from before still hold?
    Transmission verify(long transactionId, long seconds, Inet4Address address) {
        return broadcast(
                Dhcpv4MessageType.REQUEST, List.of(wanting(address)), transactionId, seconds);
    }

    /// Of a client without an address.
    private Transmission broadcast(
            Dhcpv4MessageType type, List<Dhcpv4Option> options, long transactionId, long seconds) {
        return new Transmission.Broadcast(
                asking(type, options, transactionId, seconds, NO_ADDRESS), NO_ADDRESS);
    }

    /// The lease's server is asked to extend it.
    Transmission renew(long transactionId, long seconds, Dhcpv4Lease lease) {
        return new Transmission.Unicast(
                extending(transactionId, seconds, lease), lease.address(), lease.server());
    }

    /// Every server is asked to extend a lease.
    Transmission rebind(long transactionId, long seconds, Dhcpv4Lease lease) {
        return new Transmission.Broadcast(
                extending(transactionId, seconds, lease), lease.address());
    }

    private Dhcpv4 extending(long transactionId, long seconds, Dhcpv4Lease lease) {
        return asking(
                Dhcpv4MessageType.REQUEST, List.of(), transactionId, seconds, lease.address());
    }

    /// The client no longer wants the address.
    Transmission release(long transactionId, Dhcpv4Lease lease) {
        Dhcpv4 message =
                telling(Dhcpv4MessageType.RELEASE, List.of(from(lease.server())), transactionId)
                        .withClient(0, 0, lease.address());
        return new Transmission.Unicast(message, lease.address(), lease.server());
    }

    /// Somebody else has the address.
    Transmission decline(long transactionId, Dhcpv4Lease lease) {
        return new Transmission.Broadcast(
                telling(
                        Dhcpv4MessageType.DECLINE,
                        List.of(
                                wanting(lease.address()),
                                from(lease.server()),
                                Dhcpv4Option.text(Dhcpv4Option.MESSAGE, "address in use")),
                        transactionId),
                NO_ADDRESS);
    }

    private static Dhcpv4Option wanting(Inet4Address address) {
        return Dhcpv4Option.address(Dhcpv4Option.REQUESTED_ADDRESS, address);
    }

    private static Dhcpv4Option from(Inet4Address server) {
        return Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, server);
    }

    private Dhcpv4 asking(
            Dhcpv4MessageType type,
            List<Dhcpv4Option> about,
            long transactionId,
            long seconds,
            Inet4Address client) {
        List<Dhcpv4Option> own = new ArrayList<>(about);
        own.addFirst(type.option());
        own.add(Dhcpv4Option.u16(Dhcpv4Option.MAXIMUM_MESSAGE_BYTES, MOST_BYTES));
        if (!settings.requested().isEmpty()) {
            own.add(Dhcpv4Option.parameterRequestList(settings.requested()));
        }
        boolean isDeaf = settings.hearsOnlyBroadcasts() && client.equals(NO_ADDRESS);
        return message(new Dhcpv4Options(own).plus(settings.sent().all()), transactionId)
                .withClient(seconds, isDeaf ? Dhcpv4.BROADCAST : 0, client);
    }

    private Dhcpv4 telling(Dhcpv4MessageType type, List<Dhcpv4Option> about, long transactionId) {
        List<Dhcpv4Option> identity =
                settings.sent().all().stream()
                        .filter(option -> option.code() == Dhcpv4Option.CLIENT_IDENTIFIER)
                        .toList();
        return message(Dhcpv4Options.of(type.option()).plus(about).plus(identity), transactionId);
    }

    private Dhcpv4 message(Dhcpv4Options options, long transactionId) {
        return Dhcpv4.of(Dhcpv4.REQUEST, transactionId, settings.hardware(), options);
    }
}
