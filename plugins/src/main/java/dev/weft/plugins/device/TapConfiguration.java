package dev.weft.plugins.device;

import static dev.weft.plugins.link.InterfaceCheck.require;
import static dev.weft.plugins.site.CommonKeys.invalid;

import dev.weft.cni.Dns;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.link.TunAttributes;
import dev.weft.plugins.link.ConfiguredAddress;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.CommonKeys;
import dev.weft.plugins.site.Container;
import java.util.Optional;

/// The keys of the tap plugin.
///
/// @param device what is asked of the device
/// @param mtuBytes 0 for the kernel's default
/// @param address of the interface; absent for one by chance
/// @param bridge of the container that it is to be a port of
/// @param dns instead of what the addresses' plugin says
public record TapConfiguration(
        TapDevice device,
        int mtuBytes,
        Optional<HardwareAddress> address,
        Optional<String> bridge,
        Optional<Dns> dns)
        implements FreestandingConfiguration {
    private static final long MOST_USERS = 0xffff_fffeL;

    public static TapConfiguration of(Request request) {
        Fields fields = request.configuration().fields();
        int mtuBytes = fields.integer("mtu").orElse(0);
        if (mtuBytes < 0) {
            throw invalid("invalid mtu " + mtuBytes + ": use 0 for the kernel's default");
        }
        return new TapConfiguration(
                new TapDevice(
                        fields.flag("multiQueue").orElse(false),
                        user(fields, "owner"),
                        user(fields, "group"),
                        text(fields, "selinuxContext")),
                mtuBytes,
                ConfiguredAddress.find(request, fields),
                text(fields, "bridge"),
                CommonKeys.dns(fields));
    }

    private static Optional<String> text(Fields fields, String key) {
        return fields.text(key).filter(text -> !text.isEmpty());
    }

    private static Optional<Long> user(Fields fields, String key) {
        Optional<Long> number = fields.number(key);
        if (number.filter(id -> id < 0 || id > MOST_USERS).isPresent()) {
            throw fields.wrong(key, "the number of a user or group");
        }
        return number;
    }

    @Override
    public LinkRequest settings(Container container) {
        LinkRequest settings =
                mtuBytes == 0 ? LinkRequest.empty() : LinkRequest.empty().mtu(mtuBytes);
        return bridge.map(name -> settings.master(master(container, name).index()))
                .orElse(settings);
    }

    @Override
    public Link create(Container container, String name) {
        device.create(container.namespace(), name);
        return container.links().find(name).orElseThrow();
    }

    private static Link master(Container container, String name) {
        return container
                .links()
                .find(name)
                .filter(link -> link.kind().equals(Optional.of(LinkKind.BRIDGE)))
                .orElseThrow(() -> invalid("the container has no bridge \"" + name + '"'));
    }

    @Override
    public void requireSame(Container container, Link inside) {
        require(
                inside.data(TunAttributes.MULTI_QUEUE).orElse(false) == device.multiQueue(),
                "Container tap " + inside.name() + " has another number of queues");
        require(
                device.owner().isEmpty() || device.owner().equals(inside.data(TunAttributes.OWNER)),
                "Container tap " + inside.name() + " has another owner");
        require(
                device.group().isEmpty() || device.group().equals(inside.data(TunAttributes.GROUP)),
                "Container tap " + inside.name() + " has another group");
        require(
                bridge.isEmpty()
                        || inside.master()
                                .equals(Optional.of(master(container, bridge.get()).index())),
                "Container tap " + inside.name() + " is no port of " + bridge.orElse(""));
    }

    @Override
    public void requireReady(Readiness readiness) {
        readiness.requireRecords();
        device.requireReady();
    }
}
