package dev.weft.ipam.dhcp;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootId;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.MacAddress;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A DHCPv6 lease as a file keeps it, like [SavedLease].
///
/// @param network the network's name
/// @param attachment the interface
/// @param namespace the path of the container's network namespace
/// @param bootId in which boot the lease was granted; in another one the container is gone
/// @param hardware the interface's link address
/// @param lease what the server granted
/// @param grantedMillis when, by CLOCK_BOOTTIME
public record SavedDhcpv6Lease(
        String network,
        AttachmentId attachment,
        String namespace,
        BootId bootId,
        MacAddress hardware,
        Dhcpv6Lease lease,
        long grantedMillis) {
    private static final int FORMAT = 1;
    private static final HexFormat HEX = HexFormat.of();

    /// The file's content.
    public byte[] encode() {
        JsonObject json = new JsonObject();
        json.addProperty("weftDhcpv6Lease", FORMAT);
        json.addProperty("network", network);
        json.addProperty("containerId", attachment.containerId());
        json.addProperty("ifName", attachment.interfaceName());
        json.addProperty("netns", namespace);
        json.addProperty("bootId", bootId.toString());
        json.addProperty("hardware", hardware.toString());
        json.addProperty("association", lease.association());
        json.addProperty("grantedMillis", grantedMillis);
        json.addProperty("reply", HEX.formatHex(Packet.encode(lease.reply())));
        return JsonText.compact(json).getBytes(StandardCharsets.UTF_8);
    }

    /// Reads a file's content.
    ///
    /// @throws CniException when it is no saved lease
    public static SavedDhcpv6Lease decode(byte[] content) {
        if (content.length > SavedLease.MAX_BYTES) {
            throw malformed("more than " + SavedLease.MAX_BYTES + " bytes");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        Fields fields = Fields.of(JsonText.parseObject(text, "saved lease"));
        if (fields.integer("weftDhcpv6Lease").orElse(0) != FORMAT) {
            throw malformed("not of format " + FORMAT);
        }
        try {
            return of(fields);
        } catch (IllegalArgumentException | MalformedPacketException | LinuxException wrong) {
            throw malformed(String.valueOf(wrong.getMessage()));
        }
    }

    private static SavedDhcpv6Lease of(Fields fields) {
        Slice reply = Slice.of(HEX.parseHex(text(fields, "reply")));
        return new SavedDhcpv6Lease(
                text(fields, "network"),
                new AttachmentId(text(fields, "containerId"), text(fields, "ifName")),
                text(fields, "netns"),
                BootId.parse(text(fields, "bootId")),
                MacAddress.parse(text(fields, "hardware")),
                new Dhcpv6Lease(Dhcpv6.decode(reply).value(), number(fields, "association")),
                number(fields, "grantedMillis"));
    }

    private static String text(Fields fields, String key) {
        return fields.text(key).orElseThrow(() -> malformed("without " + key));
    }

    private static long number(Fields fields, String key) {
        return fields.number(key).orElseThrow(() -> malformed("without " + key));
    }

    private static CniException malformed(String why) {
        return new CniException(ErrorCode.DECODING_FAILURE, "not a saved DHCPv6 lease: " + why);
    }
}
