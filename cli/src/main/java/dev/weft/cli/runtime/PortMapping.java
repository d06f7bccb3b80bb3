package dev.weft.cli.runtime;

import com.google.gson.JsonObject;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A published port.
///
/// @param address of the host, if not all of them
/// @param hostPort on the host
/// @param containerPort in the container
/// @param protocol `tcp`, `udp` or `sctp`
record PortMapping(Optional<String> address, int hostPort, int containerPort, String protocol) {
    private static final int MAX_PORT = 65535;
    private static final Pattern FORM =
            Pattern.compile("(?:(.+):)?(\\d{1,5}):(\\d{1,5})(?:/(tcp|udp|sctp))?");

    /// Reads `8080:80`, `127.0.0.1:8080:80/tcp`, `[::1]:53:53/udp`.
    static final class Converter implements ITypeConverter<PortMapping> {
        @Override
        public PortMapping convert(String text) {
            Matcher match = FORM.matcher(text);
            if (!match.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no port: write it like 8080:80/tcp");
            }
            return new PortMapping(
                    Optional.ofNullable(match.group(1)).map(Converter::address),
                    port(match.group(2)),
                    port(match.group(3)),
                    Optional.ofNullable(match.group(4)).orElse("tcp"));
        }

        private static String address(String text) {
            boolean isBracketed = text.startsWith("[") && text.endsWith("]");
            try {
                return IpPrefix.textOf(
                        IpPrefix.parseAddress(
                                isBracketed ? text.substring(1, text.length() - 1) : text));
            } catch (InvalidRequestException malformed) {
                throw new TypeConversionException(malformed.getMessage());
            }
        }

        private static int port(String text) {
            int port = Integer.parseInt(text);
            if (port < 1 || port > MAX_PORT) {
                throw new TypeConversionException("a port is 1 to " + MAX_PORT + ", not " + text);
            }
            return port;
        }
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("hostPort", hostPort);
        json.addProperty("containerPort", containerPort);
        json.addProperty("protocol", protocol);
        address.ifPresent(ip -> json.addProperty("hostIP", ip));
        return json;
    }
}
