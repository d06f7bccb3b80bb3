package dev.weft.plugins.nat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.cni.Identifiers;
import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import java.util.List;
import java.util.Optional;

/// What portmap makes for an attachment, as its record keeps it.
///
/// @param addresses the container's, one of a family at most
/// @param device of the host, behind which the container is; absent when there is no way to it
/// @param routedLocalBefore whether the device let packets of loopback addresses through before
public record PublishedPorts(
        PortmapOptions options,
        List<PortMapping> mappings,
        List<IpPrefix> addresses,
        Optional<String> device,
        boolean routedLocalBefore) {
    public PublishedPorts {
        mappings = List.copyOf(mappings);
        addresses = List.copyOf(addresses);
    }

    Optional<IpPrefix> address(IpFamily family) {
        return addresses.stream()
                .filter(address -> IpFamily.of(address.address()) == family)
                .findFirst();
    }

    /// Whether connections from the host itself come from a loopback address and need to be let
    /// through.
    boolean needsLocalRouting() {
        return options.hairpin() && device.isPresent() && address(IpFamily.IPV4).isPresent();
    }

    boolean hasUdp() {
        return mappings.stream()
                .anyMatch(mapping -> mapping.protocol().equals(TransportProtocol.UDP));
    }

    public JsonObject toJson() {
        JsonObject json = options.toJson();
        json.add("ports", array(mappings.stream().map(PortMapping::toText).toList()));
        json.add("addresses", array(addresses.stream().map(IpPrefix::toString).toList()));
        device.ifPresent(name -> json.addProperty("device", name));
        json.addProperty("routedLocalBefore", routedLocalBefore);
        return json;
    }

    public static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    public static PublishedPorts of(Fields fields) {
        return new PublishedPorts(
                PortmapOptions.of(fields),
                fields.strings("ports").stream().map(PortMapping::parse).toList(),
                fields.strings("addresses").stream().map(IpPrefix::parse).toList(),
                fields.text("device").map(Identifiers::requireInterfaceName),
                fields.flag("routedLocalBefore").orElse(true));
    }
}
