package dev.weft.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/// An answer of HTTP/1.1 (RFC 9112) after which the connection is closed.
///
/// @param status 200, 404 and so on
/// @param reason the words after it
/// @param contentType of the text
/// @param text the content
record HttpResponse(int status, String reason, String contentType, String text) {
    private static final String PLAIN = "text/plain; charset=utf-8";

    static HttpResponse plain(int status, String reason, String text) {
        return new HttpResponse(status, reason, PLAIN, text);
    }

    static HttpResponse json(int status, String reason, String text) {
        return new HttpResponse(status, reason, "application/json", text);
    }

    /// The whole message.
    ///
    /// @param withContent false for the answer to HEAD
    byte[] encode(boolean withContent) {
        byte[] content = text.getBytes(UTF_8);
        String head =
                "HTTP/1.1 "
                        + status
                        + ' '
                        + reason
                        + "\r\nContent-Type: "
                        + contentType
                        + "\r\nContent-Length: "
                        + content.length
                        + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
        byte[] start = head.getBytes(ISO_8859_1);
        byte[] all = new byte[start.length + (withContent ? content.length : 0)];
        System.arraycopy(start, 0, all, 0, start.length);
        if (withContent) {
            System.arraycopy(content, 0, all, start.length, content.length);
        }
        return all;
    }
}
