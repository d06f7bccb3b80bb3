package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Association.Lent;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Options;
import dev.weft.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The messages of a DHCPv6 client: which options each has is the table of RFC 8415's appendix B.
record Dhcpv6Requests(Dhcpv6Settings settings) {

    /// A copy of a request.
    ///
    /// @param server whom it is for, if it is not for every server
    /// @param about the associations that it is about
    Dhcpv6 of(Dhcpv6Exchange asked, Slice server, List<Dhcpv6Association> about, long nowMillis) {
        List<Dhcpv6Option> options = new ArrayList<>();
        options.add(new Dhcpv6Option(Dhcpv6Option.CLIENT_IDENTIFIER, settings.identifier()));
        switch (asked.kind()) {
            case REQUEST, RENEW, RELEASE, DECLINE ->
                    options.add(new Dhcpv6Option(Dhcpv6Option.SERVER_IDENTIFIER, server));
            case SOLICIT -> {
                // A lease counts from the one copy that a server may answer with it.
                if (asked.sent() == 0) {
                    options.add(Dhcpv6Option.empty(Dhcpv6Option.RAPID_COMMIT));
                }
            }
            case CONFIRM, REBIND -> {
                // To whoever hears it.
            }
        }
        about.forEach(each -> options.add(each.option()));
        options.add(Dhcpv6Option.elapsed(nowMillis - asked.firstMillis()));
        switch (asked.kind()) {
            case SOLICIT, REQUEST, RENEW, REBIND -> options.add(optionRequest());
            case CONFIRM, RELEASE, DECLINE -> {
                // Nothing is wanted of the answer.
            }
        }
        return new Dhcpv6(asked.kind().type, asked.transactionId(), new Dhcpv6Options(options));
    }

    private Dhcpv6Option optionRequest() {
        List<Integer> requested = new ArrayList<>(settings.requested());
        requested.add(Dhcpv6Option.SOLICIT_MAXIMUM_SECONDS);
        return Dhcpv6Option.u16s(Dhcpv6Option.OPTION_REQUEST, requested);
    }

    /// Associations with nothing in them yet.
    List<Dhcpv6Association> wanted() {
        return Stream.of(false, true)
                .filter(prefixes -> prefixes ? settings.wantsPrefix() : settings.wantsAddress())
                .map(prefixes ->
                        Dhcpv6Association.asked(prefixes, settings.association(), List.of()))
                .toList();
    }

    /// What a server has said it has, as clients name it: without times.
    static List<Dhcpv6Association> asked(Stream<Dhcpv6Association> offered) {
        return offered.map(Dhcpv6Requests::asked)
                .filter(each -> !each.options().all().isEmpty())
                .toList();
    }

    private static Dhcpv6Association asked(Dhcpv6Association offered) {
        return Dhcpv6Association.asked(
                offered.isOfPrefixes(),
                offered.id(),
                Dhcpv6Lease.lent(offered)
                        .map(lent -> new Lent(lent.address(), lent.lengthBits(), 0, 0))
                        .toList());
    }
}
