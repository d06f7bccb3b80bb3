package dev.weft.plugins.site;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.route.RuleRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The table by which what has one source address is routed.
///
/// @param address of the interface, with the prefix length of its subnet
/// @param number of the table
/// @param own whether it was made for this address; otherwise somebody else fills it
/// @param gateway of its default route; nothing when there is none
/// @param newDefault whether the main table had no such default route
/// @param sourceHint whether the subnet's route stays in the main table
public record SourceTable(
        IpPrefix address,
        long number,
        boolean own,
        Optional<InetAddress> gateway,
        boolean newDefault,
        boolean sourceHint) {

    public IpFamily family() {
        return IpFamily.of(address.address());
    }

    /// The prefix of the address alone.
    IpPrefix source() {
        return IpPrefix.host(address.address());
    }

    /// The rule that leads into the table.
    public RuleRequest rule() {
        return RuleRequest.table(family(), number).from(source());
    }

    /// Whether an address is of the subnet.
    public boolean contains(InetAddress other) {
        return address.contains(other);
    }

    public static JsonArray toJson(List<SourceTable> tables) {
        JsonArray array = new JsonArray();
        tables.forEach(table -> array.add(table.toJson()));
        return array;
    }

    private JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("address", address.toString());
        json.addProperty("table", number);
        json.addProperty("own", own);
        gateway.ifPresent(router -> json.addProperty("gateway", IpPrefix.textOf(router)));
        json.addProperty("newDefault", newDefault);
        json.addProperty("sourceHint", sourceHint);
        return json;
    }

    /// Those of a record.
    ///
    /// @throws dev.weft.cni.CniException when it has none
    /// @throws dev.weft.linux.InvalidRequestException when an address is none
    public static List<SourceTable> listOf(Fields record) {
        return record.objects("tables").stream().map(SourceTable::of).toList();
    }

    private static SourceTable of(Fields fields) {
        return new SourceTable(
                IpPrefix.parse(fields.text("address").orElse("")),
                fields.number("table").orElse(0L),
                fields.flag("own").orElse(false),
                fields.text("gateway").map(IpPrefix::parseAddress),
                fields.flag("newDefault").orElse(false),
                fields.flag("sourceHint").orElse(false));
    }
}
