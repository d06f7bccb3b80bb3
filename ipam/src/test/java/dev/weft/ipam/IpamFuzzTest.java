package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.JsonText;
import dev.weft.cni.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/// Arbitrary text wherever others write it: understood, or refused in words.
final class IpamFuzzTest {
    @TempDir static Path data;

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @FuzzTest
    void lease_ofAnyContent_hasAnOwner(byte[] bytes) {
        AttachmentId owner = LeaseFiles.owner(text(bytes));
        String again = owner.containerId() + "\r\n" + owner.interfaceName();
        assertThat(LeaseFiles.owner(again).containerId()).isNotNull();
    }

    @FuzzTest
    void directory_withAnyLease_serves(byte[] bytes) throws IOException {
        Network network = Network.of(Files.createTempDirectory(data, "lease"), "10.1.0.0/29");
        network.write("10.1.0.2", "a");
        Files.write(network.directory().resolve("10.1.0.2"), bytes);
        Files.write(network.directory().resolve("last_reserved_ip.0"), bytes);
        serve(network);
    }

    @FuzzTest
    void directory_withAnyLog_serves(byte[] bytes) throws IOException {
        Network network = Network.of(Files.createTempDirectory(data, "log"), "10.1.0.0/29");
        Files.createDirectories(network.log().getParent());
        byte[] header =
                ("weft-leases 1 " + Network.BOOT.id() + " machine 1\n")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] log = Arrays.copyOf(header, header.length + bytes.length);
        System.arraycopy(bytes, 0, log, header.length, bytes.length);
        Files.write(network.log(), bytes.length % 2 == 0 ? log : bytes);
        serve(network);
    }

    private static void serve(Network network) {
        network.delete(Network.plugin(), "box");
        String given = network.add(Network.plugin(), "box");
        assertThat(given).startsWith("10.1.0.");
        network.check(Network.plugin(), "box");
        network.delete(Network.plugin(), "box");
        assertThat(network.leased()).doesNotContain(given.substring(0, given.indexOf('/')));
    }

    @FuzzTest
    void resolverFile_ofAnyContent_isRead(byte[] bytes) {
        assertThat(ResolverFile.parse(text(bytes)).nameservers()).doesNotContain("");
    }

    @FuzzTest
    void configuration_isReadOrRefused(byte[] bytes) {
        String text = text(bytes);
        int end = text.indexOf('\n');
        String arguments = end < 0 ? "" : text.substring(0, end);
        try {
            JsonObject ipam = JsonText.parseObject(text.substring(end + 1), "ipam");
            ipam.remove("resolvConf");
            ipam.remove("dataDir");
            JsonObject json = new JsonObject();
            json.addProperty("name", "net");
            json.addProperty("cniVersion", "1.1.0");
            json.add("ipam", ipam);
            json.add("runtimeConfig", ipam);
            Request request =
                    Network.request(JsonText.compact(json), Command.ADD, "box", arguments);
            List<Consumer<Request>> readers =
                    List.of(
                            asked -> HostLocalConfiguration.of(asked, new KnownRanges()),
                            new StaticAddresses()::add);
            readers.forEach(reader -> read(reader, request));
        } catch (CniException refused) {
            assertThat(refused.text()).isNotBlank();
        }
    }

    private static void read(Consumer<Request> reader, Request request) {
        try {
            reader.accept(request);
        } catch (CniException refused) {
            assertThat(refused.text()).isNotBlank();
        }
    }
}
