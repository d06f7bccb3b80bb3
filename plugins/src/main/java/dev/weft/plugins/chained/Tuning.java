package dev.weft.plugins.chained;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.cni.ResultInterface;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Link;
import dev.weft.linux.namespace.Sysctls;
import dev.weft.plugins.link.LinkTuning;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.PreviousResult;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.SysctlSetting;
import dev.weft.plugins.site.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `tuning`: sets sysctls of a container's namespace and attributes of its interface, and restores
/// both.
public final class Tuning implements Plugin {
    static final String TYPE = "tuning";
    private static final String COMPLAINT = "Required prevResult missing";

    private final Site site;
    private final Path allowList;

    /// The plugin at a site.
    ///
    /// @param allowList file of the administrator with the sysctls that may be set
    public Tuning(Site site, Path allowList) {
        this.site = site;
        this.allowList = allowList;
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
        TuningConfiguration wanted =
                TuningConfiguration.of(request, SysctlAllowList.read(allowList));
        Result previous = PreviousResult.require(request, COMPLAINT);
        if (wanted.isEmpty()) {
            return previous;
        }
        try (Container container = Container.open(request)) {
            Work.undoable(
                    site.steps(),
                    work -> {
                        apply(work, request, wanted, container);
                        return previous;
                    });
        }
        return result(previous, request.interfaceName(), wanted.link());
    }

    private void apply(
            Work work, Request request, TuningConfiguration wanted, Container container) {
        TuningBackup backup = TuningBackup.of(wanted.dataDirectory(), request.attachment());
        TuningRecord now = present(wanted, container, request.interfaceName(), backup);
        Optional<AttachmentRecord> earlier = ofSameContainer(request, container);
        Optional<LinkTuning> earlierBackup = backup.read();
        TuningRecord record =
                earlier.flatMap(Tuning::content)
                        .or(() -> TuningRecord.of(backup))
                        .map(first -> first.and(now))
                        .orElse(now);
        work.step(
                "write record",
                () ->
                        site.records()
                                .write(
                                        request,
                                        TYPE,
                                        record.toJson(NamespaceMark.of(request, container))),
                () ->
                        earlier.ifPresentOrElse(
                                old -> site.records().write(request, TYPE, old.content()),
                                () -> removeRecord(request)));
        wanted.sysctls().forEach(setting -> set(work, container.sysctls(), setting, now));
        if (!wanted.link().isEmpty()) {
            work.step(
                    "write backup",
                    () -> backup.write(record.link()),
                    () -> earlierBackup.ifPresentOrElse(backup::write, backup::remove));
            int index = container.requireLink(request.interfaceName()).index();
            work.step(
                    "set interface",
                    () -> container.links().change(index, wanted.link().toRequest()),
                    () -> container.links().change(index, now.link().toRequest()));
        }
    }

    private static void set(Work work, Sysctls sysctls, SysctlSetting wanted, TuningRecord now) {
        work.step(
                "set sysctl",
                () -> wanted.write(sysctls),
                () ->
                        now.sysctls().stream()
                                .filter(old -> old.name().equals(wanted.name()))
                                .forEach(old -> old.write(sysctls)));
    }

    /// What is there of that which is to be changed.
    private static TuningRecord present(
            TuningConfiguration wanted, Container container, String name, TuningBackup backup) {
        Sysctls sysctls = container.sysctls();
        List<SysctlSetting> settings = new ArrayList<>();
        for (SysctlSetting setting : wanted.sysctls()) {
            SysctlSetting.read(sysctls, setting.name()).ifPresent(settings::add);
        }
        return wanted.link().isEmpty()
                ? new TuningRecord(wanted.link(), settings, List.of())
                : new TuningRecord(
                        LinkTuning.of(container.requireLink(name), wanted.link()),
                        settings,
                        List.of(backup));
    }

    private Optional<AttachmentRecord> ofSameContainer(Request request, Container container) {
        return site.records()
                .find(request, TYPE)
                .filter(record -> NamespaceMark.isOf(record, container));
    }

    private static Result result(Result previous, String name, LinkTuning tuned) {
        return previous.withInterfaces(
                previous.interfaces().stream()
                        .map(each ->
                                each.name().equals(name) && each.sandbox().isPresent()
                                        ? tuned(each, tuned)
                                        : each)
                        .toList());
    }

    private static ResultInterface tuned(ResultInterface of, LinkTuning tuned) {
        ResultInterface result = tuned.mac().map(of::withMac).orElse(of);
        return result.mtuBytes().isPresent() && tuned.mtuBytes().isPresent()
                ? result.withMtu(tuned.mtuBytes().get())
                : result;
    }

