package dev.weft.ipam.dhcp.live;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.Configuration;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.cni.PluginDirectories;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultFormat;
import dev.weft.linux.KernelException;
import dev.weft.linux.unix.UnixConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a plugin's process and the daemon say to each other: one question and one answer in a
/// connection, each a JSON object with its length in bytes before it, 32 bits, the highest first.
///
/// ```json
/// {"weftDhcp": 1, "command": "ADD", "containerId": "c", "ifName": "eth0", "netns": "/run/netns/c",
///  "args": "", "configuration": {…}}
/// {"result": {…}}          or {"error": {"code": 11, "msg": "…"}}, or {} for the other commands
/// ```
final class DaemonMessage {
    private static final int FORMAT = 1;
    private static final int HEAD_BYTES = 4;

    /// As the runtime may send on standard input, and more.
    private static final int MOST_BYTES = 4 << 20;

    private static final Duration TRANSFER_LIMIT = Duration.ofSeconds(5);

    private DaemonMessage() {}

    static JsonObject question(Request request) {
        JsonObject json = new JsonObject();
        json.addProperty("weftDhcp", FORMAT);
        json.addProperty("command", request.command().name());
        json.addProperty("containerId", request.containerId());
        json.addProperty("ifName", request.interfaceName());
        request.netns().ifPresent(path -> json.addProperty("netns", path));
        json.addProperty("args", request.arguments());
        json.add("configuration", request.configuration().json());
        return json;
    }

    /// @throws CniException when it is no question of this format
    static Request request(JsonObject question) {
        Fields fields = Fields.of(question);
        String name = fields.text("command").orElse("");
        Command command =
                Arrays.stream(Command.values())
                        .filter(known -> known.name().equals(name))
                        .findFirst()
                        .filter(_ -> fields.integer("weftDhcp").orElse(0) == FORMAT)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.DECODING_FAILURE,
                                        "the DHCP daemon is of another version of Weft"));
        return new Request(
                command,
                new AttachmentId(
                        fields.text("containerId").orElse(""), fields.text("ifName").orElse("")),
                fields.text("netns"),
                Optional.empty(),
                fields.text("args").orElse(""),
                new PluginDirectories(List.of()),
                Map.of(),
                Configuration.of(
                        fields.object("configuration")
                                .map(Fields::json)
                                .orElseGet(JsonObject::new)),
                new Diagnostics());
    }

    static JsonObject answer(Result result) {
        JsonObject json = new JsonObject();
        json.add("result", ResultFormat.encode(result, CniVersion.V1_1_0));
        return json;
    }

    static JsonObject answer(CniException failure) {
        JsonObject json = new JsonObject();
        json.add("error", failure.toJson());
        return json;
    }

    /// @throws CniException when it is an error, or no answer
    static Result result(JsonObject answer) {
        Fields fields = Fields.of(answer);
        fields.object("error")
                .ifPresent(error -> {
                    throw new CniException(
                            error.integer("code").orElse(ErrorCode.INTERNAL.number()),
                            error.text("msg").orElse(""),
                            error.text("details").orElse(""));
                });
        return fields.object("result")
                .map(result -> ResultFormat.decode(result.json()))
                .orElseGet(Result::empty);
    }

    static void send(UnixConnection connection, JsonObject message) {
        byte[] text = JsonText.compact(message).getBytes(StandardCharsets.UTF_8);
        byte[] all =
                ByteBuffer.allocate(HEAD_BYTES + text.length).putInt(text.length).put(text).array();
        connection.send(all, TRANSFER_LIMIT);
    }

    /// @param limit until it begins
    /// @throws CniException when it is no JSON object, or too long
    /// @throws KernelException when it does not come in time, or the peer is gone
    static JsonObject receive(UnixConnection connection, Duration limit) {
        int length = ByteBuffer.wrap(connection.receive(HEAD_BYTES, limit)).getInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new CniException(ErrorCode.DECODING_FAILURE, "a message of " + length + " bytes");
        }
        byte[] text = connection.receive(length, TRANSFER_LIMIT);
        return JsonText.parseObject(
                new String(text, StandardCharsets.UTF_8), "message of the DHCP daemon");
    }
}
