package dev.weft.plugins.stacked;

import static dev.weft.plugins.link.InterfaceCheck.require;
import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.VlanAttributes;
import dev.weft.plugins.link.Ipam;

/// The keys of the vlan plugin.
///
/// @param keys what its like have as well
/// @param id the VLAN's number, 0 to 4,094
public record VlanConfiguration(StackedKeys keys, int id) implements StackedConfiguration {
    private static final int LAST_ID = 4094;

    public static VlanConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        VlanConfiguration read =
                new VlanConfiguration(StackedKeys.of(fields), fields.integer("vlanId").orElse(0));
        if (read.keys.master().isEmpty()) {
            throw invalid(
                    "\"master\" field is required. It specifies the host interface name to create"
                            + " the VLAN for");
        }
        if (read.id < 0 || read.id > LAST_ID) {
            throw invalid("invalid VLAN ID " + read.id + " (must be between 0 and 4094 inclusive)");
        }
        if (!Ipam.isNamed(request)) {
            throw withoutIpam(LinkKind.VLAN);
        }
        return read;
    }

    static CniException withoutIpam(LinkKind kind) {
        return new CniException(
                ErrorCode.INVALID_CONFIGURATION,
                "failed to execute IPAM delegate: no plugin name provided",
                kind.kernelName()
                        + " needs addresses: name the plugin that gives them in ipam.type");
    }

    @Override
    public LinkRequest asked(String name) {
        return LinkRequest.of(LinkKind.VLAN, name, data -> data.put(VlanAttributes.ID, id));
    }

    @Override
    public void requireSame(Link inside) {
        int found = inside.data(VlanAttributes.ID).orElseThrow();
        require(
                found == id,
                "Container VLAN ID " + found + " does not match the configured one, " + id);
    }
}
