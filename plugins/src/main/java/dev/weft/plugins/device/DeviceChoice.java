package dev.weft.plugins.device;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.Links;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// By what a configuration chooses a device of the host.
public sealed interface DeviceChoice {
    /// Drivers that hand the device to a program: it has no link then.
    Set<String> USER_SPACE_DRIVERS = Set.of("vfio-pci", "uio_pci_generic", "igb_uio");

    String DEVICES = "/sys/devices";
    String PCI = "pci";
    String AUXILIARY = "auxiliary";

    /// By the link's name, or another name that it has.
    record ByName(String name) implements DeviceChoice {
        @Override
        public Optional<Link> find(Links links, Sysfs sysfs) {
            return links.find(name);
        }
    }

    /// By the link's hardware address. VLANs and the like have that of the link below, so hardware
    /// comes first.
    record ByAddress(HardwareAddress address) implements DeviceChoice {
        @Override
        public Optional<Link> find(Links links, Sysfs sysfs) {
            return links.list().stream()
                    .filter(link -> link.address().equals(Optional.of(address)))
                    .min(
                            Comparator.comparing((Link link) -> link.kindName().isPresent())
                                    .thenComparingInt(Link::index));
        }
    }

    /// By the directory of a device in sysfs.
    record ByPath(Path device) implements DeviceChoice {
        @Override
        public Optional<Link> find(Links links, Sysfs sysfs) {
            return first(links, link -> isOf(sysfs.device(link), device));
        }
    }

    /// By a name on the PCI bus.
    record ByPci(String name) implements DeviceChoice {
        @Override
        public Optional<Link> find(Links links, Sysfs sysfs) {
            return sysfs.device(PCI, name)
                    .flatMap(device -> first(links, link -> isOf(sysfs.device(link), device)));
        }

        @Override
        public boolean isLeftToProgram(Sysfs sysfs) {
            return sysfs.device(PCI, name)
                    .flatMap(sysfs::driver)
                    .filter(USER_SPACE_DRIVERS::contains)
                    .isPresent();
        }
    }

    /// By the name that a device plugin of the runtime gave: on the PCI bus or the auxiliary one.
    record ById(String name) implements DeviceChoice {
        @Override
        public Optional<Link> find(Links links, Sysfs sysfs) {
            if (sysfs.device(PCI, name).isPresent()) {
                return new ByPci(name).find(links, sysfs);
            }
            Path device =
                    sysfs.device(AUXILIARY, name)
                            .orElseThrow(() ->
                                    new CniException(
                                            ErrorCode.INVALID_CONFIGURATION,
                                            "runtime config DeviceID "
                                                    + name
                                                    + " not found or unsupported"));
            return first(links, link -> isOf(sysfs.device(link), device));
        }

        @Override
        public boolean isLeftToProgram(Sysfs sysfs) {
            return new ByPci(name).isLeftToProgram(sysfs);
        }
    }

    /// The link that was chosen, if it is among these.
    Optional<Link> find(Links links, Sysfs sysfs);

    /// Whether a program has the device instead of the kernel, so that there is no link to move.
    default boolean isLeftToProgram(Sysfs sysfs) {
        return false;
    }

    /// What the keys choose; nothing when none is there.
    ///
    /// @throws CniException when a value cannot be one
    static Optional<DeviceChoice> of(Fields fields) {
        Optional<DeviceChoice> own =
                text(fields, "device")
                        .<DeviceChoice>map(ByName::new)
                        .or(() -> text(fields, "hwaddr").map(DeviceChoice::byAddress))
                        .or(() -> text(fields, "kernelpath").map(DeviceChoice::byPath));
        return own.or(() ->
                        fields.object("runtimeConfig")
                                .flatMap(config -> text(config, "deviceID"))
                                .map(ById::new))
                .or(() -> text(fields, "pciBusID").map(ByPci::new));
    }

    private static Optional<String> text(Fields fields, String key) {
        return fields.text(key).filter(value -> !value.isEmpty());
    }

    private static DeviceChoice byAddress(String text) {
        try {
            return new ByAddress(HardwareAddress.parse(text.replace('-', ':')));
        } catch (InvalidRequestException malformed) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "failed to parse MAC address: address " + text + ": invalid MAC address");
        }
    }

    private static DeviceChoice byPath(String text) {
        if (text.indexOf('\0') < 0) {
            Path path = Path.of(text).normalize();
            if (path.startsWith(DEVICES) && path.getNameCount() > 2) {
                return new ByPath(path);
            }
        }
        throw new CniException(
                ErrorCode.INVALID_CONFIGURATION,
                "kernel device path \""
                        + text
                        + "\" must be absolute and begin with /sys/devices/");
    }

    /// Whether a link's device is this one, or the virtio device that is all that this one has.
    private static boolean isOf(Optional<Path> own, Path device) {
        return own.filter(path ->
                        path.equals(device)
                                || (device.equals(path.getParent())
                                        && String.valueOf(path.getFileName()).startsWith("virtio")))
                .isPresent();
    }

    /// A device may have several links; the first by name is meant.
    private static Optional<Link> first(Links links, Predicate<Link> isMeant) {
        List<Link> all = links.list();
        return all.stream()
                .filter(link -> link.attributes().has(LinkAttributes.PARENT_DEVICE))
                .filter(isMeant)
                .min(Comparator.comparing(Link::name));
    }
}
