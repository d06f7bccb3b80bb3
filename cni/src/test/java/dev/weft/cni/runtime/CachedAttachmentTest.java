package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.JsonText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of the cache, byte for byte as libcni writes them.
final class CachedAttachmentTest {
    /// As libcni 1.3 writes it: a structure's fields in their order, the maps in it sorted.
    private static final String FILE =
            "{\"kind\":\"cniCacheV1\",\"containerId\":\"c1\","
                    + "\"config\":\"eyJuYW1lIjoibmV0IiwicGx1Z2lucyI6W3sidHlwZSI6ImEifV19\","
                    + "\"ifName\":\"eth0\",\"networkName\":\"net\",\"netns\":\"/run/netns/x\","
                    + "\"cniArgs\":[[\"IgnoreUnknown\",\"1\"],[\"K\",\"v\"]],"
                    + "\"capabilityArgs\":{\"portMappings\":[{\"hostPort\":8080}]},"
                    + "\"result\":{\"cniVersion\":\"1.0.0\",\"dns\":{},\"ips\":[{\"address\":"
                    + "\"10.1.0.2/16\"}]}}";

    @Test
    void file_isReadAndWrittenByteForByte() {
        CachedAttachment read = CachedAttachment.parse(FILE).orElseThrow();
        assertThat(read.network()).isEqualTo("net");
        assertThat(read.attachment().id()).isEqualTo(new AttachmentId("c1", "eth0"));
        assertThat(read.attachment().netns()).contains("/run/netns/x");
        assertThat(read.attachment().argumentText()).isEqualTo("IgnoreUnknown=1;K=v");
        assertThat(NetworkList.parse(read.configuration()).name()).isEqualTo("net");
        assertThat(read.result()).isPresent();
        assertThat(read.text()).isEqualTo(FILE);
    }

    @Test
    void whatIsEmpty_isLeftOut() {
        Attachment attachment = Attachment.of(new AttachmentId("c1", "eth0"), Optional.empty());
        assertThat(new CachedAttachment("net", attachment, "{}", Optional.empty()).text())
                .isEqualTo(
                        "{\"kind\":\"cniCacheV1\",\"containerId\":\"c1\",\"config\":\"e30=\","
                                + "\"ifName\":\"eth0\",\"networkName\":\"net\"}");
    }

    @Test
    void bareResult_ofOldLibcni_isNoAttachment() {
        assertThat(CachedAttachment.parse("{\"cniVersion\":\"0.3.1\",\"ips\":[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"kind\":\"cniCacheV2\",\"containerId\":\"c\"}",
                "{\"containerId\":\"c\"}",
                "{\"kind\":\"cniCacheV1\",\"config\":\"***\"}",
                "{\"kind\":\"cniCacheV1\",\"cniArgs\":[[\"K\"]]}",
                "{\"kind\":\"cniCacheV1\",\"cniArgs\":[[\"K\",{}]]}",
                "{\"kind\":\"cniCacheV1\",\"result\":[]}",
                "{\"kind\":7}"
            })
    void otherText_isAnError(String text) {
        assertThatThrownBy(() -> CachedAttachment.parse(text)).isInstanceOf(CniException.class);
    }

    @Test
    void input_keepsWhatItDoesNotKnow_andWhatOnlyTheRuntimeMaySay() {
        NetworkList network =
                NetworkList.parse(
                        "{\"name\":\"net\",\"cniVersion\":\"1.1.0\",\"plugins\":[{\"type\":\"a\","
                                + "\"Name\":\"x\",\"CNIVersion\":\"0\",\"n\":1.0,\"runtimeConfig\":"
                                + "{\"old\":1},\"cni.dev/attachments\":[],\"capabilities\":{}}]}");
        PluginObject plugin = network.plugins().getFirst();
        assertThat(JsonText.compact(PluginInput.of(network, plugin).json()))
                .isEqualTo(
                        "{\"type\":\"a\",\"n\":1.0,\"runtimeConfig\":{\"old\":1},"
                                + "\"capabilities\":{},\"cniVersion\":\"1.1.0\",\"name\":\"net\"}");
        assertThat(
                        PluginInput.of(network, plugin, Optional.of(List.<AttachmentId>of()))
                                .json()
                                .keySet())
                .contains("cni.dev/valid-attachments", "cni.dev/attachments");
        assertThat(plugin.json().has("cni.dev/attachments")).isTrue();
    }
}
