package dev.weft.wire;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/// The options of a DHCPv4 message (RFC 2132), each once.
///
/// Pieces of one option are joined in the order of RFC 3396 section 7: those of the options' own
/// field first, then those in the place of the boot file, then those in the place of the server's
/// name.
///
/// Whoever asks for an option as what it should be gets nothing when it is not: one bad option does
/// not cost the others. [#find] has the bytes.
///
/// @param all in the order they are sent, no code twice
public record Dhcpv4Options(List<Dhcpv4Option> all) {
    /// No options.
    public static final Dhcpv4Options NONE = new Dhcpv4Options(List.of());

    static final int IN_BOOT_FILE = 1;
    static final int IN_SERVER_NAME = 2;

    static final int MOST_BYTES = 0xffff;

    private static final String NAME = "DHCP option";

    public Dhcpv4Options {
        all = List.copyOf(all);
        Set<Integer> codes = new HashSet<>();
        for (Dhcpv4Option option : all) {
            if (!codes.add(option.code())) {
                throw new IllegalArgumentException("DHCP option twice: " + option.code());
            }
        }
    }

    /// These options.
    public static Dhcpv4Options of(Dhcpv4Option... options) {
        return new Dhcpv4Options(List.of(options));
    }

    /// These and others; of two with one code the other one stays.
    public Dhcpv4Options plus(List<Dhcpv4Option> others) {
        Map<Integer, Dhcpv4Option> joined = new LinkedHashMap<>();
        all.forEach(option -> joined.put(option.code(), option));
        others.forEach(option -> joined.put(option.code(), option));
        return new Dhcpv4Options(List.copyOf(joined.values()));
    }

    int length() {
        return all.stream().mapToInt(Dhcpv4Option::length).sum() + 1;
    }

    void encode(ByteBuffer out) {
        all.forEach(option -> option.encode(out));
        out.put((byte) Dhcpv4Option.END);
    }

    static Dhcpv4Options decode(Dhcpv4.View message) {
        Map<Integer, ByteArrayOutputStream> pieces = new LinkedHashMap<>();
        Slice own = message.bytes().from(Dhcpv4.OPTIONS);
        int overload = overload(own);
        collect(own, pieces);
        if ((overload & IN_BOOT_FILE) != 0) {
            collect(message.bootFile(), pieces);
        }
        if ((overload & IN_SERVER_NAME) != 0) {
            collect(message.serverName(), pieces);
        }
        pieces.remove(Dhcpv4Option.OVERLOAD);
        List<Dhcpv4Option> all = new ArrayList<>();
        pieces.forEach((code, data) -> {
            Require.atMost(NAME, "joined length", Dhcpv4.OPTIONS, MOST_BYTES, data.size());
            all.add(new Dhcpv4Option(code, Slice.of(data.toByteArray())));
        });
        return new Dhcpv4Options(all);
    }

    /// Which names' places have options, as the field at the start of `area` says.
    static int overload(Slice area) {
        Map<Integer, ByteArrayOutputStream> pieces = new LinkedHashMap<>();
        collect(area, pieces);
        ByteArrayOutputStream data = pieces.get(Dhcpv4Option.OVERLOAD);
        return data == null || data.size() != 1 ? 0 : data.toByteArray()[0];
    }

    /// Adds the pieces of a field. Its end may be missing, as some servers leave it out of a field
    /// that is full.
    private static void collect(Slice area, Map<Integer, ByteArrayOutputStream> pieces) {
        int at = 0;
        while (at < area.length() && area.u8(at) != Dhcpv4Option.END) {
            if (area.u8(at) == Dhcpv4Option.PAD) {
                at++;
                continue;
            }
            int length = area.require(NAME, "length", at, 2).u8(at + 1);
            area.require(NAME, "data", at, 2 + length);
            pieces.computeIfAbsent(area.u8(at), _ -> new ByteArrayOutputStream())
                    .writeBytes(area.part(at + 2, length).toByteArray());
            at += 2 + length;
        }
    }

    /// Where a field's options end, beyond the mark of it; the end of `bytes` when it has none.
    static int end(Slice bytes, int start) {
        int at = start;
        while (at < bytes.length()) {
            int code = bytes.u8(at);
            if (code == Dhcpv4Option.END) {
                return at + 1;
            }
            boolean hasLength = code != Dhcpv4Option.PAD && at + 1 < bytes.length();
            at += hasLength ? 2 + bytes.u8(at + 1) : 1;
        }
        return bytes.length();
    }

    /// An option's bytes.
    public Optional<Slice> find(int code) {
        return all.stream()
                .filter(option -> option.code() == code)
                .map(Dhcpv4Option::data)
                .findFirst();
    }

    private Optional<Slice> find(int code, int length) {
        return find(code).filter(data -> data.length() == length);
    }

    /// What kind of message this is: [Dhcpv4MessageType#value()].
    public Optional<Dhcpv4MessageType> messageType() {
        return find(Dhcpv4Option.MESSAGE_TYPE, 1).flatMap(data -> Dhcpv4MessageType.of(data.u8(0)));
    }

    /// An option that is one address.
    public Optional<Inet4Address> address(int code) {
        return find(code, IpAddresses.V4_LENGTH).map(data -> IpAddresses.v4(data, 0));
    }

    /// An option that is a list of addresses; empty without it.
    public List<Inet4Address> addresses(int code) {
        Slice data = find(code).orElse(Slice.EMPTY);
        return data.length() % IpAddresses.V4_LENGTH != 0
                ? List.of()
                : IntStream.range(0, data.length() / IpAddresses.V4_LENGTH)
                        .mapToObj(i -> IpAddresses.v4(data, i * IpAddresses.V4_LENGTH))
                        .toList();
    }

    /// An option that is a number of two bytes.
    public OptionalInt u16(int code) {
        return find(code, 2).map(data -> OptionalInt.of(data.u16(0))).orElse(OptionalInt.empty());
    }

    /// An option that is a number of four bytes.
    public OptionalLong u32(int code) {
        return find(code, 4).map(data -> OptionalLong.of(data.u32(0))).orElse(OptionalLong.empty());
    }

    /// An option that is text: without the zeros that some servers end it with, and whatever
    /// characters it has.
    public Optional<String> text(int code) {
        return find(code)
                .map(data -> new String(data.toByteArray(), StandardCharsets.UTF_8))
                .map(text -> text.replaceFirst("\0+$", ""));
    }

    /// The option of routes of any prefix length. With it, a client ignores those of classes and
    /// the routers (RFC 3442), so that an empty list and none are not the same.
    public Optional<List<ClasslessRoute>> classlessRoutes() {
        return find(Dhcpv4Option.CLASSLESS_ROUTES).flatMap(ClasslessRoute::tryDecode);
    }

    /// Domains in which short names are looked up; empty without the option.
    public List<String> domainSearch() {
        return find(Dhcpv4Option.DOMAIN_SEARCH).flatMap(DomainNames::tryDecode).orElse(List.of());
    }
}
