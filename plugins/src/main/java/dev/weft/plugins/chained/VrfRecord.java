package dev.weft.plugins.chained;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.SavedAddressing;

/// What an interface had before it was put into a VRF, for it to have there and afterwards: the
/// kernel sets it down and up then, which costs it routes and IPv6 addresses.
///
/// @param vrf name of the VRF
/// @param made whether it was made for this interface
/// @param saved what the interface had
public record VrfRecord(String vrf, boolean made, SavedAddressing saved) {
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("vrf", vrf);
        json.addProperty("made", made);
        saved.writeTo(json);
        return json;
    }

    /// The membership that a record tells of.
    ///
    /// @throws dev.weft.cni.CniException when it is none
    /// @throws dev.weft.linux.LinuxException when a name, an address or a route is none
    public static VrfRecord of(Fields fields) {
        String vrf = fields.text("vrf").orElse("");
        LinkRequest.named(vrf);
        return new VrfRecord(vrf, fields.flag("made").orElse(false), SavedAddressing.of(fields));
    }
}
