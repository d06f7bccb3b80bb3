package dev.weft.ipam;

import dev.weft.cni.CniArguments;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultFormat;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where the plugin `static` is told addresses: in its configuration, to which CNI_ARGS adds, or
/// instead of both in `args.cni.ips`, or instead of all in `runtimeConfig.ips`.
final class StaticSources {
    /// The bits of an IPv4-mapped IPv6 prefix before those of the IPv4 prefix.
    private static final int MAPPED_BITS = 96;

    private StaticSources() {}

    static List<ResultAddress> addresses(Request request, Fields ipam) {
        CniArguments arguments = CniArguments.parse(request.arguments(), Set.of("IP", "GATEWAY"));
        List<ResultAddress> argued = argued(arguments);
        List<ResultAddress> all =
                request.configuration()
                        .runtimeConfig()
                        .map(StaticSources::listed)
                        .filter(addresses -> !addresses.isEmpty())
                        .or(() ->
                                IpamKeys.arguments(request.configuration())
                                        .map(StaticSources::listed)
                                        .filter(addresses -> !addresses.isEmpty()))
                        .orElseGet(() ->
                                Stream.concat(configured(ipam).stream(), argued.stream()).toList());
        IpamKeys.requireOneOfFamily(
                all.stream().map(each -> IpFamily.of(each.address().address())).toList(),
                request.configuration().version());
        return all;
    }

    private static List<ResultAddress> configured(Fields ipam) {
        return ipam.objects("addresses").stream()
                .map(fields ->
                        ResultAddress.of(
                                prefix(
                                        fields.text("address").orElse(""),
                                        "the 'address' field is expected to be in CIDR notation"),
                                ResultFormat.address(fields, "gateway")))
                .toList();
    }

    /// A gateway of CNI_ARGS belongs to the addresses beside it whose subnet it is in. One that
    /// lies in none is ignored.
    private static List<ResultAddress> argued(CniArguments arguments) {
        List<ResultAddress> addresses = new ArrayList<>();
        for (String text : words(arguments, "IP")) {
            IpPrefix address = prefix(text, "the 'ip' field is expected to be in CIDR notation");
            addresses.add(ResultAddress.of(address, Optional.empty()));
        }
        for (String text : words(arguments, "GATEWAY")) {
            InetAddress gateway = gateway(text);
            addresses.replaceAll(address ->
                    address.address().contains(gateway) ? address.withGateway(gateway) : address);
        }
        return addresses;
    }

    private static List<String> words(CniArguments arguments, String key) {
        return arguments
                .find(key)
                .filter(text -> !text.isEmpty())
                .map(text -> Arrays.stream(text.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
    }

    private static List<ResultAddress> listed(Fields fields) {
        return fields.strings("ips").stream()
                .map(text ->
                        ResultAddress.of(
                                prefix(text, "an entry in the 'ips' field is NOT in CIDR notation"),
                                Optional.empty()))
                .toList();
    }

    private static IpPrefix prefix(String text, String complaint) {
        try {
            if (text.indexOf('/') > 0) {
                return unmapped(IpPrefix.parse(text));
            }
        } catch (InvalidRequestException malformed) {
            // The one complaint follows.
        }
        throw IpamKeys.invalid(complaint + ", got: '" + text + "'");
    }

    private static IpPrefix unmapped(IpPrefix prefix) {
        return IpNumber.isMapped(prefix.address()) && prefix.length() >= MAPPED_BITS
                ? new IpPrefix(
                        IpNumber.of(prefix.address()).address(), prefix.length() - MAPPED_BITS)
                : prefix;
    }

    private static InetAddress gateway(String text) {
        try {
            return IpNumber.of(IpPrefix.parseAddress(text)).address();
        } catch (InvalidRequestException malformed) {
            throw IpamKeys.invalid("invalid gateway address: " + text);
        }
    }
}
