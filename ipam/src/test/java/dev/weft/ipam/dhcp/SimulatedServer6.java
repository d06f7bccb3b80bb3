package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Options;
import dev.weft.wire.Dhcpv6Status;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Slice;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small DHCPv6 server on virtual time, for one client: fd00::100 and the prefix fd01::/56.
final class SimulatedServer6 {
    static final Inet6Address ADDRESS = IpAddresses.parseV6("fd00::100");
    static final Inet6Address PREFIX = IpAddresses.parseV6("fd01::");

    final Slice identifier;
    long preferredSeconds = 3600;
    long validSeconds = 7200;
    boolean commitsRapidly;

    /// Until when it knows of the client's lease.
    long boundUntilMillis;

    SimulatedServer6(int number) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) number;
        identifier = Dhcpv6Option.uniqueIdentifier(Slice.of(bytes));
    }

    boolean isBound(long nowMillis) {
        return nowMillis < boundUntilMillis;
    }

    Optional<Dhcpv6> answer(Dhcpv6 request, long nowMillis) {
        Optional<Slice> chosen = request.options().find(Dhcpv6Option.SERVER_IDENTIFIER);
        if (chosen.isPresent() && !chosen.get().equals(identifier)) {
            return Optional.empty();
        }
        boolean commits =
                commitsRapidly && request.options().find(Dhcpv6Option.RAPID_COMMIT).isPresent();
        return switch (request.type()) {
            case Dhcpv6.SOLICIT ->
                    Optional.of(
                            commits
                                    ? commit(request, nowMillis)
                                    : reply(Dhcpv6.ADVERTISE, request, granted(request)));
            case Dhcpv6.REQUEST -> Optional.of(commit(request, nowMillis));
            case Dhcpv6.RENEW, Dhcpv6.REBIND ->
                    Optional.of(
                            isBound(nowMillis)
                                    ? commit(request, nowMillis)
                                    : refusal(request, Dhcpv6Status.NO_BINDING));
            case Dhcpv6.CONFIRM -> Optional.of(status(request, Dhcpv6Status.SUCCESS));
            case Dhcpv6.RELEASE, Dhcpv6.DECLINE -> {
                boundUntilMillis = 0;
                yield Optional.of(status(request, Dhcpv6Status.SUCCESS));
            }
            default -> Optional.empty();
        };
    }

    private Dhcpv6 commit(Dhcpv6 request, long nowMillis) {
        boundUntilMillis = nowMillis + validSeconds * 1000;
        List<Dhcpv6Option> options = new ArrayList<>(granted(request));
        request.options()
                .find(Dhcpv6Option.RAPID_COMMIT)
                .ifPresent(_ -> options.add(Dhcpv6Option.empty(Dhcpv6Option.RAPID_COMMIT)));
        return reply(Dhcpv6.REPLY, request, options);
    }

    List<Dhcpv6Option> granted(Dhcpv6 request) {
        return request.options().associations().stream()
                .map(each ->
                        Dhcpv6Association.asked(
                                each.isOfPrefixes(),
                                each.id(),
                                List.of(
                                        new Dhcpv6Association.Lent(
                                                each.isOfPrefixes() ? PREFIX : ADDRESS,
                                                each.isOfPrefixes() ? 56 : 128,
                                                preferredSeconds,
                                                validSeconds))))
                .map(Dhcpv6Association::option)
                .toList();
    }

    /// Refuses every association that was asked for.
    Dhcpv6 refusal(Dhcpv6 request, int code) {
        Dhcpv6Options why = Dhcpv6Options.of(Dhcpv6Option.status(code, "no"));
        return reply(
                request.type() == Dhcpv6.SOLICIT ? Dhcpv6.ADVERTISE : Dhcpv6.REPLY,
                request,
                request.options().associations().stream()
                        .map(each ->
                                new Dhcpv6Association(each.isOfPrefixes(), each.id(), 0, 0, why)
                                        .option())
                        .toList());
    }

    Dhcpv6 status(Dhcpv6 request, int code) {
        return reply(Dhcpv6.REPLY, request, List.of(Dhcpv6Option.status(code, "")));
    }

    Dhcpv6 reply(int type, Dhcpv6 request, List<Dhcpv6Option> content) {
        List<Dhcpv6Option> options = new ArrayList<>(content);
        options.add(
                new Dhcpv6Option(
                        Dhcpv6Option.CLIENT_IDENTIFIER,
                        request.options().find(Dhcpv6Option.CLIENT_IDENTIFIER).orElseThrow()));
        options.add(new Dhcpv6Option(Dhcpv6Option.SERVER_IDENTIFIER, identifier));
        return new Dhcpv6(type, request.transactionId(), new Dhcpv6Options(options));
    }
}
