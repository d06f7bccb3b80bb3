package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginCall;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.linux.InvalidRequestException;
import dev.weft.plugins.bridge.BridgeConfiguration;
import dev.weft.plugins.bridge.PairConfiguration;
import dev.weft.plugins.bridge.PairRecord;
import dev.weft.plugins.chained.BandwidthConfiguration;
import dev.weft.plugins.chained.BandwidthLimit;
import dev.weft.plugins.chained.BandwidthRecord;
import dev.weft.plugins.chained.SbrConfiguration;
import dev.weft.plugins.chained.SysctlAllowList;
import dev.weft.plugins.chained.TuningConfiguration;
import dev.weft.plugins.chained.TuningRecord;
import dev.weft.plugins.chained.VrfConfiguration;
import dev.weft.plugins.chained.VrfRecord;
import dev.weft.plugins.device.HostDeviceConfiguration;
import dev.weft.plugins.device.SavedDevice;
import dev.weft.plugins.device.Sysfs;
import dev.weft.plugins.device.TapConfiguration;
import dev.weft.plugins.filter.Admission;
import dev.weft.plugins.filter.FirewallOptions;
import dev.weft.plugins.flannel.Flannel;
import dev.weft.plugins.flannel.FlannelConfiguration;
import dev.weft.plugins.flannel.FlannelRecord;
import dev.weft.plugins.flannel.SubnetFile;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.nat.PortMapping;
import dev.weft.plugins.nat.PortmapOptions;
import dev.weft.plugins.nat.PublishedPorts;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.AttachmentRecords;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.SourceTable;
import dev.weft.plugins.stacked.IpvlanConfiguration;
import dev.weft.plugins.stacked.MacvlanConfiguration;
import dev.weft.plugins.stacked.VlanConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;

/// Arbitrary text wherever others write it: understood, or refused in words; and what is kept in a
/// record is read as it was written.
final class PluginsFuzzTest {
    private static final AttachmentId ATTACHMENT = new AttachmentId("c1", "eth0");

    @TempDir static Path directory;

    /// A request with the configuration of a fuzzer's text, whose first line is CNI_ARGS.
    private static Optional<Request> request(byte[] bytes) {
        String text = PluginCall.text(bytes);
        int end = text.indexOf('\n');
        try {
            JsonObject json = JsonText.parseObject(text.substring(end + 1), "configuration");
            json.addProperty("name", "net");
            json.addProperty("cniVersion", "1.1.0");
            return Optional.of(
                    new Request(
                            Command.ADD,
                            ATTACHMENT,
                            Optional.empty(),
                            Optional.empty(),
                            end < 0 ? "" : text.substring(0, end),
                            new PluginDirectories(List.of()),
                            Map.of(),
                            Configuration.of(json),
                            new Diagnostics()));
        } catch (CniException refused) {
            return Optional.empty();
        }
    }

    private static void read(byte[] bytes, Consumer<Request> reader) {
        try {
            request(bytes).ifPresent(reader);
        } catch (CniException refused) {
            assertThat(refused.text()).isNotBlank();
        }
    }

    private static Fields fields(Request request) {
        return request.configuration().fields();
    }

