package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MacAddress;
import java.util.List;
import java.util.Set;

/// Who a client is and what it asks for.
///
/// @param hardware the interface's link address
/// @param sent options that go with every request, among them the client's identifier
/// @param requested the codes of the options that are wanted, the most wanted first; at most 255
/// @param hearsOnlyBroadcasts whether nothing reaches the interface that is sent to an address
///   which it does not have yet: where several share one link address
/// @param retransmission when to ask again
public record Dhcpv4Settings(
        MacAddress hardware,
        Dhcpv4Options sent,
        List<Integer> requested,
        boolean hearsOnlyBroadcasts,
        Retransmission retransmission) {
    private static final int MOST_REQUESTED = 255;
    private static final int MOST_CODE = 254;

    /// What the client alone can say.
    private static final Set<Integer> OWN =
            Set.of(
                    Dhcpv4Option.MESSAGE_TYPE,
                    Dhcpv4Option.REQUESTED_ADDRESS,
                    Dhcpv4Option.SERVER_IDENTIFIER,
                    Dhcpv4Option.PARAMETER_REQUEST_LIST,
                    Dhcpv4Option.MAXIMUM_MESSAGE_BYTES);

    public Dhcpv4Settings {
        requested = List.copyOf(requested);
        for (Dhcpv4Option option : sent.all()) {
            if (isOwn(option.code())) {
                throw new IllegalArgumentException("the client's own option: " + option.code());
            }
        }
        if (requested.size() > MOST_REQUESTED
                || requested.stream().anyMatch(code -> code < 1 || code > MOST_CODE)) {
            throw new IllegalArgumentException("at most 255 codes of 1 to 254: " + requested);
        }
    }

    /// Whether the protocol itself says what an option is, so that it cannot be set.
    static boolean isOwn(int code) {
        return OWN.contains(code);
    }
}
