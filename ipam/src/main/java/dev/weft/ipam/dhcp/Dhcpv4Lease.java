package dev.weft.ipam.dhcp;

import dev.weft.wire.ClasslessRoute;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a server granted: its acknowledgement, read as what a host needs. What no host could use of
/// it is left out, as if the server had not said it.
///
/// @param acknowledgement the server's message
public record Dhcpv4Lease(Dhcpv4 acknowledgement) {
    /// What the reference implementation assumes of servers that do not say.
    private static final long DEFAULT_SECONDS = 3600;

    private static final long INFINITE = 0xffff_ffffL;
    private static final int BITS = 32;

    /// What every host must take in one piece (RFC 791 section 3.1).
    private static final int LEAST_MTU = 576;

    private static final Pattern DOMAIN =
            Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

    /// @throws IllegalArgumentException when a host cannot live with it: see [#tryOf]
    public Dhcpv4Lease {
        if (!isLease(acknowledgement)) {
            throw new IllegalArgumentException("no acknowledgement of a lease: " + acknowledgement);
        }
    }

    /// The lease that a message grants; empty when it is no acknowledgement, or lacks a server or
    /// an address that hosts can have, or is over as soon as it begins.
    public static Optional<Dhcpv4Lease> tryOf(Dhcpv4 message) {
        return isLease(message) ? Optional.of(new Dhcpv4Lease(message)) : Optional.empty();
    }

    private static boolean isLease(Dhcpv4 message) {
        Dhcpv4Options options = message.options();
        return options.messageType().equals(Optional.of(Dhcpv4MessageType.ACK))
                && isHost(message.your())
                && options.address(Dhcpv4Option.SERVER_IDENTIFIER)
                        .filter(Dhcpv4Lease::isHost)
                        .isPresent()
                && options.u32(Dhcpv4Option.LEASE_SECONDS).orElse(DEFAULT_SECONDS) > 0;
    }

    /// Whether a station can have this address: it is of class A to C (RFC 1122 section 3.2.1.3),
    /// and not of this host itself.
    static boolean isHost(Inet4Address address) {
        int first = address.getAddress()[0] & 0xff;
        return first != 0 && first < 224 && !address.isLoopbackAddress();
    }

    private Dhcpv4Options options() {
        return acknowledgement.options();
    }

    /// The address.
    public Inet4Address address() {
        return acknowledgement.your();
    }

    /// How many bits the subnet has. Without a mask, as many as the address's class.
    public int prefixLength() {
        return options()
                .address(Dhcpv4Option.SUBNET_MASK)
                .flatMap(Dhcpv4Lease::prefixLength)
                .orElseGet(() -> classLength(address()));
    }

    private static Optional<Integer> prefixLength(Inet4Address mask) {
        int bits = (int) Slice.of(mask.getAddress()).u32(0);
        int length = Integer.bitCount(bits);
        return length > 0 && Integer.numberOfTrailingZeros(bits) == BITS - length
                ? Optional.of(length)
                : Optional.empty();
    }

    private static int classLength(Inet4Address address) {
        int first = address.getAddress()[0] & 0xff;
        if (first < 128) {
            return 8;
        }
        return first < 192 ? 16 : 24;
    }

    /// Which server granted it.
    public Inet4Address server() {
        return options().address(Dhcpv4Option.SERVER_IDENTIFIER).orElseThrow();
    }

    /// The routers of the subnet, the preferred first.
    public List<Inet4Address> routers() {
        return hosts(Dhcpv4Option.ROUTERS);
    }

    private List<Inet4Address> hosts(int code) {
        return options().addresses(code).stream().filter(Dhcpv4Lease::isHost).toList();
    }

    /// All routes but the subnet's own. Routes of any prefix length, if the server sends such, are
    /// instead of those of classes and of the routers (RFC 3442).
    public List<ClasslessRoute> routes() {
        return options()
                .classlessRoutes()
                .map(routes -> routes.stream().filter(Dhcpv4Lease::isUsable).toList())
                .orElseGet(this::classfulRoutes);
    }

    private static boolean isUsable(ClasslessRoute route) {
        return isHost(route.router()) || route.router().isAnyLocalAddress();
    }

    private List<ClasslessRoute> classfulRoutes() {
        List<Inet4Address> pairs = options().addresses(Dhcpv4Option.STATIC_ROUTES);
        List<ClasslessRoute> routes = new ArrayList<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            Inet4Address destination = pairs.get(i);
            ClasslessRoute route =
                    new ClasslessRoute(destination, classLength(destination), pairs.get(i + 1));
            if (isHost(destination) && isUsable(route)) {
                routes.add(route);
            }
        }
        routers().stream()
                .findFirst()
                .map(router -> new ClasslessRoute(IpAddresses.parseV4("0.0.0.0"), 0, router))
                .ifPresent(routes::add);
        return routes;
    }

    /// Who resolves names.
    public List<Inet4Address> nameservers() {
        return hosts(Dhcpv4Option.DOMAIN_NAME_SERVERS);
    }

    /// The host's domain. Some servers name several there, of which this is the first.
    public Optional<String> domain() {
        return domains().findFirst();
    }

    /// Where short names are looked up.
    public List<String> search() {
        List<String> search = options().domainSearch();
        List<String> domains = domains().toList();
        return search.isEmpty() && domains.size() > 1 ? domains : search;
    }

    /// Texts that are names: others would be lines of a file where they were never meant to be.
    private Stream<String> domains() {
        return options().text(Dhcpv4Option.DOMAIN_NAME).stream()
                .flatMap(text -> Arrays.stream(text.split("[ ,]", -1)))
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                .filter(name -> DOMAIN.matcher(name).matches());
    }

    /// How many bytes a packet may have on the link, if the server says.
    public OptionalInt mtuBytes() {
        OptionalInt mtu = options().u16(Dhcpv4Option.INTERFACE_MTU);
        return mtu.orElse(0) < LEAST_MTU ? OptionalInt.empty() : mtu;
    }

    /// For how many seconds it is granted; empty for ever.
    public OptionalLong seconds() {
        long seconds = options().u32(Dhcpv4Option.LEASE_SECONDS).orElse(DEFAULT_SECONDS);
        return seconds == INFINITE ? OptionalLong.empty() : OptionalLong.of(seconds);
    }

    /// When the server wants to be asked again, as it said: see [Tenure] for whether that can be.
    OptionalLong renewalSeconds() {
        return options().u32(Dhcpv4Option.RENEWAL_SECONDS);
    }

    /// When any server may be asked, likewise.
    OptionalLong rebindingSeconds() {
        return options().u32(Dhcpv4Option.REBINDING_SECONDS);
    }
}