    @Override
    public void delete(Request request) {
        Work.complete(
                site.steps(),
                work -> {
                    Optional<AttachmentRecord> record = site.records().find(request, TYPE);
                    record.flatMap(Tuning::content)
                            .ifPresentOrElse(
                                    old -> tearDown(work, request, record.orElseThrow(), old),
                                    () -> tearDownOfReference(work, request));
                    forget(work, request.network(), request.attachment());
                });
    }

    private static Optional<TuningRecord> content(AttachmentRecord record) {
        String name = record.attachment().interfaceName();
        return record.read(fields -> TuningRecord.of(fields, name));
    }

    /// Undoes what a record tells.
    private static void tearDown(
            Work work, Request request, AttachmentRecord record, TuningRecord old) {
        String name = record.attachment().interfaceName();
        work.attempt(
                "restore",
                () ->
                        NamespaceMark.of(record)
                                .flatMap(mark -> mark.open(request))
                                .ifPresent(
                                        container -> restore(work, request, old, container, name)));
        old.backups().forEach(backup -> work.attempt("remove backup", backup::remove));
    }

    private void forget(Work work, String network, AttachmentId attachment) {
        if (work.succeeded()) {
            work.attempt("remove record", () -> site.records().remove(network, attachment, TYPE));
        }
    }

    /// Of an attachment without record there may be a backup by the reference plugin.
    private static void tearDownOfReference(Work work, Request request) {
        TuningBackup backup =
                TuningBackup.of(
                        TuningConfiguration.dataDirectory(request.configuration().fields()),
                        request.attachment());
        String name = request.interfaceName();
        work.attempt(
                "restore",
                () ->
                        TuningRecord.of(backup)
                                .ifPresent(old ->
                                        Container.find(request)
                                                .ifPresent(container ->
                                                        restore(
                                                                work, request, old, container,
                                                                name))));
        work.attempt("remove backup", backup::remove);
    }

    /// What the kernel refuses is told and left: the container is about to end, and one that cannot
    /// be deleted is worse.
    private static void restore(
            Work work, Request request, TuningRecord old, Container container, String name) {
        try (container) {
            Optional<Link> link =
                    old.link().isEmpty() ? Optional.empty() : container.links().find(name);
            link.ifPresent(present ->
                    work.attempt(
                            "restore interface",
                            () ->
                                    told(
                                            request,
                                            () ->
                                                    container
                                                            .links()
                                                            .change(
                                                                    present.index(),
                                                                    old.link().toRequest()))));
            for (SysctlSetting setting : old.sysctls().reversed()) {
                work.attempt(
                        "restore sysctl",
                        () -> told(request, () -> setting.write(container.sysctls())));
            }
        }
    }

    private static void told(Request request, Runnable restoring) {
        try {
            restoring.run();
        } catch (KernelException refused) {
            boolean gone = refused.is(Errno.ENOENT) || refused.is(Errno.ENODEV);
            if (!gone) {
                request.diagnostics().add("tuning: " + refused.getMessage());
            }
        }
    }

    @Override
    public void check(Request request) {
        TuningConfiguration wanted = TuningConfiguration.of(request, SysctlAllowList.everything());
        PreviousResult.require(request, COMPLAINT);
        try (Container container = Container.open(request)) {
            List<String> differences = new ArrayList<>();
            for (SysctlSetting setting : wanted.sysctls()) {
                String value = container.sysctls().read(setting.name().key());
                if (!setting.hasValueOf(new SysctlSetting(setting.name(), value))) {
                    differences.add(
                            "Error: Tuning configured sysctl "
                                    + setting.name()
                                    + " is "
                                    + setting.value()
                                    + ", current value is "
                                    + value);
                }
            }
            if (!wanted.link().isEmpty()) {
                Link link = container.requireLink(request.interfaceName());
                differences.addAll(wanted.link().differences(link));
            }
            if (!differences.isEmpty()) {
                throw new CniException(ErrorCode.INTERNAL, String.join("; ", differences));
            }
        }
    }

    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work ->
                        site.records()
                                .abandoned(request.network(), TYPE, valid)
                                .forEach(record -> {
                                    content(record)
                                            .ifPresent(old -> tearDown(work, request, record, old));
                                    forget(work, record.network(), record.attachment());
                                }));
    }

    @Override
    public void status(Request request) {
        try {
            SysctlAllowList.read(allowList);
        } catch (CniException unusable) {
            throw new CniException(ErrorCode.NOT_AVAILABLE, unusable.text(), unusable.details());
        }
    }

    private void removeRecord(Request request) {
        site.records().remove(request.network(), request.attachment(), TYPE);
    }
}
