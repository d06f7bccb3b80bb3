package dev.weft.cni;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// What an ADD made, in the terms of the newest version. [ResultFormat] reads and writes it in any.
///
/// @param interfaces those that were made or adjusted
/// @param addresses with the index of their interface; without one when an IPAM plugin gives them
/// @param routes those of the container
/// @param dns how the container resolves names
public record Result(
        List<ResultInterface> interfaces,
        List<ResultAddress> addresses,
        List<ResultRoute> routes,
        Dns dns) {
    public Result {
        interfaces = List.copyOf(interfaces);
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /// Nothing.
    public static Result empty() {
        return new Result(List.of(), List.of(), List.of(), Dns.none());
    }

    /// This with other interfaces.
    public Result withInterfaces(List<ResultInterface> others) {
        return new Result(others, addresses, routes, dns);
    }

    /// This with one interface more, as the last.
    public Result plusInterface(ResultInterface added) {
        List<ResultInterface> all = new ArrayList<>(interfaces);
        all.add(added);
        return withInterfaces(all);
    }

    /// This with other addresses.
    public Result withAddresses(List<ResultAddress> others) {
        return new Result(interfaces, others, routes, dns);
    }

    /// This with every address changed.
    public Result mapAddresses(UnaryOperator<ResultAddress> change) {
        return withAddresses(addresses.stream().map(change).toList());
    }

    /// This with other routes.
    public Result withRoutes(List<ResultRoute> others) {
        return new Result(interfaces, addresses, others, dns);
    }

    /// This with other settings for names.
    public Result withDns(Dns other) {
        return new Result(interfaces, addresses, routes, other);
    }
}
