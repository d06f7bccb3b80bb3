package dev.weft.plugins.flannel;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What flannel's daemon tells the plugin of a node (`/run/flannel/subnet.env`): lines of a key and
/// its value, of which the last of a key counts.
///
/// @param networks of all nodes together
/// @param subnets this node's, at most one of each key
/// @param mtuBytes of containers' interfaces; 0 is the kernel's choice
/// @param masquerades whether the daemon hides containers' addresses from the world itself
public record SubnetFile(
        List<IpPrefix> networks, List<IpPrefix> subnets, int mtuBytes, boolean masquerades) {
    /// A daemon writes some 200.
    private static final int MAX_BYTES = 1 << 16;

    private static final String NETWORK = "FLANNEL_NETWORK";
    private static final String SUBNET = "FLANNEL_SUBNET";
    private static final String NETWORK6 = "FLANNEL_IPV6_NETWORK";
    private static final String SUBNET6 = "FLANNEL_IPV6_SUBNET";
    private static final String MTU = "FLANNEL_MTU";
    private static final String MASQUERADES = "FLANNEL_IPMASQ";
    private static final Set<String> KEYS =
            Set.of(NETWORK, SUBNET, NETWORK6, SUBNET6, MTU, MASQUERADES);

    public SubnetFile {
        networks = List.copyOf(networks);
        subnets = List.copyOf(subnets);
    }

    /// Reads the file.
    ///
    /// @throws CniException with the given code when it cannot be read, or something is missing
    public static SubnetFile read(Path file, ErrorCode code) {
        try {
            return parse(file.toString(), text(file));
        } catch (NoSuchFileException absent) {
            throw failure(code, file + " is not there", absent);
        } catch (IOException | InvalidRequestException unreadable) {
            throw failure(code, String.valueOf(unreadable.getMessage()), unreadable);
        }
    }

    private static CniException failure(ErrorCode code, String why, Exception cause) {
        CniException failure =
                new CniException(
                        code,
                        "failed to load flannel 'subnet.env' file: "
                                + why
                                + ". Check the flannel pod log for this node.");
        failure.initCause(cause);
        return failure;
    }

    private static String text(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] start = stream.readNBytes(MAX_BYTES + 1);
            if (start.length > MAX_BYTES) {
                throw new IOException(file + " is longer than " + MAX_BYTES + " bytes");
            }
            return new String(start, StandardCharsets.UTF_8);
        }
    }

    /// Reads the file's text.
    ///
    /// @param file its name, for complaints
    /// @throws InvalidRequestException when a value is malformed, or missing
    public static SubnetFile parse(String file, String text) {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int end = line.indexOf('=');
            String key = end < 0 ? line : line.substring(0, end);
            if (KEYS.contains(key)) {
                values.put(key, end < 0 ? "" : line.substring(end + 1));
            }
        }
        requireComplete(file, values);
        try {
            return new SubnetFile(
                    Stream.concat(prefixes(values, NETWORK), prefixes(values, NETWORK6)).toList(),
                    Stream.concat(prefix(values, SUBNET), prefix(values, SUBNET6)).toList(),
                    mtu(values),
                    "true".equals(values.get(MASQUERADES)));
        } catch (InvalidRequestException malformed) {
            throw new InvalidRequestException(file + ": " + malformed.getMessage());
        }
    }

    private static void requireComplete(String file, Map<String, String> values) {
        List<String> missing = new ArrayList<>();
        for (List<String> anyOf :
                List.of(
                        List.of(NETWORK, NETWORK6),
                        List.of(SUBNET, SUBNET6),
                        List.of(MTU),
                        List.of(MASQUERADES))) {
            if (anyOf.stream().noneMatch(values::containsKey)) {
                missing.addAll(anyOf);
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidRequestException(file + " is missing " + String.join(", ", missing));
        }
    }

    private static Stream<IpPrefix> prefixes(Map<String, String> values, String key) {
        if (!values.containsKey(key)) {
            return Stream.of();
        }
        Set<IpPrefix> all = new LinkedHashSet<>();
        for (String each : values.getOrDefault(key, "").split(",", -1)) {
            all.add(network(key, each));
        }
        return all.stream();
    }

    private static Stream<IpPrefix> prefix(Map<String, String> values, String key) {
        return values.containsKey(key)
                ? Stream.of(network(key, values.getOrDefault(key, "")))
                : Stream.of();
    }

    /// The daemon writes its own address in it; whoever reads it wants the network.
    private static IpPrefix network(String key, String text) {
        if (text.indexOf('/') < 0) {
            throw new InvalidRequestException(key + ": '" + text + "' is no network");
        }
        try {
            return IpPrefix.parse(text.strip()).network();
        } catch (InvalidRequestException malformed) {
            throw new InvalidRequestException(key + ": " + malformed.getMessage());
        }
    }

    private static int mtu(Map<String, String> values) {
        String text = values.getOrDefault(MTU, "");
        if (!text.matches("\\d{1,9}")) {
            throw new InvalidRequestException(MTU + ": \"" + text + "\" is no number of bytes");
        }
        return Integer.parseInt(text);
    }
}
