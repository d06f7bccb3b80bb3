package dev.weft.agent;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import java.util.List;
import java.util.Set;

/// A plugin that tells what it is asked.
record ObservedPlugin(Plugin plugin, Operation operation, Pools pools) implements Plugin {
    @Override
    public String type() {
        return plugin.type();
    }

    @Override
    public List<CniVersion> versions() {
        return plugin.versions();
    }

    @Override
    public Result add(Request request) {
        pools.note(request);
        return plugin.add(noted(request));
    }

    @Override
    public void delete(Request request) {
        plugin.delete(noted(request));
    }

    @Override
    public void check(Request request) {
        plugin.check(noted(request));
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        plugin.collect(noted(request), valid);
    }

    @Override
    public void status(Request request) {
        plugin.status(noted(request));
    }

    private Request noted(Request request) {
        operation.concerns(request.network());
        return request;
    }
}
