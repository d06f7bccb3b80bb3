package dev.weft.ipam;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.file.BootId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A network named "net" with its directory, and requests about it.
///
/// @param dataDirectory where the network's directory is
/// @param ipam the object of that key, without `dataDir`, in JSON
record Network(Path dataDirectory, String version, String ipam, String rest) {
    static final Boot BOOT = boot(1);

    /// A start of the same machine.
    static Boot boot(int number) {
        return new Boot("machine", new BootId(new UUID(number, number)));
    }

    /// A network of one subnet.
    static Network of(Path dataDirectory, String subnet) {
        return ofIpam(dataDirectory, "\"ranges\": [[{\"subnet\": \"" + subnet + "\"}]]");
    }

    static Network ofIpam(Path dataDirectory, String ipam) {
        return new Network(dataDirectory, "1.1.0", ipam, "");
    }

    Network withVersion(String other) {
        return new Network(dataDirectory, other, ipam, rest);
    }

    /// This with more keys of the configuration.
    Network with(String keys) {
        return new Network(dataDirectory, version, ipam, rest + ", " + keys);
    }

    String json() {
        return "{\"cniVersion\": \""
                + version
                + "\", \"name\": \"net\", \"type\": \"bridge\", \"ipam\": {\"type\": \"host-local\","
                + " \"dataDir\": \""
                + dataDirectory
                + "\""
                + (ipam.isEmpty() ? "" : ", " + ipam)
                + "}"
                + rest
                + "}";
    }

    Request request(Command command, String container, String arguments) {
        return request(json(), command, container, arguments);
    }

    static Request request(String text, Command command, String container, String arguments) {
        JsonObject json = JsonText.parseObject(text, "test");
        return new Request(
                command,
                new AttachmentId(container, container.isEmpty() ? "" : "eth0"),
                Optional.empty(),
                Optional.empty(),
                arguments,
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(json),
                new Diagnostics());
    }

    static HostLocal plugin() {
        return plugin(BOOT, _ -> {});
    }

    /// @param accesses is told each access to the disk before it is made
    static HostLocal plugin(Boot boot, Consumer<String> accesses) {
        return new HostLocal(() -> boot, InstantSource.system(), new Disk(accesses));
    }

    /// The addresses of an ADD, joined by a comma.
    String add(HostLocal plugin, String container) {
        return add(plugin, container, "");
    }

    String add(HostLocal plugin, String container, String arguments) {
        Result result = plugin.add(request(Command.ADD, container, arguments));
        return result.addresses().stream()
                .map(address -> address.address().toString())
                .collect(Collectors.joining(","));
    }

    void delete(HostLocal plugin, String container) {
        plugin.delete(request(Command.DEL, container, ""));
    }

    void check(HostLocal plugin, String container) {
        plugin.check(request(Command.CHECK, container, ""));
    }

    void status(HostLocal plugin) {
        plugin.status(request(Command.STATUS, "", ""));
    }

    List<PoolLevel> levels(HostLocal plugin) {
        return plugin.levels(request(Command.STATUS, "", ""));
    }

    /// @param valid containers that are alive, with interface eth0
    void collect(HostLocal plugin, String... valid) {
        plugin.collect(
                request(Command.GC, "", ""),
                Arrays.stream(valid)
                        .map(id -> new AttachmentId(id, "eth0"))
                        .collect(Collectors.toSet()));
    }

    Path directory() {
        return dataDirectory.resolve("net");
    }

    Path log() {
        return dataDirectory.resolve(".net.weft/leases");
    }

    /// Every file of the directory with its content.
    Map<String, String> files() {
        try (Stream<Path> files = Files.list(directory())) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
            return contents;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// The names of leases.
    Set<String> leased() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> IpNumber.tryParse(name).isPresent())
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Writes a file as another program would.
    void write(String name, String content) {
        try {
            Files.createDirectories(directory());
            Files.writeString(directory().resolve(name), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void remove(String name) {
        try {
            Files.delete(directory().resolve(name));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
