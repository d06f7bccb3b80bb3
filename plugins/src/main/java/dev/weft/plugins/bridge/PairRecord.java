package dev.weft.plugins.bridge;

import com.google.gson.JsonObject;
import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.cni.Identifiers;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.plugins.nat.Masquerade;
import java.util.Optional;

/// What an attachment with a pair of veths may have left on the host.
///
/// @param hostDevice the host's end
/// @param masquerade for the container's addresses
/// @param sender the hardware address that the container may send under; absent for any
/// @param bridge the bridge that it is a port of, or empty
/// @param gatewayVlan the VLAN that the host is a router of, 0 for none
public record PairRecord(
        String hostDevice,
        Optional<Masquerade.Plan> masquerade,
        Optional<HardwareAddress> sender,
        String bridge,
        int gatewayVlan) {
    PairRecord withHostDevice(String other) {
        return new PairRecord(other, masquerade, sender, bridge, gatewayVlan);
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("hostDevice", hostDevice);
        masquerade.ifPresent(plan -> json.add("masquerade", plan.toJson()));
        sender.ifPresent(address -> json.addProperty("sender", address.toString()));
        json.addProperty("bridge", bridge);
        json.addProperty("gatewayVlan", gatewayVlan);
        return json;
    }

    /// The pair that a record tells of.
    ///
    /// @throws CniException when it is none
    /// @throws InvalidRequestException when an address is none
    public static PairRecord of(Fields fields) {
        return new PairRecord(
                Identifiers.requireInterfaceName(fields.text("hostDevice").orElse("")),
                fields.object("masquerade").map(Masquerade.Plan::of),
                fields.text("sender").map(HardwareAddress::parse),
                fields.text("bridge").orElse(""),
                fields.integer("gatewayVlan").orElse(0));
    }
}
