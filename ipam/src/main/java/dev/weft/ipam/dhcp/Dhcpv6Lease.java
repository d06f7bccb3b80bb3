package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Association.Lent;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Status;
import dev.weft.wire.Slice;
import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a DHCPv6 server granted: its reply, read as what a host needs.
///
/// @param reply the server's message
/// @param association the number of the client's associations; others are not looked at
public record Dhcpv6Lease(Dhcpv6 reply, long association) {
    /// More than anybody gives one interface.
    private static final int MOST_LENT = 16;

    /// @throws IllegalArgumentException when a host has nothing of it: see [#tryOf]
    public Dhcpv6Lease {
        if (!isLease(reply, association)) {
            throw new IllegalArgumentException("no reply with a lease: " + reply);
        }
    }

    /// The lease that a message grants; empty when it is no reply of a server's, says that
    /// something went wrong, or has neither an address nor a prefix.
    public static Optional<Dhcpv6Lease> tryOf(Dhcpv6 reply, long association) {
        return isLease(reply, association)
                ? Optional.of(new Dhcpv6Lease(reply, association))
                : Optional.empty();
    }

    private static boolean isLease(Dhcpv6 reply, long association) {
        return reply.type() == Dhcpv6.REPLY
                && reply.options().status().code() == Dhcpv6Status.SUCCESS
                && reply.options().find(Dhcpv6Option.SERVER_IDENTIFIER).isPresent()
                && associations(reply, association).anyMatch(each -> lent(each).count() > 0);
    }

    /// The client's associations that a message has. One whose T1 is after its T2 is to be ignored
    /// (RFC 8415 section 21.4).
    static Stream<Dhcpv6Association> associations(Dhcpv6 message, long association) {
        return message.options().associations().stream()
                .filter(each -> each.id() == association)
                .filter(each ->
                        each.rebindingSeconds() == 0
                                || each.renewalSeconds() <= each.rebindingSeconds());
    }

    /// What an association has for use.
    static Stream<Lent> lent(Dhcpv6Association association) {
        return association.options().status().code() == Dhcpv6Status.SUCCESS
                ? association.lent().stream()
                        .filter(lent -> lent.validSeconds() > 0 && isUsable(lent))
                        .limit(MOST_LENT)
                : Stream.empty();
    }

    private static boolean isUsable(Lent lent) {
        Inet6Address address = lent.address();
        return lent.lengthBits() > 0
                && !address.isMulticastAddress()
                && !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress();
    }

    Stream<Dhcpv6Association> associations() {
        return associations(reply, association);
    }

    /// The addresses with their lifetimes.
    public List<Lent> addresses() {
        return lent(false);
    }

    /// The prefixes with their lifetimes.
    public List<Lent> prefixes() {
        return lent(true);
    }

    private List<Lent> lent(boolean isOfPrefixes) {
        return associations()
                .filter(each -> each.isOfPrefixes() == isOfPrefixes)
                .flatMap(Dhcpv6Lease::lent)
                .limit(MOST_LENT)
                .toList();
    }

    /// Which server granted it: its DUID.
    public Slice server() {
        return reply.options().find(Dhcpv6Option.SERVER_IDENTIFIER).orElseThrow();
    }

    /// Who resolves names.
    public List<Inet6Address> nameservers() {
        return reply.options().addresses(Dhcpv6Option.DOMAIN_NAME_SERVERS).stream()
                .filter(address -> !address.isMulticastAddress() && !address.isAnyLocalAddress())
                .toList();
    }

    /// Where short names are looked up.
    public List<String> search() {
        return reply.options().domainSearch();
    }
}
