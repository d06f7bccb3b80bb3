package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A small DHCPv4 server on virtual time: 10.0.0.100 and on, one at a time, each to the client
/// whose identifier it is bound to.
final class SimulatedServer {
    /// The first address that it gives.
    static final Inet4Address POOL = IpAddresses.parseV4("10.0.0.100");

    static final Inet4Address MASK = IpAddresses.parseV4("255.255.255.0");

    private record Binding(Slice client, long untilMillis) {}

    private final Inet4Address address;
    private final Map<Inet4Address, Binding> bindings = new HashMap<>();
    private long leaseSeconds;

    SimulatedServer(String address, long leaseSeconds) {
        this.address = IpAddresses.parseV4(address);
        this.leaseSeconds = leaseSeconds;
    }

    Inet4Address address() {
        return address;
    }

    void leaseFor(long seconds) {
        leaseSeconds = seconds;
    }

    /// The server starts anew and has forgotten everything.
    void forget() {
        bindings.clear();
    }

    boolean isBound(Inet4Address leased, long nowMillis) {
        Binding binding = bindings.get(leased);
        return binding != null && nowMillis < binding.untilMillis;
    }

    Optional<Dhcpv4> answer(Dhcpv4 request, long nowMillis) {
        Optional<Inet4Address> chosen = request.options().address(Dhcpv4Option.SERVER_IDENTIFIER);
        if (chosen.isPresent() && !chosen.get().equals(address)) {
            return Optional.empty();
        }
        return switch (request.options().messageType().orElseThrow()) {
            case DISCOVER ->
                    Optional.of(reply(Dhcpv4MessageType.OFFER, request, free(request, nowMillis)));
            case REQUEST -> Optional.of(decide(request, nowMillis));
            case RELEASE -> {
                bindings.remove(request.client());
                yield Optional.empty();
            }
            case DECLINE -> {
                Inet4Address taken =
                        request.options().address(Dhcpv4Option.REQUESTED_ADDRESS).orElseThrow();
                bindings.put(taken, new Binding(Slice.EMPTY, Long.MAX_VALUE));
                yield Optional.empty();
            }
            case OFFER, ACK, NAK, INFORM -> Optional.empty();
        };
    }

    private static Slice client(Dhcpv4 request) {
        return request.options().find(Dhcpv4Option.CLIENT_IDENTIFIER).orElseThrow();
    }

    private boolean isFree(Inet4Address candidate, Slice client, long nowMillis) {
        Binding binding = bindings.get(candidate);
        return binding == null || binding.client.equals(client) || binding.untilMillis <= nowMillis;
    }

    private Inet4Address free(Dhcpv4 request, long nowMillis) {
        Slice client = client(request);
        for (int last = 100; last < 250; last++) {
            Inet4Address candidate = IpAddresses.parseV4("10.0.0." + last);
            if (isFree(candidate, client, nowMillis)) {
                return candidate;
            }
        }
        throw new AssertionError("pool is empty");
    }

    /// A client that extends or verifies what this server does not know is refused.
    private Dhcpv4 decide(Dhcpv4 request, long nowMillis) {
        Inet4Address wanted =
                request.options().address(Dhcpv4Option.REQUESTED_ADDRESS).orElse(request.client());
        boolean isSelecting = request.options().find(Dhcpv4Option.SERVER_IDENTIFIER).isPresent();
        boolean isKnown = isBound(wanted, nowMillis);
        if (!isFree(wanted, client(request), nowMillis) || (!isSelecting && !isKnown)) {
            return refusal(request);
        }
        bindings.put(wanted, new Binding(client(request), nowMillis + leaseSeconds * 1000));
        return reply(Dhcpv4MessageType.ACK, request, wanted);
    }

    Dhcpv4 refusal(Dhcpv4 request) {
        return Dhcpv4.of(
                Dhcpv4.REPLY,
                request.transactionId(),
                request.hardware(),
                Dhcpv4Options.of(
                        Dhcpv4MessageType.NAK.option(),
                        Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, address)));
    }

    Dhcpv4 reply(Dhcpv4MessageType type, Dhcpv4 request, Inet4Address your) {
        return Dhcpv4.of(
                        Dhcpv4.REPLY,
                        request.transactionId(),
                        request.hardware(),
                        Dhcpv4Options.of(
                                type.option(),
                                Dhcpv4Option.address(Dhcpv4Option.SERVER_IDENTIFIER, address),
                                Dhcpv4Option.u32(Dhcpv4Option.LEASE_SECONDS, leaseSeconds),
                                Dhcpv4Option.address(Dhcpv4Option.SUBNET_MASK, MASK),
                                Dhcpv4Option.addresses(Dhcpv4Option.ROUTERS, List.of(address))))
                .withYour(your);
    }
}
