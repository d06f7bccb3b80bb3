package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// An identity association of DHCPv6: addresses, or prefixes, that a client has for one purpose
/// (RFC 8415 sections 21.4 and 21.21).
///
/// ```text
/// 0    4    8    12
/// | id | T1 | T2 | options: addresses or prefixes, a status
/// ```
///
/// @param isOfPrefixes whether it has prefixes and not addresses
/// @param id chosen by the client, 0 to 2³²-1
/// @param renewalSeconds T1; 0 leaves it to the client
/// @param rebindingSeconds T2; likewise
/// @param options what it has
public record Dhcpv6Association(
        boolean isOfPrefixes,
        long id,
        long renewalSeconds,
        long rebindingSeconds,
        Dhcpv6Options options) {
    private static final int FIXED_LENGTH = 12;
    private static final int ADDRESS_LENGTH = 24;
    private static final int PREFIX_LENGTH = 25;
    private static final int MOST_BITS = 128;

    public Dhcpv6Association {
        Fields.check("identity association", id, 32);
        Fields.check("T1", renewalSeconds, 32);
        Fields.check("T2", rebindingSeconds, 32);
    }

    /// An address, or a prefix, with its lifetimes.
    ///
    /// @param address of a prefix its first
    /// @param lengthBits 128 for an address
    /// @param preferredSeconds for new connections, at most as long as it is valid
    /// @param validSeconds [Dhcpv6Option#FOREVER_SECONDS] has no end; 0 takes it back
    public record Lent(
            Inet6Address address, int lengthBits, long preferredSeconds, long validSeconds) {}

    /// An association as clients ask for it, which have no say in its times.
    public static Dhcpv6Association asked(boolean isOfPrefixes, long id, List<Lent> lent) {
        return new Dhcpv6Association(
                isOfPrefixes,
                id,
                0,
                0,
                new Dhcpv6Options(lent.stream().map(each -> option(isOfPrefixes, each)).toList()));
    }

    private static Dhcpv6Option option(boolean isOfPrefixes, Lent lent) {
        return isOfPrefixes
                ? Dhcpv6Option.prefix(
                        lent.address, lent.lengthBits, lent.preferredSeconds, lent.validSeconds)
                : Dhcpv6Option.address(lent.address, lent.preferredSeconds, lent.validSeconds);
    }

    /// The option that it is.
    public Dhcpv6Option option() {
        ByteBuffer data = ByteBuffer.allocate(FIXED_LENGTH + options.length());
        data.putInt((int) id).putInt((int) renewalSeconds).putInt((int) rebindingSeconds);
        options.encode(data);
        int code = isOfPrefixes ? Dhcpv6Option.PREFIXES : Dhcpv6Option.ADDRESSES;
        return new Dhcpv6Option(code, Fields.written(data));
    }

    /// The association that an option is, or nothing when it is none or malformed.
    static Optional<Dhcpv6Association> tryOf(Dhcpv6Option option) {
        boolean isOfPrefixes = option.code() == Dhcpv6Option.PREFIXES;
        boolean isOne = isOfPrefixes || option.code() == Dhcpv6Option.ADDRESSES;
        Slice data = option.data();
        return isOne && data.length() >= FIXED_LENGTH
                ? Dhcpv6Options.tryDecode(data.from(FIXED_LENGTH))
                        .map(options ->
                                new Dhcpv6Association(
                                        isOfPrefixes,
                                        data.u32(0),
                                        data.u32(4),
                                        data.u32(8),
                                        options))
                : Optional.empty();
    }

    /// The addresses or prefixes. Left out are those whose bytes are too few, and those that would
    /// be preferred for longer than valid, which receivers ignore (sections 21.6 and 21.22).
    public List<Lent> lent() {
        int code = isOfPrefixes ? Dhcpv6Option.PREFIX : Dhcpv6Option.ADDRESS;
        return options.all().stream()
                .filter(option -> option.code() == code)
                .map(Dhcpv6Option::data)
                .filter(data -> data.length() >= (isOfPrefixes ? PREFIX_LENGTH : ADDRESS_LENGTH))
                .map(data -> isOfPrefixes ? prefix(data) : address(data))
                .filter(lent ->
                        lent.preferredSeconds <= lent.validSeconds && lent.lengthBits <= MOST_BITS)
                .toList();
    }

    private static Lent address(Slice data) {
        return new Lent(IpAddresses.v6(data, 0), MOST_BITS, data.u32(16), data.u32(20));
    }

    private static Lent prefix(Slice data) {
        return new Lent(IpAddresses.v6(data, 9), data.u8(8), data.u32(0), data.u32(4));
    }
}
