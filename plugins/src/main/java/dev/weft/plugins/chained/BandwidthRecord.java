package dev.weft.plugins.chained;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.cni.Identifiers;
import dev.weft.linux.link.Link;
import dev.weft.linux.tc.TrafficKind;
import java.util.Optional;

/// Where the limits of an attachment are.
///
/// @param hostDevice the host's end of the container's pair
/// @param hostIndex its index, since another device may have its name by now
/// @param block the ifb through which goes what comes from the container
/// @param wayIn the discipline that was made for the redirection; nothing when there was one
public record BandwidthRecord(
        String hostDevice, int hostIndex, Optional<String> block, Optional<TrafficKind> wayIn) {

    /// The limits that a record tells of.
    ///
    /// @throws dev.weft.cni.CniException when it is none
    public static BandwidthRecord of(Fields content) {
        return new BandwidthRecord(
                Identifiers.requireInterfaceName(content.text("hostDevice").orElse("")),
                content.integer("hostIndex").orElse(0),
                content.text("block").map(Identifiers::requireInterfaceName),
                content.text("wayIn").flatMap(TrafficKind::find));
    }

    /// What the reference plugin made.
    static BandwidthRecord ofReference(Link host, String block) {
        return new BandwidthRecord(
                host.name(), host.index(), Optional.of(block), Optional.of(TrafficKind.INGRESS));
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("hostDevice", hostDevice);
        json.addProperty("hostIndex", hostIndex);
        block.ifPresent(name -> json.addProperty("block", name));
        wayIn.ifPresent(kind -> json.addProperty("wayIn", kind.kernelName()));
        return json;
    }
}
