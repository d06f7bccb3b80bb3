package dev.weft.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/// Health and metrics over HTTP: two pages that are read with GET, one request a connection.
///
/// It is a hundred lines instead of a library, because a server that can do more takes as much
/// memory as the agent: decision 13.
final class HttpEndpoint {
    /// Far beyond what a reader of metrics sends.
    private static final int MAX_HEAD_BYTES = 8 << 10;

    private static final String END_OF_HEAD = "\r\n\r\n";

    private final Map<String, Supplier<HttpResponse>> pages;

    /// @param pages by path
    HttpEndpoint(Map<String, Supplier<HttpResponse>> pages) {
        this.pages = Map.copyOf(pages);
    }

    /// Reads a request and answers it.
    void serve(HttpPeer peer) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (head.size() < MAX_HEAD_BYTES) {
            byte[] next = peer.receive(MAX_HEAD_BYTES - head.size());
            head.writeBytes(next);
            String text = head.toString(ISO_8859_1);
            if (next.length == 0 || text.contains(END_OF_HEAD)) {
                peer.send(answer(text));
                return;
            }
        }
        peer.send(HttpResponse.plain(431, "Request Header Fields Too Large", "").encode(true));
    }

    /// The answer to a request's head. Never fails.
    byte[] answer(String head) {
        String line = head.lines().findFirst().orElse("");
        String[] words = line.split(" ", -1);
        if (words.length != 3 || !words[2].startsWith("HTTP/1.") || !head.contains(END_OF_HEAD)) {
            return HttpResponse.plain(400, "Bad Request", "this is no HTTP/1.1\n").encode(true);
        }
        boolean contentless = words[0].equals("HEAD");
        if (!contentless && !words[0].equals("GET")) {
            return HttpResponse.plain(405, "Method Not Allowed", "only GET\n").encode(true);
        }
        int query = words[1].indexOf('?');
        String path = query < 0 ? words[1] : words[1].substring(0, query);
        Supplier<HttpResponse> page = pages.get(path);
        HttpResponse response =
                page == null
                        ? HttpResponse.plain(
                                404,
                                "Not Found",
                                "there are " + String.join(" and ", pages.keySet()) + "\n")
                        : page.get();
        return response.encode(!contentless);
    }
}
