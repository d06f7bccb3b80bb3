package dev.weft.plugins.filter;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.filter.FirewallOptions.Backend;
import dev.weft.plugins.filter.FirewallOptions.Policy;
import dev.weft.plugins.nat.PublishedPorts;
import java.util.List;

/// What the firewall plugin makes for an attachment, as its record keeps it.
///
/// @param device the host's, behind which the container is; empty when no policy needs it
/// @param isBridge whether other containers may be behind the same device
/// @param addresses the container's, with the length of the subnet's prefix
public record Admission(
        Backend backend,
        Policy policy,
        String adminChain,
        String zone,
        String device,
        boolean isBridge,
        List<IpPrefix> addresses) {
    public Admission {
        addresses = List.copyOf(addresses);
    }

    /// Whether anything has to be made at all: what nothing drops need not be let through.
    boolean isEmpty() {
        return backend == Backend.NFTABLES && policy == Policy.OPEN;
    }

    /// The same by another backend.
    Admission in(Backend other) {
        return new Admission(other, policy, adminChain, zone, device, isBridge, addresses);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("backend", backend.toString());
        json.addProperty("ingressPolicy", policy.toString());
        json.addProperty("iptablesAdminChainName", adminChain);
        json.addProperty("firewalldZone", zone);
        json.addProperty("device", device);
        json.addProperty("isBridge", isBridge);
        json.add(
                "addresses",
                PublishedPorts.array(addresses.stream().map(IpPrefix::toString).toList()));
        return json;
    }

    public static Admission of(Fields fields) {
        FirewallOptions options = FirewallOptions.of(fields);
        return new Admission(
                options.backend().orElse(Backend.NFTABLES),
                options.policy(),
                options.adminChain(),
                options.zone(),
                fields.text("device").orElse(""),
                fields.flag("isBridge").orElse(false),
                fields.strings("addresses").stream().map(IpPrefix::parse).toList());
    }
}
