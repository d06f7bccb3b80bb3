package dev.weft.cni.runtime;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an operation on one interface of one container is given.
///
/// @param id which interface of which container
/// @param netns the path of the container's namespace; a DEL works without
/// @param arguments CNI_ARGS, in order
/// @param capabilities a value for each capability that the caller wants: `portMappings`
public record Attachment(
        AttachmentId id,
        Optional<String> netns,
        List<Argument> arguments,
        JsonObject capabilities) {
    public Attachment {
        arguments = List.copyOf(arguments);
    }

    /// A pair of CNI_ARGS.
    ///
    /// @param key without `=` and `;`
    /// @param value without `=` and `;`
    public record Argument(String key, String value) {}

    /// Without arguments and capabilities.
    public static Attachment of(AttachmentId id, Optional<String> netns) {
        return new Attachment(id, netns, List.of(), new JsonObject());
    }

    /// The arguments as plugins get them.
    String argumentText() {
        return arguments.stream()
                .map(argument -> argument.key() + "=" + argument.value())
                .collect(Collectors.joining(";"));
    }
}
