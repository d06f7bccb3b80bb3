package dev.weft.plugins.device;

import com.google.gson.JsonObject;
import dev.weft.cni.Diagnostics;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.linux.link.Link;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.time.Duration;
import java.util.Optional;

/// A device of the host that a container has, as the record tells it.
///
/// @param mark of the container's namespace
/// @param way back
record DeviceLoan(NamespaceMark mark, DeviceReturn way) {
    private static final String DEVICE = "device";

    /// The loan of a record; nothing when that is of another boot, or cannot be understood.
    static Optional<DeviceLoan> of(Site site, AttachmentRecord record, Diagnostics diagnostics) {
        Optional<SavedDevice> device = record.read(DeviceLoan::device);
        return NamespaceMark.of(record)
                .filter(_ -> device.isPresent())
                .map(mark ->
                        new DeviceLoan(
                                mark,
                                new DeviceReturn(
                                        site,
                                        device.orElseThrow(),
                                        record.attachment().interfaceName(),
                                        diagnostics)));
    }

    /// The device in a record.
    static SavedDevice device(Fields content) {
        return SavedDevice.of(content.object(DEVICE).orElse(content));
    }

    /// What the record is to tell.
    static JsonObject content(Request request, Container container, SavedDevice device) {
        JsonObject content = new JsonObject();
        NamespaceMark.of(request, container).writeTo(content);
        content.add(DEVICE, device.toJson());
        return content;
    }

    SavedDevice device() {
        return way.device();
    }

    /// Whether the device is in a container.
    boolean isIn(Container container) {
        return mark.isOf(container) && way.findInside(container.links()).isPresent();
    }

    /// Takes the device from the container, or receives it from the kernel.
    ///
    /// @param limit how long the kernel may take
    /// @return false when it can still come; then the record stays for the next DEL or GC
    boolean bringBack(Work work, Request request, Duration limit) {
        Optional<Container> found = mark.open(request);
        boolean isReached = found.isPresent();
        found.ifPresent(container -> {
            try (container) {
                work.attempt("take device", () -> way.fetch(container));
            }
        });
        Optional<Link> back = way.findBack();
        if (back.isEmpty() && !isReached) {
            back = work.step("await device", () -> way.await(limit));
            if (back.isEmpty() && device().path().filter(Sysfs::isPlugged).isPresent()) {
                request.diagnostics()
                        .add(
                                "host-device: "
                                        + device().name()
                                        + " is not back: its namespace has no name any more, but"
                                        + " somebody keeps it open");
                return false;
            }
        }
        back.ifPresent(link -> finish(work, link));
        return true;
    }

    private void finish(Work work, Link link) {
        work.attempt("restore device", () -> way.restore(link));
        if (work.succeeded()) {
            work.attempt("unmark device", () -> way.unmark(link));
        }
    }
}
