package dev.weft.ipam.dhcp.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.IpPrefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DaemonMessageTest {
    private static final Request REQUEST =
            new Request(
                    Command.ADD,
                    new AttachmentId("c1", "eth0"),
                    Optional.of("/run/netns/c1"),
                    Optional.empty(),
                    "K8S_POD_NAME=pod",
                    new PluginDirectories(List.of()),
                    Map.of(),
                    Configuration.of(
                            JsonText.parseObject(
                                    """
                                    {"cniVersion": "1.1.0", "name": "net", "ipam": {"type": "dhcp"}}
                                    """,
                                    "test")),
                    new Diagnostics());

    @Test
    void question_arrivesAsItWasAsked() {
        Request asked = DaemonMessage.request(DaemonMessage.question(REQUEST));
        assertThat(asked.command()).isEqualTo(Command.ADD);
        assertThat(asked.attachment()).isEqualTo(REQUEST.attachment());
        assertThat(asked.netns()).isEqualTo(REQUEST.netns());
        assertThat(asked.arguments()).isEqualTo(REQUEST.arguments());
        assertThat(asked.configuration()).isEqualTo(REQUEST.configuration());
    }

    @Test
    void result_andError_arriveAsTheyWereAnswered() {
        Result result =
                Result.empty()
                        .withAddresses(
                                List.of(
                                        ResultAddress.of(
                                                IpPrefix.parse("10.9.0.7/24"), Optional.empty())));
        assertThat(DaemonMessage.result(DaemonMessage.answer(result))).isEqualTo(result);
        JsonObject error =
                DaemonMessage.answer(new CniException(ErrorCode.TRY_AGAIN_LATER, "no", "why"));
        assertThatThrownBy(() -> DaemonMessage.result(error))
                .isInstanceOf(CniException.class)
                .hasMessage("no; why")
                .matches(failed -> ((CniException) failed).is(ErrorCode.TRY_AGAIN_LATER));
    }

    @Test
    void otherFormat_isRefused() {
        JsonObject question = DaemonMessage.question(REQUEST);
        question.addProperty("weftDhcp", 2);
        assertThatThrownBy(() -> DaemonMessage.request(question))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("another version");
    }

    @FuzzTest
    void anyText_isAQuestionOrIsRefused(byte[] text) {
        try {
            Request asked =
                    DaemonMessage.request(
                            JsonText.parseObject(
                                    new String(text, java.nio.charset.StandardCharsets.UTF_8),
                                    "test"));
            assertThat(asked.configuration().name()).isNotEmpty();
        } catch (CniException refused) {
            assertThat(refused.text()).isNotEmpty();
        }
    }
}
