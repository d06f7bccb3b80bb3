package dev.weft.plugins.chained;

import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.CniException;
import dev.weft.cni.Fields;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.Links;
import dev.weft.linux.link.VrfAttributes;
import java.util.Optional;

/// The keys of the vrf plugin.
///
/// @param name of the VRF
/// @param table by which it routes; absent for a free one
public record VrfConfiguration(String name, Optional<Long> table) {
    private static final long LAST_TABLE = 0xffff_ffffL;

    public static VrfConfiguration of(Fields fields) {
        String name =
                name(fields)
                        .orElseThrow(() ->
                                invalid("configuration is expected to have a valid vrf name"));
        Optional<Long> table = fields.number("table").filter(number -> number != 0);
        if (table.filter(number -> number < 0 || number > LAST_TABLE).isPresent()) {
            throw fields.wrong("table", "the number of a routing table");
        }
        return new VrfConfiguration(name, table);
    }

    /// The name of the VRF, if there can be one.
    static Optional<String> name(Fields fields) {
        return fields.text("vrfname").filter(VrfConfiguration::isName);
    }

    private static boolean isName(String text) {
        try {
            return !LinkRequest.named(text).toString().isEmpty();
        } catch (InvalidRequestException malformed) {
            return false;
        }
    }

    /// The VRF, if it is there.
    ///
    /// @throws CniException when something else has its name, or it has another table
    Optional<Link> find(Links links) {
        Optional<Link> found = links.find(name);
        found.ifPresent(link -> {
            if (!link.kind().equals(Optional.of(LinkKind.VRF))) {
                throw invalid("Netlink " + name + " is not a VRF");
            }
            long present = tableOf(link);
            if (table.filter(number -> number != present).isPresent()) {
                throw invalid(
                        "VRF " + name + " already exist with different routing table " + present);
            }
        });
        return found;
    }

    static long tableOf(Link vrf) {
        return vrf.data(VrfAttributes.TABLE_ID).orElse(0L);
    }
}
