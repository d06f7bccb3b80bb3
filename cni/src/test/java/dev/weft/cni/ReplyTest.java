package dev.weft.cni;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplyTest {

    private static CniException failure(Reply reply) {
        try {
            reply.requireSuccess();
        } catch (CniException failed) {
            return failed;
        }
        throw new AssertionError("no failure");
    }

    @Test
    void errorObject_keepsCodeTextAndDetails() {
        CniException error =
                failure(new Reply(1, "{\"code\":103,\"msg\":\"m\",\"details\":\"d\"}", "noise"));
        assertThat(error.code()).isEqualTo(103);
        assertThat(error.text()).isEqualTo("m");
        assertThat(error.details()).isEqualTo("d");
        assertThat(error).hasMessage("m; d");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, ``, netplugin failed with no error message: exit status 1",
                "``, oops, netplugin failed: \"oops\": exit status 1",
                "text, oops, netplugin failed but error parsing its diagnostic message \"text\": ",
                "[], ``, netplugin failed but error parsing its diagnostic message \"[]\": ",
            })
    void failureWithoutErrorObject_isToldAsLibcniDoes(
            String output, String errors, String expected) {
        CniException error = failure(new Reply(1, output, errors));
        assertThat(error.getMessage()).startsWith(expected);
        assertThat(error.is(ErrorCode.UNKNOWN)).isTrue();
    }

    @Test
    void killedPlugin_namesTheSignal() {
        assertThat(failure(new Reply(137, "", ""))).hasMessageContaining("signal 9");
    }

    @Test
    void result_withoutVersion_hasTheConfigurations() {
        Reply reply = new Reply(0, "{\"ips\":[{\"address\":\"10.0.0.1/8\"}]}", "");
        assertThat(reply.resultJson(CniVersion.V1_0_0).get("cniVersion").getAsString())
                .isEqualTo("1.0.0");
        assertThat(reply.result(CniVersion.V1_0_0).addresses()).hasSize(1);
    }

    @Test
    void result_thatIsNull_isEmpty_andNoOutputIsAnError() {
        assertThat(new Reply(0, "null\n", "").result(CniVersion.V1_1_0)).isEqualTo(Result.empty());
        assertThatThrownBy(() -> new Reply(0, "", "").result(CniVersion.V1_1_0))
                .isInstanceOfSatisfying(
                        CniException.class,
                        error -> assertThat(error.is(ErrorCode.DECODING_FAILURE)).isTrue());
    }

    @Test
    void versions_ofPluginsOfEveryAge_areKnown() {
        assertThat(
                        new Reply(1, "{\"code\":4,\"msg\":\"unknown CNI_COMMAND: VERSION\"}", "")
                                .versions())
                .containsExactly(CniVersion.V0_1_0);
        assertThat(new Reply(0, "{\"cniVersion\":\"0.2.0\"}", "").versions())
                .containsExactly(CniVersion.V0_1_0, CniVersion.V0_2_0);
        assertThatThrownBy(() -> new Reply(0, "{\"cniVersion\":\"0.3.0\"}", "").versions())
                .hasMessage("decoding version info: missing field supportedVersions");
        assertThatThrownBy(() -> new Reply(0, "{\"supportedVersions\":[]}", "").versions())
                .hasMessage("decoding version info: missing field cniVersion");
    }
}
