package dev.weft.ipam.dhcp;

import dev.weft.cni.CniArguments;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.IpFamily;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// What the CNI plugin `dhcp` is told about options, in the `ipam` object of its configuration.
///
/// ```json
/// { "type": "dhcp", "priority": 100, "families": ["ipv4", "ipv6"],
///   "provide": [ {"option": "host-name", "fromArg": "K8S_POD_NAME", "value": "pod"} ],
///   "request": [ {"option": "host-name"}, {"option": "42", "skipDefault": true} ] }
/// ```
///
/// @param sent options that go with every request
/// @param requested codes of options that are wanted
/// @param priority the metric of the routes
/// @param families of the addresses, in order; the reference implementation knows only IPv4
public record DhcpConfiguration(
        Dhcpv4Options sent,
        List<Integer> requested,
        OptionalInt priority,
        List<IpFamily> families) {
    private static final Map<String, IpFamily> FAMILIES =
            Map.of("ipv4", IpFamily.IPV4, "ipv6", IpFamily.IPV6);

    /// RFC 3442 wants its routes asked for before the routers.
    private static final List<Integer> DEFAULT_REQUESTED =
            List.of(
                    Dhcpv4Option.SUBNET_MASK,
                    Dhcpv4Option.CLASSLESS_ROUTES,
                    Dhcpv4Option.ROUTERS,
                    Dhcpv4Option.STATIC_ROUTES,
                    Dhcpv4Option.DOMAIN_NAME_SERVERS,
                    Dhcpv4Option.DOMAIN_NAME,
                    Dhcpv4Option.DOMAIN_SEARCH,
                    Dhcpv4Option.INTERFACE_MTU,
                    Dhcpv4Option.RENEWAL_SECONDS,
                    Dhcpv4Option.REBINDING_SECONDS);

    /// Those that the reference implementation knows by name. Others are numbers.
    private static final Map<String, Integer> CODES =
            Map.of(
                    "dhcp-client-identifier", Dhcpv4Option.CLIENT_IDENTIFIER,
                    "subnet-mask", Dhcpv4Option.SUBNET_MASK,
                    "routers", Dhcpv4Option.ROUTERS,
                    "host-name", Dhcpv4Option.HOST_NAME,
                    "user-class", Dhcpv4Option.USER_CLASS,
                    "vendor-class-identifier", Dhcpv4Option.VENDOR_CLASS);

    private static final int MOST_VALUE_BYTES = 255;

    /// The type byte takes one of the 255 that servers of the time before RFC 3396 read.
    private static final int MOST_IDENTIFIER_BYTES = 254;

    public DhcpConfiguration {
        requested = List.copyOf(requested);
        families = List.copyOf(families);
    }

    /// Reads a request.
    ///
    /// @throws CniException when something of it is invalid
    public static DhcpConfiguration of(Request request) {
        Fields ipam =
                request.configuration()
                        .fields()
                        .object("ipam")
                        .orElseThrow(() -> invalid("IPAM config missing 'ipam' key"));
        Optional<Integer> priority = ipam.integer("priority");
        return new DhcpConfiguration(
                new Dhcpv4Options(List.of(identifier(request))).plus(provided(ipam, request)),
                requested(ipam.objects("request")),
                priority.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                families(ipam.strings("families")));
    }

    private static List<IpFamily> families(List<String> names) {
        if (!FAMILIES.keySet().containsAll(names) || names.size() > Set.copyOf(names).size()) {
            throw invalid("\"families\" are \"ipv4\", \"ipv6\" or both, each once: " + names);
        }
        return names.isEmpty()
                ? List.of(IpFamily.IPV4)
                : names.stream().map(FAMILIES::get).sorted().toList();
    }

    /// The client that an interface becomes.
    ///
    /// @param hearsOnlyBroadcasts see [Dhcpv4Settings]
    public Dhcpv4Settings settings(
            MacAddress hardware, boolean hearsOnlyBroadcasts, Retransmission retransmission) {
        return new Dhcpv4Settings(hardware, sent, requested, hearsOnlyBroadcasts, retransmission);
    }

    /// The reference implementation's, so that servers know a container again whichever of both
    /// asks.
    private static Dhcpv4Option identifier(Request request) {
        String text =
                String.join("/", request.containerId(), request.network(), request.interfaceName());
        Slice bytes = Slice.of(text.getBytes(StandardCharsets.UTF_8));
        return Dhcpv4Option.clientIdentifier(0, bytes.atMost(MOST_IDENTIFIER_BYTES));
    }

    private static List<Dhcpv4Option> provided(Fields ipam, Request request) {
        List<Fields> entries = ipam.objects("provide");
        Set<String> keys =
                entries.stream()
                        .flatMap(entry -> entry.text("fromArg").stream())
                        .collect(Collectors.toSet());
        // Whatever else the variable says is for others.
        String arguments = request.arguments();
        CniArguments known =
                keys.isEmpty() || arguments.isEmpty()
                        ? new CniArguments(Map.of())
                        : CniArguments.parse(arguments + ";IgnoreUnknown=1", keys);
        List<Dhcpv4Option> provided = new ArrayList<>();
        for (Fields entry : entries) {
            String value =
                    entry.text("fromArg")
                            .flatMap(known::find)
                            .or(() -> entry.text("value"))
                            .orElse("");
            if (!value.isEmpty()) {
                provided.add(option(code(entry), value));
            }
        }
        return provided;
    }

    private static Dhcpv4Option option(int code, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_VALUE_BYTES) {
            throw invalid("DHCP option " + code + ": value is longer than 255 bytes");
        }
        if (Dhcpv4Settings.isOwn(code)) {
            throw invalid("DHCP option " + code + " cannot be provided: the client sets it itself");
        }
        return new Dhcpv4Option(code, Slice.of(bytes));
    }

    private static List<Integer> requested(List<Fields> entries) {
        boolean skipsDefault =
                entries.stream().anyMatch(entry -> entry.flag("skipDefault").orElse(false));
        Set<Integer> codes = new LinkedHashSet<>(skipsDefault ? List.of() : DEFAULT_REQUESTED);
        entries.forEach(entry -> codes.add(code(entry)));
        return List.copyOf(codes);
    }

    private static int code(Fields entry) {
        String name = entry.text("option").orElse("");
        Integer code = CODES.get(name);
        if (code != null) {
            return code;
        }
        // 52 is no option, but how others are laid out.
        boolean isNumber = name.matches("[1-9][0-9]{0,2}") && !name.equals("52");
        if (!isNumber || Integer.parseInt(name) > 254) {
            throw invalid("DHCP option is neither a known name nor a number: \"" + name + '"');
        }
        return Integer.parseInt(name);
    }

    private static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }
}
