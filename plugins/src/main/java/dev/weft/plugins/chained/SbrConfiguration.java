package dev.weft.plugins.chained;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Fields;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys of the sbr plugin.
///
/// @param table a table that somebody else fills; only rules are made then
/// @param gateways instead of those of the result
/// @param sourceHints whether the subnets' routes stay in the main table, with the address as the
///   senders' source
public record SbrConfiguration(
        Optional<Long> table, Map<IpFamily, InetAddress> gateways, boolean sourceHints) {
    private static final long MAX_TABLE = 0xffff_ffffL;

    public SbrConfiguration {
        gateways = Map.copyOf(gateways);
    }

    public static SbrConfiguration of(Fields fields) {
        Optional<Long> table = fields.number("table");
        if (table.isPresent() && (table.get() < 1 || table.get() > MAX_TABLE)) {
            throw fields.wrong("table", "a number between 1 and " + MAX_TABLE);
        }
        return new SbrConfiguration(
                table,
                gateways(fields.strings("gateways")),
                fields.flag("addSourceHints").orElse(false));
    }

    private static Map<IpFamily, InetAddress> gateways(List<String> texts) {
        if (texts.size() > 2) {
            throw invalid(
                    "gateways list cannot contain more than 2 entries (one for each family), not "
                            + texts.size());
        }
        Map<IpFamily, InetAddress> all = new EnumMap<>(IpFamily.class);
        for (String text : texts) {
            InetAddress gateway = gateway(text);
            InetAddress earlier = all.put(IpFamily.of(gateway), gateway);
            if (earlier != null) {
                throw invalid(
                        "gateways list contains multiple "
                                + (IpFamily.of(gateway) == IpFamily.IPV4 ? "IPv4" : "IPv6")
                                + " addresses: "
                                + IpPrefix.textOf(earlier)
                                + " and "
                                + IpPrefix.textOf(gateway));
            }
        }
        return all;
    }

    /// The gateway of an address's default route.
    Optional<InetAddress> gateway(ResultAddress address) {
        return Optional.ofNullable(gateways.get(IpFamily.of(address.address().address())))
                .or(address::gateway);
    }

    private static InetAddress gateway(String text) {
        try {
            return IpPrefix.parseAddress(text);
        } catch (InvalidRequestException malformed) {
            throw invalid("invalid static gateway IP address: " + text);
        }
    }
}
