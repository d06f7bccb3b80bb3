package dev.weft.plugins;

import dev.weft.cni.Command;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.plugins.PluginRow.Place;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a runtime does for one container with the plugin of a row, and with the one before it.
final class RowAttachment {
    private final Node node;
    private final PluginRow row;
    private final Optional<Request> base;
    private final Request add;
    private Optional<Result> last = Optional.empty();

    /// Everything but the ADD of the row's plugin.
    ///
    /// @param netns of the container, as the runtime tells it
    /// @param number the container's: two digits
    RowAttachment(Node node, PluginRow row, String netns, String number) {
        this.node = node;
        this.row = row;
        Request own = request(row, netns, number);
        if (row.place() == Place.CHAINED) {
            Request before = request(PluginRow.BASE, netns, number);
            this.base = Optional.of(before);
            this.add = node.with(own, Command.ADD, node.bridge().add(before));
        } else {
            this.base = Optional.empty();
            this.add = own;
        }
    }

    RowAttachment(Node node, PluginRow row, NetworkNamespace container, String number) {
        this(node, row, container.path().toString(), number);
    }

    private Request request(PluginRow of, String netns, String number) {
        return node.request(
                Command.ADD, of.json(node, number), "c" + number, Optional.of(netns), "");
    }

    /// The plugin, as it is since the node's last restart.
    Plugin plugin() {
        return row.plugin().apply(node);
    }

    Result add() {
        Result result = plugin().add(add);
        last = Optional.of(result);
        return result;
    }

    void delete() {
        delete(request -> request);
    }

    /// @param change what the runtime has forgotten since the ADD
    void delete(UnaryOperator<Request> change) {
        plugin().delete(change.apply(withResult(add)));
    }

    /// As runtimes do: DEL gets what the last ADD of the list answered.
    private Request withResult(Request request) {
        return last.map(result -> node.with(request, Command.DEL, result))
                .orElseGet(() -> request.withCommand(Command.DEL));
    }

    /// The end of what was there before the row's plugin came.
    void end(UnaryOperator<Request> change) {
        base.ifPresent(before -> node.bridge().delete(change.apply(withResult(before))));
    }
}
