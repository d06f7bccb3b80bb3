package dev.weft.cni.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginCall;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import java.util.List;
import java.util.Optional;

/// Whatever stands in a file or comes from a plugin, it is understood or refused.
final class RuntimeFuzzTest {

    @FuzzTest
    void configuration_isReadOrRefused(byte[] bytes) {
        String text = PluginCall.text(bytes);
        try {
            NetworkList list = NetworkList.parse(text);
            for (PluginObject plugin : list.plugins()) {
                JsonObject input = PluginInput.of(list, plugin, Optional.of(List.of())).json();
                assertThat(JsonText.parseObject(JsonText.compact(input), "input")).isEqualTo(input);
            }
        } catch (CniException refused) {
            assertThat(refused.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void result_readAndWritten_isTheSame(byte[] bytes) {
        try {
            Result result =
                    ResultFormat.decode(JsonText.parseObject(PluginCall.text(bytes), "result"));
            JsonObject written = ResultFormat.encode(result, CniVersion.newest());
            assertThat(ResultFormat.decode(written)).isEqualTo(result);
        } catch (CniException refused) {
            assertThat(refused.text()).isNotEmpty();
        }
    }

    @FuzzTest
    void cacheFile_readAndWritten_isTheSame(byte[] bytes) {
        try {
            Optional<CachedAttachment> read = CachedAttachment.parse(PluginCall.text(bytes));
            read.ifPresent(attachment ->
                    assertThat(CachedAttachment.parse(attachment.text())).isEqualTo(read));
        } catch (CniException refused) {
            assertThat(refused.text()).isNotEmpty();
        }
    }
}
