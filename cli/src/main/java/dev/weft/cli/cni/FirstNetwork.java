package dev.weft.cli.cni;

import dev.weft.cli.cni.Change.Step;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.file.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The configuration of a network for whoever has none: a bridge with addresses of one subnet.
///
/// @param subnet its first address is the gateway's
record FirstNetwork(IpPrefix subnet) {
    static final String FILE = "10-weft.conflist";

    /// One that Docker, Podman, nerdctl, CRI-O and the usual set-ups of Kubernetes do not take by
    /// default.
    static final String DEFAULT_SUBNET = "10.87.0.0/16";

    /// Addresses for the network, the gateway, the broadcast and at least one container.
    private static final int HOST_BITS = 2;

    private static final int PERMISSIONS = 0644;

    /// More than the file has: whatever is as long was edited.
    private static final int MAX_BYTES = 1 << 16;

    private static final Pattern SUBNET = Pattern.compile("\"subnet\": \"([^\"]*)\"");

    private static final String TEMPLATE =
            """
            {
              "cniVersion": "1.0.0",
              "cniVersions": ["1.0.0", "1.1.0"],
              "name": "weft",
              "plugins": [
                {
                  "type": "bridge",
                  "bridge": "weft0",
                  "isGateway": true,
                  "ipMasq": true,
                  "hairpinMode": true,
                  "ipam": {
                    "type": "host-local",
                    "ranges": [[{"subnet": "SUBNET"}]],
                    "routes": [{"dst": "EVERYWHERE"}]
                  }
                },
                {"type": "portmap", "capabilities": {"portMappings": true}},
                {"type": "firewall"}
              ]
            }
            """;

    FirstNetwork {
        int bits = subnet.address().getAddress().length * Byte.SIZE;
        if (subnet.length() > bits - HOST_BITS || !subnet.equals(subnet.network())) {
            throw new InvalidRequestException(
                    subnet
                            + " is no subnet for containers: write it like "
                            + DEFAULT_SUBNET
                            + ", with room for four addresses");
        }
    }

    /// What an edited file is not, and one of any subnet is.
    static Optional<FirstNetwork> tryParse(String text) {
        Matcher matcher = SUBNET.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FirstNetwork(IpPrefix.parse(matcher.group(1))))
                    .filter(network -> network.text().equals(text));
        } catch (InvalidRequestException edited) {
            return Optional.empty();
        }
    }

    /// The file's content.
    String text() {
        String everywhere = subnet.address() instanceof Inet4Address ? "0.0.0.0/0" : "::/0";
        return TEMPLATE.replace("SUBNET", subnet.toString()).replace("EVERYWHERE", everywhere);
    }

    /// What writing it to a directory would do.
    ///
    /// @param force whether other configurations there are no obstacle
    /// @throws IOException when there are others, with their names
    Step planInstallation(Path directory, boolean force) throws IOException {
        Optional<String> there = read(directory.resolve(FILE));
        if (there.equals(Optional.of(text()))) {
            return new Step(FILE, Change.UNCHANGED);
        }
        List<String> others = configurations(directory);
        if (!others.isEmpty() && !force) {
            throw new IOException(
                    directory
                            + " has network configurations already ("
                            + String.join(", ", others)
                            + "), nothing was done; --force writes "
                            + FILE
                            + " nevertheless, and runtimes take the file that is first by name");
        }
        return new Step(FILE, there.isPresent() ? Change.OVERWRITE : Change.INSTALL);
    }

    /// Does what was planned.
    void install(Path directory, Step plan) throws IOException {
        if (plan.change() == Change.UNCHANGED) {
            return;
        }
        DurableFile.replace(
                Files.createDirectories(directory).resolve(FILE),
                text().getBytes(StandardCharsets.UTF_8),
                PERMISSIONS,
                DurableFile.Durability.POWER_LOSS);
    }

    /// What the removal from a directory would do; nothing when it is not there.
    static Optional<Step> planRemoval(Path directory) throws IOException {
        return read(directory.resolve(FILE))
                .map(FirstNetwork::tryParse)
                .map(ours -> new Step(FILE, ours.isPresent() ? Change.REMOVE : Change.LEAVE));
    }

    /// Does what was planned.
    static void remove(Path directory, Step plan) throws IOException {
        if (plan.change() == Change.REMOVE) {
            Files.delete(directory.resolve(FILE));
        }
    }

    private static Optional<String> read(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] start = stream.readNBytes(MAX_BYTES);
            return Optional.of(new String(start, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static List<String> configurations(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(conf|conflist|json)"))
                    .sorted()
                    .toList();
        }
    }
}
