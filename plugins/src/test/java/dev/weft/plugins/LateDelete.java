package dev.weft.plugins;

import dev.weft.cni.Request;
import dev.weft.linux.namespace.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What may have happened to a container before its DEL comes, and what that DEL still says.
enum LateDelete {
    NETNS_EMPTY("netns empty") {
        @Override
        Request change(Request delete) {
            return withNetns(delete, Optional.empty());
        }
    },
    /// The kernel takes the namespace apart while DEL is at work.
    NETNS_PATH_GONE("netns path gone") {
        @Override
        void happen(Node node, NetworkNamespace container, Path netns) throws IOException {
            Files.delete(netns);
            container.close();
        }
    },
    NETNS_PATH_OF_A_DIRECTORY("netns path of a directory") {
        @Override
        Request change(Request delete) {
            return withNetns(delete, Optional.of("/run"));
        }
    },
    INTERFACE_GONE("interface gone") {
        @Override
        void happen(Node node, NetworkNamespace container, Path netns) {
            int index = node.link(container, "eth0").orElseThrow().index();
            node.links(
                    container,
                    links -> {
                        links.delete(index);
                        return index;
                    });
        }
    },
    SECOND_DEL("second DEL"),
    /// Neither what the runtime asked for, nor the result, nor the administrator's keys.
    NOTHING_REPEATED("nothing repeated") {
        @Override
        Request change(Request delete) {
            return delete.withConfiguration(PluginRow.bare(delete.configuration().json()));
        }
    };

    private final String words;

    LateDelete(String words) {
        this.words = words;
    }

    private static Request withNetns(Request request, Optional<String> netns) {
        return new Request(
                request.command(),
                request.attachment(),
                netns,
                request.sandbox(),
                request.arguments(),
                request.pluginDirectories(),
                request.environment(),
                request.configuration(),
                request.diagnostics());
    }

    /// After ADD, before DEL.
    ///
    /// @param netns where the runtime has the container's namespace
    void happen(Node node, NetworkNamespace container, Path netns) throws IOException {}

    /// What DEL says.
    Request change(Request delete) {
        return delete;
    }

    int times() {
        return this == SECOND_DEL ? 2 : 1;
    }

    /// Whether DEL leads to the container, which then is to be as before.
    boolean reachesContainer() {
        return this == INTERFACE_GONE || this == SECOND_DEL || this == NOTHING_REPEATED;
    }

    @Override
    public String toString() {
        return words;
    }
}