    @FuzzTest
    void bridge_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    BridgeConfiguration read = BridgeConfiguration.of(request);
                    assertThat(read.bridge()).isNotEmpty();
                    assertThat(read.hairpin() && read.promiscuous()).isFalse();
                    assertThat(read.vlans().access()).isBetween(0, 4094);
                });
    }

    @FuzzTest
    void ptp_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request ->
                        assertThat(PairConfiguration.of(request.configuration()).mtuBytes())
                                .isNotNegative());
    }

    @FuzzTest
    void macvlan_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    MacvlanConfiguration read = MacvlanConfiguration.of(request);
                    assertThat(read.keys().master()).isNotEqualTo(Optional.of(""));
                    assertThat(read.broadcastQueue()).isBetween(0L, 0xffff_ffffL);
                    assertThat(read.asked("eth0").toString()).isEqualTo("macvlan eth0");
                });
    }

    @FuzzTest
    void ipvlan_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    IpvlanConfiguration read = IpvlanConfiguration.of(request);
                    assertThat(!read.given().addresses().isEmpty() || Ipam.isNamed(request))
                            .isTrue();
                    assertThat(read.asked("eth0").toString()).isEqualTo("ipvlan eth0");
                });
    }

    @FuzzTest
    void vlan_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    VlanConfiguration read = VlanConfiguration.of(request);
                    assertThat(read.id()).isBetween(0, 4094);
                    assertThat(read.keys().master()).isPresent();
                });
    }

    @FuzzTest
    void portmap_isReadOrRefused_andReadAgain(byte[] bytes) {
        read(
                bytes,
                request -> {
                    PortmapOptions options = PortmapOptions.of(fields(request));
                    assertThat(PortmapOptions.of(Fields.of(options.toJson()))).isEqualTo(options);
                    for (Fields each : fields(request).objects("portMappings")) {
                        PortMapping mapping = PortMapping.of(each);
                        assertThat(PortMapping.parse(mapping.toText())).isEqualTo(mapping);
                    }
                });
    }

    @FuzzTest
    void firewall_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    FirewallOptions options = FirewallOptions.of(fields(request));
                    assertThat(options.adminChain()).isNotEmpty();
                    assertThat(options.zone()).isNotEmpty();
                });
    }

    @FuzzTest
    void tuning_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    TuningConfiguration read =
                            TuningConfiguration.of(request, SysctlAllowList.everything());
                    assertThat(read.dataDirectory()).isAbsolute();
                    assertThat(read.sysctls())
                            .allSatisfy(setting ->
                                    assertThat(setting.name().parts())
                                            .startsWith("net")
                                            .doesNotContain("..", "."));
                });
    }

    @FuzzTest
    void bandwidth_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    BandwidthConfiguration read = BandwidthConfiguration.of(request);
                    read.ingress().ifPresent(PluginsFuzzTest::requireUsable);
                    read.egress().ifPresent(PluginsFuzzTest::requireUsable);
                });
    }

    private static void requireUsable(BandwidthLimit limit) {
        assertThat(limit.limitBytes()).isBetween(limit.burstBytes(), 0xffff_ffffL);
        assertThat(limit.on(1)).isNotNull();
    }

    @FuzzTest
    void sbr_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request ->
                        assertThat(SbrConfiguration.of(fields(request)).gateways())
                                .hasSizeLessThanOrEqualTo(2));
    }

    @FuzzTest
    void flannel_isReadOrRefused(byte[] bytes) {
        SubnetFile node = new SubnetFile(List.of(), List.of(), 1450, false);
        read(
                bytes,
                request -> {
                    FlannelConfiguration read = FlannelConfiguration.of(request);
                    assertThat(read.dataDirectory()).isAbsolute();
                    JsonObject delegate = read.delegateOn(node);
                    assertThat(delegate.get("name").getAsString()).isEqualTo("net");
                    assertThat(delegate.get("type").getAsString()).isNotEqualTo(Flannel.TYPE);
                    assertThat(delegate.getAsJsonObject("ipam").get("ranges").getAsJsonArray())
                            .isEmpty();
                });
    }

    /// What another daemon writes.
    @FuzzTest
    void subnetFile_isReadOrRefused(byte[] bytes) {
        try {
            SubnetFile read = SubnetFile.parse("subnet.env", PluginCall.text(bytes));
            assertThat(read.subnets()).hasSizeBetween(1, 2);
            assertThat(read.networks()).isNotEmpty();
            assertThat(read.mtuBytes()).isNotNegative();
        } catch (InvalidRequestException refused) {
            assertThat(refused.getMessage()).contains("subnet.env");
        }
    }

    @FuzzTest
    void hostDevice_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request ->
                        HostDeviceConfiguration.of(request.configuration())
                                .choice()
                                .ifPresent(choice ->
                                        assertThat(choice.isLeftToProgram(new Sysfs(directory)))
                                                .isFalse()));
    }

    @FuzzTest
    void tap_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    TapConfiguration read = TapConfiguration.of(request);
                    assertThat(read.mtuBytes()).isNotNegative();
                    assertThat(read.device().owner().orElse(0L)).isBetween(0L, 0xffff_fffeL);
                });
    }

    @FuzzTest
    void vrf_isReadOrRefused(byte[] bytes) {
        read(
                bytes,
                request -> {
                    VrfConfiguration read = VrfConfiguration.of(fields(request));
                    assertThat(read.name()).isNotEmpty();
                    assertThat(read.table().orElse(1L)).isBetween(1L, 0xffff_ffffL);
                });
    }

    /// The file of a record, as anybody may have written it.
    @FuzzTest
    void recordFile_isReadOrNone(byte[] bytes) throws IOException {
        Path network = Files.createDirectories(directory.resolve("net"));
        Files.write(network.resolve("c1:eth0:bridge"), bytes);
        AttachmentRecords records = new AttachmentRecords(directory);
        Optional<AttachmentRecord> found = records.find("net", ATTACHMENT, "bridge");
        assertThat(records.list("net", "bridge")).hasSize(found.isPresent() ? 1 : 0);
    }

    /// What a plugin keeps in its record.
    @FuzzTest
    void recordContent_isReadAgain_orNone(byte[] bytes) {
        request(bytes)
                .ifPresent(request -> {
                    JsonObject content = request.configuration().json();
                    AttachmentRecord record =
                            new AttachmentRecord("bridge", "net", ATTACHMENT, "boot", content);
                    same(record, PairRecord::of, PairRecord::toJson);
                    same(record, PublishedPorts::of, PublishedPorts::toJson);
                    same(record, Admission::of, Admission::toJson);
                    same(record, FlannelRecord::of, FlannelRecord::toJson);
                    same(record, SavedDevice::of, SavedDevice::toJson);
                    same(record, VrfRecord::of, VrfRecord::toJson);
                    same(record, BandwidthRecord::of, BandwidthRecord::toJson);
                    same(
                            record,
                            fields -> TuningRecord.of(fields, "eth0"),
                            tuning -> tuning.toJson(new NamespaceMark("", "")));
                    record.read(SourceTable::listOf)
                            .ifPresent(tables -> {
                                JsonObject json = new JsonObject();
                                json.add("tables", SourceTable.toJson(tables));
                                assertThat(SourceTable.listOf(Fields.of(json))).isEqualTo(tables);
                            });
                });
    }

    private static <T> void same(
            AttachmentRecord record, Function<Fields, T> decoder, Function<T, JsonObject> encoder) {
        record.read(decoder)
                .ifPresent(read ->
                        assertThat(decoder.apply(Fields.of(encoder.apply(read)))).isEqualTo(read));
    }
}
