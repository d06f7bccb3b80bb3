package dev.weft.plugins.device;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Identifiers;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkFlag;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.ContainerAddresses;
import dev.weft.plugins.link.DuplicateDetection;
import dev.weft.plugins.link.InterfaceCheck;
import dev.weft.plugins.link.Ipam;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// `host-device`: gives a container a device of the host, and brings it back as it was.
///
/// The device is marked, then moved and renamed by one request, so it is always in one of two
/// namespaces and can be recognised there. What it loses on the way is in the record.
public final class HostDevice implements Plugin {
    public static final String TYPE = "host-device";

    /// Far longer than the kernel takes to end a namespace.
    public static final Duration RETURN_LIMIT = Duration.ofSeconds(5);

    private static final Duration DETECTION_LIMIT = Duration.ofSeconds(5);

    private final Site site;
    private final Ipam ipam;
    private final Sysfs sysfs;
    private final Duration returnLimit;

    /// The plugin at a site.
    ///
    /// @param returnLimit how long a DEL waits for the kernel to bring a device back
    public HostDevice(Site site, Ipam ipam, Sysfs sysfs, Duration returnLimit) {
        this.site = site;
        this.ipam = ipam;
        this.sysfs = sysfs;
        this.returnLimit = returnLimit;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public List<CniVersion> versions() {
        return CniVersion.V0_1_0.andLater();
    }

    @Override
    public Result add(Request request) {
        HostDeviceConfiguration wanted = HostDeviceConfiguration.of(request.configuration());
        DeviceChoice choice = wanted.requireChoice();
        Ipam.requireExpressible(request);
        try (Container container = Container.open(request)) {
            return Work.undoable(
                    site.steps(),
                    work ->
                            choice.isLeftToProgram(sysfs)
                                    ? withoutLink(work, request, wanted)
                                    : add(work, request, wanted, container));
        }
    }

    /// For a device that a program in the container will drive: there is no link to move, so the
    /// addresses are for the program alone.
    private Result withoutLink(Work work, Request request, HostDeviceConfiguration wanted) {
        Result addresses = addresses(work, request);
        return addresses
                .withInterfaces(List.of())
                .withAddresses(
                        addresses.addresses().stream()
                                .map(each -> ResultAddress.of(each.address(), each.gateway()))
                                .toList())
                .withDns(wanted.dns().orElse(addresses.dns()));
    }

    private Result addresses(Work work, Request request) {
        return Ipam.isNamed(request) ? ipam.add(work, request) : Result.empty();
    }

    private Result add(
            Work work, Request request, HostDeviceConfiguration wanted, Container container) {
        work.step("look for attachment", () -> clearAway(request, container));
        boolean isAskedInside = Ipam.needsInterface(request);
        if (isAskedInside) {
            ipam.requireInstalled(request);
        }
        Result known = isAskedInside ? Result.empty() : addresses(work, request);
        site.exclusively(() -> move(work, request, wanted.requireChoice(), container));
        Result addresses = isAskedInside ? addresses(work, request) : known;
        Link inside =
                container
                        .links()
                        .find(request.interfaceName())
                        .orElseThrow(() -> notFound("the container lost it"));
        Result result = result(request, wanted, inside, addresses);
        ContainerAddresses configured =
                new ContainerAddresses(container, inside.index(), request.interfaceName(), result);
        if (!result.addresses().isEmpty()) {
            work.step("set sysctls", () -> configured.set(List.of()));
        }
        work.step("configure container", () -> configured.apply(true));
        work.step("detect duplicates", () -> detectDuplicates(container, inside));
        return result;
    }

    private static Result result(
            Request request, HostDeviceConfiguration wanted, Link inside, Result addresses) {
        return new Result(
                List.of(
                        ResultInterface.ofContainer(
                                request.interfaceName(),
                                inside.address().map(HardwareAddress::toString).orElse(""),
                                request.netns().orElse(""))),
                addresses.addresses().stream().map(address -> address.on(0)).toList(),
                addresses.routes(),
                wanted.dns().orElse(addresses.dns()));
    }

    /// Without a carrier nobody can answer, and the kernel waits for one.
    private static void detectDuplicates(Container container, Link inside) {
        boolean hasCarrier =
                container
                        .links()
                        .find(inside.index())
                        .filter(link -> link.has(LinkFlag.LOWER_UP))
                        .isPresent();
        if (hasCarrier) {
            DuplicateDetection.await(container, inside.index(), DETECTION_LIMIT);
        }
    }

    private boolean move(Work work, Request request, DeviceChoice choice, Container container) {
        Link device =
                work.step(
                        "find device",
                        () -> {
                            requireFree(request, container);
                            return find(choice).orElseThrow(() -> notFound(choice.toString()));
                        });
        SavedDevice saved =
                work.step("read device", () -> SavedDevice.of(site.socket(), device, sysfs));
        work.step(
                "write record",
                () ->
                        site.records()
                                .write(
                                        request,
                                        TYPE,
                                        DeviceLoan.content(request, container, saved)),
                () -> forget(work, true, request.network(), request.attachment()));
        DeviceReturn way =
                new DeviceReturn(site, saved, request.interfaceName(), request.diagnostics());
        work.step("mark device", () -> mark(saved), () -> finish(way));
        work.step(
                "move device",
                () -> moveInto(container, saved, request.interfaceName()),
                () -> way.fetch(container));
        return true;
    }

    private void mark(SavedDevice device) {
        site.links().change(device.index(), LinkRequest.empty().alias(device.name()));
    }

    private void moveInto(Container container, SavedDevice device, String name) {
        site.links().change(device.index(), LinkRequest.named(name).in(container.namespace()));
    }

    private static void finish(DeviceReturn way) {
        way.findBack()
                .ifPresent(link -> {
                    way.restore(link);
                    way.unmark(link);
                });
    }

    private Optional<Link> find(DeviceChoice choice) {
        return choice.find(site.links(), sysfs);
    }

    private static CniException notFound(String details) {
        return new CniException(
                ErrorCode.INVALID_CONFIGURATION, "failed to find physical interface", details);
    }

    /// The kernel would move the device first, and only then refuse the name.
    private static void requireFree(Request request, Container container) {
        container
                .links()
                .find(request.interfaceName())
                .ifPresent(link -> {
                    throw taken(request);
                });
    }

    private static CniException taken(Request request) {
        return new CniException(
                ErrorCode.INVALID_ENVIRONMENT,
                "the container already has an interface \"" + request.interfaceName() + '"');
    }

    /// What a killed ADD of the same attachment moved comes back first.
    ///
    /// @throws CniException when the attachment is there
    private boolean clearAway(Request request, Container container) {
        Optional<DeviceLoan> left = loan(request);
        if (left.filter(loan -> loan.isIn(container)).isPresent()) {
            throw taken(request);
        }
        left.ifPresent(loan ->
                Work.complete(site.steps(), work -> loan.bringBack(work, request, returnLimit)));
        return left.isPresent();
    }

    private Optional<DeviceLoan> loan(Request request) {
        return site.records()
                .find(request, TYPE)
                .flatMap(record -> DeviceLoan.of(site, record, request.diagnostics()));
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.releaseFirst(work, request);
                    boolean isBack = isBack(work, () -> bringBack(work, request));
                    ipam.releaseLast(work, request);
                    forget(work, isBack, request.network(), request.attachment());
                });
    }

    /// Whatever becomes of the device, the addresses are released.
    private static boolean isBack(Work work, BooleanSupplier bringing) {
        AtomicBoolean isBack = new AtomicBoolean();
        work.attempt("bring device back", () -> isBack.set(bringing.getAsBoolean()));
        return isBack.get();
    }

    private boolean bringBack(Work work, Request request) {
        return loan(request)
                .map(loan -> loan.bringBack(work, request, returnLimit))
                .orElseGet(() -> bringBackOfReference(request));
    }

    private void forget(Work work, boolean isBack, String network, AttachmentId attachment) {
        if (isBack && work.succeeded()) {
            work.attempt("remove record", () -> removeRecord(network, attachment));
        }
    }

    private void removeRecord(String network, AttachmentId attachment) {
        site.records().remove(network, attachment, TYPE);
    }

    /// The reference plugin leaves nothing but an alias: the name that the device had.
    private boolean bringBackOfReference(Request request) {
        Container.find(request)
                .ifPresent(container -> {
                    try (container) {
                        container
                                .links()
                                .find(request.interfaceName())
                                .ifPresent(link -> bringBackByAlias(request, container, link));
                    }
                });
        return true;
    }

    private void bringBackByAlias(Request request, Container container, Link link) {
        link.alias()
                .filter(HostDevice::isInterfaceName)
                .map(name -> SavedDevice.ofReference(link, name))
                .map(device ->
                        new DeviceReturn(
                                site, device, request.interfaceName(), request.diagnostics()))
                .ifPresent(way ->
                        site.exclusively(() -> {
                            way.fetch(container);
                            finish(way);
                            return true;
                        }));
    }

    private static boolean isInterfaceName(String text) {
        try {
            return !Identifiers.requireInterfaceName(text).isEmpty();
        } catch (CniException otherWords) {
            return false;
        }
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    ipam.collectFirst(work, request, valid);
                    for (AttachmentRecord record :
                            site.records().abandoned(request.network(), TYPE, valid)) {
                        work.attempt("collect", () -> collect(request, record));
                    }
                    ipam.collectLast(work, request, valid);
                });
    }

    private void collect(Request request, AttachmentRecord record) {
        Work.complete(
                site.steps(),
                work -> {
                    Optional<DeviceLoan> loan = DeviceLoan.of(site, record, request.diagnostics());
                    boolean isBack =
                            isBack(
                                    work,
                                    () ->
                                            loan.isEmpty()
                                                    || loan.get()
                                                            .bringBack(work, request, returnLimit));
                    forget(work, isBack, record.network(), record.attachment());
                });
    }

    @Override
    public void check(Request request) {
        HostDeviceConfiguration wanted = HostDeviceConfiguration.of(request.configuration());
        if (Ipam.isNamed(request)) {
            ipam.check(request);
        }
        if (wanted.requireChoice().isLeftToProgram(sysfs)) {
            return;
        }
        try (Container container = Container.open(request)) {
            InterfaceCheck check = InterfaceCheck.of(request, container);
            Link inside = check.requireLink(true);
            loan(request)
                    .ifPresent(loan ->
                            InterfaceCheck.require(
                                    loan.device().isInside(inside, request.interfaceName()),
                                    "Container interface "
                                            + inside.name()
                                            + " is not the device "
                                            + loan.device().name()));
            check.requireAddresses(inside);
            check.requireRoutes(inside);
        }
    }

    /// A device that a container has is none that is missing.
    @Override
    public void status(Request request) {
        HostDeviceConfiguration wanted = HostDeviceConfiguration.of(request.configuration());
        new Readiness(site).requireRecords();
        boolean isMissing =
                wanted.choice()
                        .filter(choice -> !choice.isLeftToProgram(sysfs))
                        .filter(choice -> find(choice).isEmpty())
                        .isPresent();
        if (isMissing && site.records().list(request.network(), TYPE).isEmpty()) {
            throw new CniException(
                    ErrorCode.NOT_AVAILABLE,
                    "failed to find physical interface",
                    "the host has no device " + wanted.requireChoice());
        }
        if (Ipam.isNamed(request)) {
            ipam.status(request);
        }
    }
}
