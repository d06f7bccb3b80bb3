package dev.weft.cni;

import dev.weft.linux.namespace.NetworkNamespace;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A plugin that is a program, called by another plugin: with the same environment but the command,
/// and the same input. What it writes to standard error goes to the request's [Diagnostics].
///
/// @param file the program
/// @param limit after this time it is killed
/// @param where the network namespace that it runs in
public record ExecutedPlugin(PluginFile file, Duration limit, NetworkNamespace where)
        implements Plugin {
    @Override
    public String type() {
        return file.type();
    }

    @Override
    public List<CniVersion> versions() {
        return file.versions(System.getenv(), limit, where);
    }

    @Override
    public Result add(Request request) {
        return execute(request, Command.ADD).result(request.configuration().version());
    }

    @Override
    public void delete(Request request) {
        execute(request, Command.DEL);
    }

    @Override
    public void check(Request request) {
        execute(request, Command.CHECK);
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        execute(request, Command.GC);
    }

    @Override
    public void status(Request request) {
        execute(request, Command.STATUS);
    }

    private Reply execute(Request request, Command command) {
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.put("CNI_COMMAND", command.name());
        Reply reply =
                file.execute(
                        environment,
                        JsonText.compact(request.configuration().json()),
                        limit,
                        where);
        request.diagnostics().add(reply.errors());
        return reply.requireSuccess();
    }
}
