package dev.weft.wire;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// The options of a DHCPv6 message, or those inside an option (RFC 8415 section 21).
///
/// As with [Dhcpv4Options], whoever asks for an option as what it should be gets nothing when it is
/// not.
///
/// @param all in the order they are sent; some may be there several times
public record Dhcpv6Options(List<Dhcpv6Option> all) {
    private static final String NAME = "DHCPv6 option";
    private static final int STATUS_LENGTH = 2;

    public Dhcpv6Options {
        all = List.copyOf(all);
    }

    /// These options.
    public static Dhcpv6Options of(Dhcpv6Option... options) {
        return new Dhcpv6Options(List.of(options));
    }

    int length() {
        return all.stream().mapToInt(Dhcpv6Option::length).sum();
    }

    void encode(ByteBuffer out) {
        all.forEach(option -> option.encode(out));
    }

    static Dhcpv6Options decode(Slice area) {
        List<Dhcpv6Option> all = new ArrayList<>();
        int at = 0;
        while (at < area.length()) {
            int length = area.require(NAME, "header", at, Dhcpv6Option.HEADER).u16(at + 2);
            int data = at + Dhcpv6Option.HEADER;
            area.require(NAME, "data", data, length);
            all.add(new Dhcpv6Option(area.u16(at), area.part(data, length)));
            at = data + length;
        }
        return new Dhcpv6Options(all);
    }

    static Optional<Dhcpv6Options> tryDecode(Slice area) {
        try {
            return Optional.of(decode(area));
        } catch (MalformedPacketException malformed) {
            return Optional.empty();
        }
    }

    /// An option's bytes; of several the first one's.
    public Optional<Slice> find(int code) {
        return all.stream()
                .filter(option -> option.code() == code)
                .map(Dhcpv6Option::data)
                .findFirst();
    }

    /// An option that is a number of four bytes.
    public OptionalLong u32(int code) {
        return find(code)
                .filter(data -> data.length() == Integer.BYTES)
                .map(data -> OptionalLong.of(data.u32(0)))
                .orElse(OptionalLong.empty());
    }

    /// An option that is a list of addresses; empty without it.
    public List<Inet6Address> addresses(int code) {
        Slice data = find(code).orElse(Slice.EMPTY);
        return data.length() % IpAddresses.V6_LENGTH != 0
                ? List.of()
                : IntStream.range(0, data.length() / IpAddresses.V6_LENGTH)
                        .mapToObj(i -> IpAddresses.v6(data, i * IpAddresses.V6_LENGTH))
                        .toList();
    }

    /// Domains in which short names are looked up; empty without the option.
    public List<String> domainSearch() {
        return find(Dhcpv6Option.DOMAIN_SEARCH).flatMap(DomainNames::tryDecode).orElse(List.of());
    }

    /// What became of what was asked for. Without the option it went well (section 21.13).
    public Dhcpv6Status status() {
        return find(Dhcpv6Option.STATUS)
                .filter(data -> data.length() >= STATUS_LENGTH)
                .map(data ->
                        new Dhcpv6Status(
                                data.u16(0),
                                new String(
                                        data.from(STATUS_LENGTH).toByteArray(),
                                        StandardCharsets.UTF_8)))
                .orElseGet(() -> new Dhcpv6Status(Dhcpv6Status.SUCCESS, ""));
    }

    /// The identity associations.
    public List<Dhcpv6Association> associations() {
        return all.stream().flatMap(option -> Dhcpv6Association.tryOf(option).stream()).toList();
    }
}
