package dev.weft.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AnswerTest {
    static Stream<Answer> answers() {
        return Stream.of(
                new Answer.Declined(),
                new Answer.Answered(0, "", ""),
                new Answer.Answered(255, "{\"ü\":1}", "a line\n"));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answer_isReadAsItWasWritten(Answer answer) {
        assertThat(decode(answer.encode())).isEqualTo(answer);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answerThatIsCut_isRefused(Answer answer) {
        byte[] message = answer.encode();
        assertThatThrownBy(() -> decode(Arrays.copyOf(message, message.length - 1)))
                .isInstanceOf(MalformedCallException.class);
    }

    private static Answer decode(byte[] message) {
        return Answer.decode(
                Arrays.copyOf(message, Math.min(message.length, Answer.HEADER_BYTES)),
                message.length < Answer.HEADER_BYTES
                        ? new byte[0]
                        : Arrays.copyOfRange(message, Answer.HEADER_BYTES, message.length));
    }

    @FuzzTest
    void anyBytes_areAnAnswerOrRefused(byte[] message) {
        try {
            Answer answer = decode(message);
            assertThat(decode(answer.encode())).isEqualTo(answer);
        } catch (MalformedCallException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
