package dev.weft.cli.lab;

import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.Optional;

/// Which way a packet would go: what `ip route get` asks.
///
/// @param source the packet's, if it has one yet
/// @param arrival the link by which it came, for one that is forwarded
record RouteQuestion(
        InetAddress destination, Optional<InetAddress> source, Optional<String> arrival) {

    static RouteQuestion to(String destination) {
        return new RouteQuestion(
                IpPrefix.parseAddress(destination), Optional.empty(), Optional.empty());
    }

    RouteQuestion from(String address) {
        return new RouteQuestion(destination, Optional.of(IpPrefix.parseAddress(address)), arrival);
    }

    RouteQuestion by(String link) {
        return new RouteQuestion(destination, source, Optional.of(link));
    }
}
