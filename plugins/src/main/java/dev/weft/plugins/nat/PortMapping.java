package dev.weft.plugins.nat;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.cni.ResultFormat;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A port of the host, or several in a row, that lead to ports of a container.
///
/// @param protocol one with ports
/// @param hostPort the first one
/// @param containerPort the first one
/// @param count how many; the others follow one by one on both sides
/// @param hostAddress the only address of the host that it holds for; absent for all of them, and
///   all zeros for all of its family
public record PortMapping(
        TransportProtocol protocol,
        int hostPort,
        int containerPort,
        int count,
        Optional<InetAddress> hostAddress) {
    private static final List<TransportProtocol> WITH_PORTS =
            List.of(
                    TransportProtocol.TCP,
                    TransportProtocol.UDP,
                    TransportProtocol.SCTP,
                    TransportProtocol.DCCP,
                    TransportProtocol.UDP_LITE);

    private static final int MOST_PORT = 0xffff;
    private static final Pattern TEXT =
            Pattern.compile("(\\S+) (\\d{1,5}) (\\d{1,5}) ([1-9]\\d{0,4})(?: (\\S+))?");

    /// An element of `runtimeConfig.portMappings`; `range` is this project's own key.
    public static PortMapping of(Fields fields) {
        int host = fields.integer("hostPort").orElse(0);
        int container = fields.integer("containerPort").orElse(0);
        int count = Math.max(1, fields.integer("range").orElse(1));
        require(host, count, "Invalid host port number: ");
        require(container, count, "Invalid container port number: ");
        return new PortMapping(
                protocol(fields.text("protocol").orElse("")),
                host,
                container,
                count,
                ResultFormat.address(fields, "hostIP"));
    }

    private static void require(int first, int count, String complaint) {
        if (first <= 0 || first > MOST_PORT - count + 1) {
            throw invalid(complaint + first);
        }
    }

    private static TransportProtocol protocol(String text) {
        try {
            TransportProtocol protocol =
                    text.isEmpty()
                            ? TransportProtocol.TCP
                            : TransportProtocol.parse(text.toLowerCase(Locale.ROOT));
            if (WITH_PORTS.contains(protocol)) {
                return protocol;
            }
        } catch (InvalidRequestException unknown) {
            // Told below, as one without ports.
        }
        throw invalid("protocol \"" + text + "\" has no ports to publish: use " + WITH_PORTS);
    }

    /// As short as a record should keep it: `tcp 8080 80 1 192.0.2.1`.
    public String toText() {
        return protocol
                + " "
                + hostPort
                + " "
                + containerPort
                + " "
                + count
                + hostAddress.map(address -> " " + IpPrefix.textOf(address)).orElse("");
    }

    /// Reads what [#toText] wrote.
    ///
    /// @throws CniException when it is none
    /// @throws InvalidRequestException when a word of it is none
    public static PortMapping parse(String text) {
        Matcher words = TEXT.matcher(text);
        if (!words.matches()) {
            throw invalid("'" + text + "' is no published port");
        }
        int host = Integer.parseInt(words.group(2));
        int container = Integer.parseInt(words.group(3));
        int count = Integer.parseInt(words.group(4));
        require(host, count, "Invalid host port number: ");
        require(container, count, "Invalid container port number: ");
        return new PortMapping(
                protocol(words.group(1)),
                host,
                container,
                count,
                Optional.ofNullable(words.group(5)).map(IpPrefix::parseAddress));
    }

    /// Whether it holds for packets of a family.
    boolean isFor(IpFamily family) {
        return hostAddress.isEmpty() || IpFamily.of(hostAddress.get()) == family;
    }

    /// The only address of the host, if there is just one.
    public Optional<InetAddress> onlyAddress() {
        return hostAddress.filter(address -> !address.isAnyLocalAddress());
    }
}
