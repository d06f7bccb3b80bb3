package dev.weft.agent;

import dev.weft.cni.CniException;
import dev.weft.cni.Request;
import dev.weft.ipam.HostLocal;
import dev.weft.ipam.PoolLevel;
import dev.weft.linux.LinuxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The pools that addresses were asked from since the agent started: what a reader of metrics wants
/// to see running out. Their ranges are in the configurations of runtimes, not in the agent's.
final class Pools {
    /// More networks than a machine has.
    private static final int MOST_NETWORKS = 64;

    private final HostLocal hostLocal;
    private final Map<String, Request> requests =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Request> eldest) {
                    return size() > MOST_NETWORKS;
                }
            };

    Pools(HostLocal hostLocal) {
        this.hostLocal = hostLocal;
    }

    /// A container is added.
    void note(Request request) {
        if (request.configuration().ipamType().equals(hostLocal.type())) {
            synchronized (requests) {
                requests.put(request.network(), request);
            }
        }
    }

    /// How full the pools of each network are. Those that cannot be read are left out.
    Map<String, List<PoolLevel>> levels() {
        Map<String, Request> all;
        synchronized (requests) {
            all = new LinkedHashMap<>(requests);
        }
        Map<String, List<PoolLevel>> levels = new LinkedHashMap<>();
        all.forEach((network, request) -> {
            try {
                levels.put(network, hostLocal.levels(request));
            } catch (CniException | LinuxException unreadable) {
                levels.remove(network);
            }
        });
        return levels;
    }
}
