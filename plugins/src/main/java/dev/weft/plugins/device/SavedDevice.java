package dev.weft.plugins.device;

import com.google.gson.JsonObject;
import dev.weft.cni.Fields;
import dev.weft.cni.Identifiers;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.Links;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.plugins.link.LinkTuning;
import dev.weft.plugins.link.SavedAddressing;
import dev.weft.plugins.site.CommonKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A device of the host as it was before a container got it: by what it is known again, and what it
/// is to get back.
///
/// While it is away its alias is the name that it had, as the reference plugin has it. That is what
/// it is known by, in every namespace, also when the kernel brings it back on its own account under
/// a name of the kernel's; hardware is also known by its permanent address, should the container
/// have changed the alias.
///
/// @param name of the link
/// @param index of the link
/// @param kind of a virtual link; empty for hardware
/// @param parent bus and name of the device; empty for a virtual link
/// @param path of the device in sysfs, if it has one
/// @param permanentAddress that the hardware has by itself
/// @param alias of the link; empty for none
/// @param tuning what a container can change of the link
/// @param up whether it was up
/// @param master name of the link that it was a port of; empty for none
/// @param saved its addresses and routes
/// @param savedAt when this was
public record SavedDevice(
        String name,
        int index,
        String kind,
        String parent,
        Optional<Path> path,
        Optional<HardwareAddress> permanentAddress,
        String alias,
        LinkTuning tuning,
        boolean up,
        String master,
        SavedAddressing saved,
        Instant savedAt) {
    private static final LinkTuning EVERYTHING =
            new LinkTuning(
                    Optional.of(""),
                    Optional.of(false),
                    Optional.of(0),
                    Optional.of(false),
                    Optional.of(0));

    /// What a link of the host is at present.
    static SavedDevice of(NetlinkSocket socket, Link link, Sysfs sysfs) {
        return new SavedDevice(
                link.name(),
                link.index(),
                link.kindName().orElse(""),
                parentOf(link),
                sysfs.device(link),
                link.attributes().find(LinkAttributes.PERMANENT_ADDRESS),
                link.alias().filter(alias -> !alias.equals(link.name())).orElse(""),
                LinkTuning.of(link, EVERYTHING),
                link.isUp(),
                link.master()
                        .flatMap(index -> new Links(socket).find(index))
                        .map(Link::name)
                        .orElse(""),
                SavedAddressing.of(socket, link.index()),
                Instant.now());
    }

    /// A device that the reference plugin moved, of which its name alone is known.
    ///
    /// @param link in the container
    /// @param name which it had
    static SavedDevice ofReference(Link link, String name) {
        return new SavedDevice(
                name,
                0,
                link.kindName().orElse(""),
                parentOf(link),
                Optional.empty(),
                Optional.empty(),
                "",
                new LinkTuning(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                false,
                "",
                SavedAddressing.NONE,
                Instant.EPOCH);
    }

    private static String parentOf(Link link) {
        return link.attributes()
                .find(LinkAttributes.PARENT_DEVICE)
                .map(device ->
                        link.attributes().find(LinkAttributes.PARENT_BUS).orElse("") + "/" + device)
                .orElse("");
    }

    /// Whether a link can be this device at all.
    private boolean mayBe(Link link) {
        return link.kindName().orElse("").equals(kind) && parentOf(link).equals(parent);
    }

    private boolean isMarked(Link link) {
        return link.alias().equals(Optional.of(name));
    }

    private boolean isSameHardware(Link link) {
        return permanentAddress.isPresent()
                && permanentAddress.equals(
                        link.attributes().find(LinkAttributes.PERMANENT_ADDRESS));
    }

    private boolean hasAddress(Link link) {
        return tuning.mac().isPresent()
                && tuning.mac().equals(link.address().map(HardwareAddress::toString));
    }

    /// Whether a link of the container is this device.
    ///
    /// @param interfaceName that the container has it under
    boolean isInside(Link link, String interfaceName) {
        return mayBe(link)
                && (isMarked(link)
                        || isSameHardware(link)
                        || (link.name().equals(interfaceName) && hasAddress(link)));
    }

    /// Whether a link of the host is this device, and has yet to get something back. One that has
    /// its name and no mark was never away, or has everything.
    ///
    /// @param interfaceName that the container had it under
    boolean isBack(Link link, String interfaceName) {
        return mayBe(link)
                && (isMarked(link)
                        || (!link.name().equals(name)
                                && (isSameHardware(link)
                                        || (link.name().equals(interfaceName)
                                                && hasAddress(link)))));
    }

    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.addProperty("index", index);
        json.addProperty("kind", kind);
        json.addProperty("parent", parent);
        path.ifPresent(device -> json.addProperty("path", device.toString()));
        permanentAddress.ifPresent(
                address -> json.addProperty("permanentAddress", address.toString()));
        json.addProperty("alias", alias);
        json.add("link", tuning.toJson());
        json.addProperty("up", up);
        json.addProperty("master", master);
        saved.writeTo(json);
        json.addProperty("savedAt", savedAt.getEpochSecond());
        return json;
    }

    /// The device of a record.
    ///
    /// @throws dev.weft.cni.CniException when it has none
    /// @throws dev.weft.linux.LinuxException when an address or a route is none
    public static SavedDevice of(Fields fields) {
        return new SavedDevice(
                Identifiers.requireInterfaceName(fields.text("name").orElse("")),
                fields.integer("index").orElse(0),
                fields.text("kind").orElse(""),
                fields.text("parent").orElse(""),
                fields.text("path").map(text -> CommonKeys.path(fields, "path", text)),
                fields.text("permanentAddress").map(HardwareAddress::parse),
                fields.text("alias").orElse(""),
                LinkTuning.of(fields.object("link").orElseGet(() -> Fields.of(new JsonObject()))),
                fields.flag("up").orElse(false),
                fields.text("master").orElse(""),
                SavedAddressing.of(fields),
                Instant.ofEpochSecond(
                        Math.clamp(fields.number("savedAt").orElse(0L), 0, Integer.MAX_VALUE)));
    }
}
