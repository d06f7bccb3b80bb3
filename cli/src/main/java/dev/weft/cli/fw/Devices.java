package dev.weft.cli.fw;

import dev.weft.firewall.value.Surroundings;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.Links;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The names of a namespace's devices, which rules have by their index.
final class Devices {
    private Devices() {}

    static Map<Integer, String> names(NetworkNamespace namespace) {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE, namespace)) {
            return new Links(socket)
                    .list().stream().collect(Collectors.toMap(Link::index, Link::name));
        }
    }

    /// What rules of a namespace look like on this machine.
    static Surroundings around(NetworkNamespace namespace) {
        Map<Integer, String> names = names(namespace);
        return Surroundings.ofMachine(index -> Optional.ofNullable(names.get(index)));
    }
}
