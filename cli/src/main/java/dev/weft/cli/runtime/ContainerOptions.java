package dev.weft.cli.runtime;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.JsonText;
import dev.weft.cni.runtime.Attachment;
import dev.weft.cni.runtime.CachedAttachment;
import dev.weft.cni.runtime.ResultCache;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Which interface of which container, and with which arguments: cnitool's, and friendlier ones.
final class ContainerOptions {
    private static final int ID_BYTES = 10;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NETWORK", description = "the network's name")
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    private String network;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NETNS",
            description = "the container's namespace: a path, a name of `ip netns`, or a process")
    private @Nullable String position;

    @Option(names = "--netns", paramLabel = "NETNS", description = "the same as an option")
    private @Nullable String netns;

    @Option(
            names = "--container-id",
            paramLabel = "ID",
            description = "the container's id; by default one made of the namespace's path")
    private @Nullable String containerId;

    @Option(
            names = {"-i", "--ifname"},
            paramLabel = "NAME",
            defaultValue = "${env:CNI_IFNAME:-eth0}",
            description =
                    "the interface in the container (environment: CNI_IFNAME; default:"
                            + " ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // has a default
    private String interfaceName;

    @Option(
            names = "--arg",
            paramLabel = "KEY=VALUE",
            description =
                    "an argument for the plugins; may be given several times (environment:"
                            + " CNI_ARGS)")
    private List<String> arguments = List.of();

    @Option(
            names = "--cap-args",
            paramLabel = "JSON",
            defaultValue = "${env:CAP_ARGS:-}",
            description = "an object with the values of capabilities (environment: CAP_ARGS)")
    @SuppressWarnings("NullAway.Init") // has a default
    private String capabilities;

    @Option(
            names = "--port",
            paramLabel = "[IP:]HOST:CONTAINER[/PROTOCOL]",
            converter = PortMapping.Converter.class,
            description = "publish a port, through the capability portMappings")
    private List<PortMapping> ports = List.of();

    String network() {
        return network;
    }

    boolean hasNetns() {
        return position != null || netns != null;
    }

    /// What the command line says.
    Attachment attachment() {
        Optional<String> path = netnsPath();
        if (containerId == null && path.isEmpty()) {
            throw wrong("name the container's namespace, or its id with --container-id");
        }
        String id = containerId == null ? idOf(path.orElseThrow()) : containerId;
        return new Attachment(
                new AttachmentId(id, interfaceName), path, pairs(), capabilityArguments());
    }

    /// As [#attachment], and what was left out as it was at ADD.
    Attachment attachment(ResultCache cache) {
        Attachment said = attachment();
        return cache.find(network, said.id())
                .map(CachedAttachment::attachment)
                .map(known ->
                        new Attachment(
                                said.id(),
                                said.netns().or(known::netns),
                                said.arguments().isEmpty() ? known.arguments() : said.arguments(),
                                said.capabilities().isEmpty()
                                        ? known.capabilities()
                                        : said.capabilities()))
                .orElse(said);
    }

    private Optional<String> netnsPath() {
        if (position != null && netns != null) {
            throw wrong("the namespace is named twice");
        }
        String named = position == null ? netns : position;
        return Optional.ofNullable(named).filter(text -> !text.isEmpty()).map(Netns::pathOf);
    }

    /// As cnitool makes it, so that either finds what the other attached.
    static String idOf(String path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-512")
                            .digest(path.getBytes(StandardCharsets.UTF_8));
            return "cnitool-" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private List<Attachment.Argument> pairs() {
        String inherited = System.getenv().getOrDefault("CNI_ARGS", "");
        List<String> pairs = new ArrayList<>(arguments);
        if (pairs.isEmpty() && !inherited.isEmpty()) {
            pairs.addAll(Stream.of(inherited.split(";", -1)).toList());
        }
        return pairs.stream().map(this::pair).toList();
    }

    private Attachment.Argument pair(String text) {
        int equals = text.indexOf('=');
        if (equals < 1
                || equals == text.length() - 1
                || text.indexOf('=', equals + 1) >= 0
                || text.indexOf(';') >= 0) {
            throw wrong("invalid CNI_ARGS pair \"" + text + "\": write KEY=VALUE");
        }
        return new Attachment.Argument(text.substring(0, equals), text.substring(equals + 1));
    }

    private JsonObject capabilityArguments() {
        JsonObject values = capabilities.isEmpty() ? new JsonObject() : parsed();
        if (!ports.isEmpty()) {
            JsonArray mappings = new JsonArray();
            ports.forEach(port -> mappings.add(port.toJson()));
            values.add("portMappings", mappings);
        }
        return values;
    }

    private JsonObject parsed() {
        try {
            return JsonText.parseObject(capabilities, "capability arguments");
        } catch (CniException malformed) {
            throw wrong(malformed.message());
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    /// Ways to name a namespace.
    private static final class Netns {
        private Netns() {}

        static String pathOf(String text) {
            if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return "/proc/" + text + "/ns/net";
            }
            return text.indexOf('/') < 0
                    ? "/var/run/netns/" + text
                    : Path.of(text).toAbsolutePath().normalize().toString();
        }
    }
}
