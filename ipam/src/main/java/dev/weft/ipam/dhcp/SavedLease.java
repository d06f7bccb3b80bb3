package dev.weft.ipam.dhcp;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.cni.JsonText;
import dev.weft.linux.LinuxException;
import dev.weft.linux.file.BootId;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MacAddress;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// A lease and its client as a file keeps them over a restart of the agent: JSON, in which the
/// server's acknowledgement stands as it came, so that it is read again by the one decoder.
///
/// @param network the network's name
/// @param attachment the interface
/// @param namespace the path of the container's network namespace
/// @param bootId in which boot the lease was granted; in another one the container is gone
/// @param settings the client's
/// @param priority the metric of the routes
/// @param lease what the server granted
/// @param grantedMillis when, by CLOCK_BOOTTIME: the time of day may change meanwhile
public record SavedLease(
        String network,
        AttachmentId attachment,
        String namespace,
        BootId bootId,
        Dhcpv4Settings settings,
        OptionalInt priority,
        Dhcpv4Lease lease,
        long grantedMillis) {
    /// Beyond what can be in one: names of 128 KiB and a message of 64 KiB, in hexadecimal digits.
    public static final int MAX_BYTES = 1 << 20;

    private static final int FORMAT = 1;
    private static final HexFormat HEX = HexFormat.of();

    /// The file's content.
    public byte[] encode() {
        JsonObject json = new JsonObject();
        json.addProperty("weftLease", FORMAT);
        json.addProperty("network", network);
        json.addProperty("containerId", attachment.containerId());
        json.addProperty("ifName", attachment.interfaceName());
        json.addProperty("netns", namespace);
        json.addProperty("bootId", bootId.toString());
        json.addProperty("hardware", settings.hardware().toString());
        json.add("sent", sent());
        json.add("requested", numbers(settings.requested()));
        json.addProperty("hearsOnlyBroadcasts", settings.hearsOnlyBroadcasts());
        Retransmission waits = settings.retransmission();
        json.add(
                "retransmission",
                numbers(List.of(waits.firstMillis(), waits.mostMillis(), waits.fuzzMillis())));
        priority.ifPresent(metric -> json.addProperty("priority", metric));
        json.addProperty("grantedMillis", grantedMillis);
        json.addProperty("acknowledgement", HEX.formatHex(Packet.encode(lease.acknowledgement())));
        return JsonText.compact(json).getBytes(StandardCharsets.UTF_8);
    }

    private JsonArray sent() {
        JsonArray sent = new JsonArray();
        for (Dhcpv4Option option : settings.sent().all()) {
            JsonObject each = new JsonObject();
            each.addProperty("code", option.code());
            each.addProperty("data", option.data().toString());
            sent.add(each);
        }
        return sent;
    }

    private static JsonArray numbers(List<? extends Number> numbers) {
        JsonArray array = new JsonArray();
        numbers.forEach(array::add);
        return array;
    }

    /// Reads a file's content.
    ///
    /// @throws CniException when it is no saved lease
    public static SavedLease decode(byte[] content) {
        if (content.length > MAX_BYTES) {
            throw malformed("more than " + MAX_BYTES + " bytes");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        Fields fields = Fields.of(JsonText.parseObject(text, "saved lease"));
        if (fields.integer("weftLease").orElse(0) != FORMAT) {
            throw malformed("not of format " + FORMAT);
        }
        try {
            return of(fields);
        } catch (IllegalArgumentException | MalformedPacketException | LinuxException wrong) {
            throw malformed(String.valueOf(wrong.getMessage()));
        }
    }

    private static SavedLease of(Fields fields) {
        byte[] acknowledgement = HEX.parseHex(text(fields, "acknowledgement"));
        Optional<Integer> priority = fields.integer("priority");
        return new SavedLease(
                text(fields, "network"),
                new AttachmentId(text(fields, "containerId"), text(fields, "ifName")),
                text(fields, "netns"),
                BootId.parse(text(fields, "bootId")),
                settings(fields),
                priority.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                new Dhcpv4Lease(Dhcpv4.decode(Slice.of(acknowledgement)).value()),
                fields.number("grantedMillis").orElseThrow(missing("grantedMillis")));
    }

    private static Dhcpv4Settings settings(Fields fields) {
        List<Long> waits = longs(fields, "retransmission");
        if (waits.size() != 3) {
            throw fields.wrong("retransmission", "three numbers");
        }
        return new Dhcpv4Settings(
                MacAddress.parse(text(fields, "hardware")),
                new Dhcpv4Options(fields.objects("sent").stream().map(SavedLease::option).toList()),
                longs(fields, "requested").stream()
                        .map(code -> code == code.intValue() ? code.intValue() : -1)
                        .toList(),
                fields.flag("hearsOnlyBroadcasts").orElse(false),
                new Retransmission(waits.get(0), waits.get(1), waits.get(2)));
    }

    private static Dhcpv4Option option(Fields fields) {
        return new Dhcpv4Option(
                fields.integer("code").orElseThrow(missing("code")),
                Slice.of(HEX.parseHex(text(fields, "data"))));
    }

    private static List<Long> longs(Fields fields, String key) {
        return fields.list(
                key,
                element -> {
                    JsonObject single = new JsonObject();
                    single.add(key, element);
                    return Fields.of(single).number(key).orElseThrow(missing(key));
                });
    }

    private static String text(Fields fields, String key) {
        return fields.text(key).orElseThrow(missing(key));
    }

    private static Supplier<CniException> missing(String key) {
        return () -> malformed("without " + key);
    }

    private static CniException malformed(String why) {
        return new CniException(ErrorCode.DECODING_FAILURE, "not a saved lease: " + why);
    }
}
