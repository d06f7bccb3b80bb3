package dev.weft.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpEndpointTest {
    private final HttpEndpoint endpoint =
            new HttpEndpoint(Map.of("/health", () -> HttpResponse.json(200, "OK", "{}\n")));

    @Test
    void page_isAnswered() {
        assertThat(answer("GET /health?x=1 HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                .contains("\r\nContent-Length: 3\r\n", "\r\nConnection: close\r\n")
                .endsWith("\r\n\r\n{}\n");
    }

    @Test
    void head_hasTheLengthAndNoContent() {
        assertThat(answer("HEAD /health HTTP/1.0\r\n\r\n"))
                .contains("Content-Length: 3\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /other HTTP/1.1, 404",
        "POST /health HTTP/1.1, 405",
        "GET /health, 400",
        "GET /health HTTP/2, 400",
        "'', 400"
    })
    void otherRequest_isRefused(String line, int status) {
        assertThat(answer(line + "\r\n\r\n")).startsWith("HTTP/1.1 " + status + " ");
    }

    @FuzzTest
    void anyHead_isAnswered(byte[] bytes) {
        String head = new String(bytes, UTF_8);
        assertThat(answer(head)).startsWith("HTTP/1.1 ").contains("\r\n\r\n");
    }

    private String answer(String head) {
        return new String(endpoint.answer(head), UTF_8);
    }
}
