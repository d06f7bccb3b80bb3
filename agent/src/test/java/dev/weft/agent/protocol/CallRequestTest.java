package dev.weft.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallRequestTest {
    private static final CallRequest REQUEST =
            new CallRequest("bridge", Map.of("CNI_COMMAND", "ADD", "EMPTY", ""), "{\"é\":1}");

    @Test
    void request_isReadAsItWasWritten() {
        assertThat(decode(REQUEST.encode())).isEqualTo(REQUEST);
    }

    @Test
    void variable_thatIsThereTwice_hasItsFirstValue() {
        byte[] strings = "p\0A=1\0A=2\0noequals\0=x\0".getBytes(UTF_8);
        assertThat(CallRequest.decode(new RequestHeader(1, strings.length, 0), strings))
                .isEqualTo(new CallRequest("p", Map.of("A", "1"), ""));
    }

    @Test
    void textWithoutEnd_isRefused() {
        byte[] strings = "p\0A=1".getBytes(UTF_8);
        assertThatThrownBy(
                        () -> CallRequest.decode(new RequestHeader(1, strings.length, 0), strings))
                .isInstanceOf(MalformedCallException.class);
    }

    @Test
    void headerOfSomethingElse_isRefused() {
        byte[] message = REQUEST.encode();
        message[0] = 'X';
        assertThatThrownBy(() -> decode(message)).isInstanceOf(MalformedCallException.class);
    }

    @Test
    void headerThatAnnouncesTooMuch_isRefused() {
        assertThatThrownBy(() -> RequestHeader.decode(header(1, (4 << 20) + 1)))
                .hasMessageContaining("at most 4194304");
        assertThatThrownBy(() -> RequestHeader.decode(header((1 << 20) + 1, 0)))
                .hasMessageContaining("at most 1048576");
        assertThatThrownBy(() -> RequestHeader.decode(header(-1, 0)))
                .hasMessageContaining("4294967295");
    }

    @Test
    void headerOfAnotherVersion_isKnownAsSuch() {
        byte[] message = header(-1, -1);
        message[4] = 2;
        assertThat(RequestHeader.decode(message).isSupported()).isFalse();
    }

    private static byte[] header(int strings, int input) {
        return ByteBuffer.allocate(RequestHeader.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("WEFT".getBytes(UTF_8))
                .put((byte) 1)
                .put(new byte[3])
                .putInt(strings)
                .putInt(input)
                .array();
    }

    private static CallRequest decode(byte[] message) {
        RequestHeader header = RequestHeader.decode(Arrays.copyOf(message, RequestHeader.BYTES));
        return CallRequest.decode(
                header, Arrays.copyOfRange(message, RequestHeader.BYTES, message.length));
    }

    @FuzzTest
    void anyBytes_areARequestOrRefused(byte[] message) {
        try {
            CallRequest request = decode(message);
            assertThat(decode(request.encode())).isEqualTo(request);
        } catch (MalformedCallException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
