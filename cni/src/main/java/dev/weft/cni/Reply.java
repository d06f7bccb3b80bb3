package dev.weft.cni;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;

/// What a plugin's process leaves: exit code and output.
///
/// @param exitCode 0 when it succeeded; above 128 the signal that killed it
/// @param output what it wrote to standard output
/// @param errors what it wrote to standard error
public record Reply(int exitCode, String output, String errors) {
    private static final int SIGNALLED = 128;

    /// This, if it is no failure.
    ///
    /// @throws CniException with what the plugin said; its code is [ErrorCode#UNKNOWN] if it did
    ///   not say it as the specification wants
    public Reply requireSuccess() {
        if (exitCode != 0) {
            throw failure();
        }
        return this;
    }

    /// The result of an ADD; `null` is an empty one.
    ///
    /// @param expected the configuration's version, which a result has that does not say its own
    /// @throws CniException when the output is no result
    public Result result(CniVersion expected) {
        return ResultFormat.decode(resultJson(expected));
    }

    /// The result of an ADD as it came, with its version.
    ///
    /// @throws CniException when the output is no JSON object
    public JsonObject resultJson(CniVersion expected) {
        JsonObject json =
                output.strip().equals("null")
                        ? new JsonObject()
                        : JsonText.parseObject(output, "result");
        if (Fields.of(json).text("cniVersion").orElse("").isEmpty()) {
            json.addProperty("cniVersion", expected.toString());
        }
        return json;
    }

    /// The versions that a plugin of any age supports, from its answer to VERSION. Those that are
    /// not known here are left out.
    ///
    /// @throws CniException when it answers something else
    public List<CniVersion> versions() {
        if (exitCode != 0) {
            CniException failure = failure();
            if (failure.text().equals("unknown CNI_COMMAND: VERSION")) {
                return List.of(CniVersion.V0_1_0);
            }
            throw failure;
        }
        Fields answer = Fields.of(JsonText.parseObject(output, "version info"));
        String written = answer.text("cniVersion").orElseThrow(() -> missing("cniVersion"));
        if (answer.has("supportedVersions")) {
            return answer.strings("supportedVersions").stream()
                    .flatMap(version -> CniVersion.find(version).stream())
                    .toList();
        }
        if (written.equals(CniVersion.V0_2_0.toString())) {
            return List.of(CniVersion.V0_1_0, CniVersion.V0_2_0);
        }
        throw missing("supportedVersions");
    }

    private static CniException missing(String field) {
        return new CniException(
                ErrorCode.DECODING_FAILURE, "decoding version info: missing field " + field);
    }

    private CniException failure() {
        if (output.isEmpty()) {
            return unclear(
                    errors.isEmpty()
                            ? "netplugin failed with no error message: " + ending()
                            : "netplugin failed: " + quoted(errors) + ": " + ending());
        }
        try {
            Fields error = Fields.of(JsonText.parseObject(output, "error"));
            return new CniException(
                    error.integer("code").orElse(0),
                    error.text("msg").orElse(""),
                    error.text("details").orElse(""));
        } catch (CniException malformed) {
            return unclear(
                    "netplugin failed but error parsing its diagnostic message "
                            + quoted(output)
                            + ": "
                            + malformed.message());
        }
    }

    private static CniException unclear(String text) {
        return new CniException(ErrorCode.UNKNOWN, text);
    }

    private String ending() {
        return exitCode > SIGNALLED
                ? "exit status " + exitCode + " (signal " + (exitCode - SIGNALLED) + ")"
                : "exit status " + exitCode;
    }

    private static String quoted(String text) {
        JsonElement value = new JsonPrimitive(text);
        return JsonText.compact(value);
    }
}
