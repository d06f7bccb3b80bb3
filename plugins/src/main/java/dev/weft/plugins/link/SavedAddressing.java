package dev.weft.plugins.link;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.route.Addresses;
import dev.weft.linux.route.RouteFilter;
import dev.weft.linux.route.Routes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// What a link has to get back when it went down or away: the kernel forgets it then.
///
/// @param addresses that somebody gave it
/// @param routes that somebody made, in the order in which they can be made
public record SavedAddressing(List<SavedAddress> addresses, List<SavedRoute> routes) {
    public static final SavedAddressing NONE = new SavedAddressing(List.of(), List.of());

    public SavedAddressing {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /// What a link has at present.
    public static SavedAddressing of(NetlinkSocket socket, int index) {
        return new SavedAddressing(
                new Addresses(socket)
                        .list(index).stream()
                                .filter(SavedAddress::isGiven)
                                .map(SavedAddress::new)
                                .toList(),
                new Routes(socket)
                        .list(RouteFilter.all().outputLink(index)).stream()
                                .filter(SavedRoute::isGiven)
                                .map(SavedRoute::new)
                                .sorted(Comparator.comparingInt(SavedRoute::order))
                                .toList());
    }

    /// What gives it back.
    ///
    /// @param passedSeconds since it was saved
    /// @param table in which a route of a table is to be
    public List<NetlinkRequest> toRestore(int index, long passedSeconds, LongUnaryOperator table) {
        List<NetlinkRequest> requests = new ArrayList<>();
        addresses.forEach(
                address -> address.toRestore(index, passedSeconds).ifPresent(requests::add));
        routes.forEach(route -> requests.add(route.toRestore(index, table)));
        return requests;
    }

    /// Adds it to a record's content.
    public void writeTo(JsonObject content) {
        JsonArray given = new JsonArray();
        addresses.forEach(address -> given.add(address.toJson()));
        content.add("addresses", given);
        JsonArray made = new JsonArray();
        routes.forEach(route -> made.add(route.toJson()));
        content.add("routes", made);
    }

    /// That of a record.
    ///
    /// @throws dev.weft.cni.CniException when it has none
    /// @throws dev.weft.linux.LinuxException when an address or a route is none
    public static SavedAddressing of(Fields content) {
        return new SavedAddressing(
                content.objects("addresses").stream().map(SavedAddress::of).toList(),
                content.objects("routes").stream().map(SavedRoute::of).toList());
    }
}
