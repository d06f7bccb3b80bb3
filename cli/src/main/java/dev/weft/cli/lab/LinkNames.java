package dev.weft.cli.lab;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.route.Route;
import dev.weft.linux.route.RouteTable;
import dev.weft.linux.route.RouteType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The names of a namespace's links by index, and routes in the words of `ip route`, which need
/// them.
record LinkNames(Map<Integer, String> names) {
    LinkNames {
        names = Map.copyOf(names);
    }

    static LinkNames of(List<Link> links) {
        return new LinkNames(links.stream().collect(Collectors.toMap(Link::index, Link::name)));
    }

    String of(int index) {
        return names.getOrDefault(index, "link " + index);
    }

    String text(Route route) {
        StringBuilder text =
                new StringBuilder(route.type().equals(RouteType.UNICAST) ? "" : route.type() + " ");
        text.append(destination(route));
        route.gateway().ifPresent(router -> text.append(" via ").append(IpPrefix.textOf(router)));
        route.outputLink().ifPresent(link -> text.append(" dev ").append(of(link)));
        text.append(route.metric() == 0 ? "" : " metric " + route.metric());
        return text.append(" table ").append(table(route.table())).toString();
    }

    private static String destination(Route route) {
        if (route.isDefault()) {
            return "default";
        }
        IpPrefix destination = route.destination();
        boolean isHost = destination.equals(IpPrefix.host(destination.address()));
        return isHost ? IpPrefix.textOf(destination.address()) : destination.toString();
    }

    private static String table(long number) {
        if (number == RouteTable.MAIN) {
            return "main";
        }
        return number == RouteTable.LOCAL ? "local" : Long.toString(number);
    }
}
