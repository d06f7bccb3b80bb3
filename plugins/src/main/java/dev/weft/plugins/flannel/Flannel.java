package dev.weft.plugins.flannel;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `flannel`: tells another plugin, most often `bridge`, what flannel's daemon decided for this
/// node.
///
/// What an ADD told it is kept until that plugin's DEL has succeeded, since the daemon may have
/// decided otherwise by then:
///
/// ```
///  subnet.env --+
///               +--> configuration of the delegate --> record, file of the reference plugin
///  own keys ----+                |                          |
///                                v                          v
///                          ADD of the delegate       DEL, CHECK of the delegate
/// ```
public final class Flannel implements Plugin {
    public static final String TYPE = "flannel";

    private final Site site;
    private final InstalledPlugins plugins;

    /// The plugin at a site.
    ///
    /// @param plugins what the delegates' types stand for
    public Flannel(Site site, InstalledPlugins plugins) {
        this.site = site;
        this.plugins = plugins;
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
        FlannelConfiguration wanted = FlannelConfiguration.of(request);
        SubnetFile node = SubnetFile.read(wanted.subnetFile(), ErrorCode.INTERNAL);
        Request told = request.withConfiguration(wanted.delegateOn(node));
        Plugin delegate = delegate(told);
        requireFree(request);
        return Work.undoable(
                site.steps(),
                work -> {
                    clearAway(work, request);
                    keep(
                            work,
                            request,
                            new FlannelRecord(told.configuration(), wanted.dataDirectory()));
                    return work.step(
                            "delegate",
                            () -> delegate.add(told),
                            () -> delegate.delete(told.withCommand(Command.DEL)));
                });
    }

    /// The delegate would refuse it too, but what undoes its ADD would remove the first one's.
    private static void requireFree(Request request) {
        try (Container container = Container.open(request)) {
            if (container.links().find(request.interfaceName()).isPresent()) {
                throw new CniException(
                        ErrorCode.INTERNAL,
                        "container interface name (\""
                                + request.interfaceName()
                                + "\") already exists");
            }
        }
    }

    /// What a killed ADD left, perhaps of other subnets.
    private void clearAway(Work work, Request request) {
        work.step("look for attachment", () -> record(request))
                .ifPresent(left -> work.step("clear away", () -> delete(request, left)));
    }

    /// The result helps a delegate that lost its own record; it can be read in its own version
    /// only.
    private void delete(Request request, FlannelRecord known) {
        boolean readsResult = known.delegate().version() == request.configuration().version();
        Request told =
                with(
                        request,
                        known.delegate().json(),
                        readsResult ? List.of("prevResult") : List.of());
        delegate(told).delete(told.withCommand(Command.DEL));
    }

    /// Kept on failure as well when the delegate could not undo what it did.
    private void keep(Work work, Request request, FlannelRecord record) {
        work.step(
                "write record",
                () -> site.records().write(request, TYPE, record.toJson()),
                () -> {
                    if (work.succeeded()) {
                        removeRecord(request.network(), request.attachment());
                    }
                });
        FlannelFile file = record.file(request.containerId());
        work.step(
                "save configuration",
                () -> file.write(record.delegate().json()),
                () -> {
                    if (work.succeeded()) {
                        file.remove(request.network());
                    }
                });
    }

    private void removeRecord(String network, AttachmentId attachment) {
        site.records().remove(network, attachment, TYPE);
    }

    private Optional<FlannelRecord> record(Request request) {
        return site.records().find(request, TYPE).flatMap(record -> record.read(FlannelRecord::of));
    }

    /// What the delegate was told, by Weft or the reference plugin.
    private Optional<FlannelRecord> known(Request request) {
        return record(request)
                .or(() -> {
                    Path directory = FlannelConfiguration.dataDirectory(request);
                    return new FlannelFile(directory.resolve(request.containerId()))
                            .read(request.network())
                            .map(delegate -> new FlannelRecord(delegate, directory));
                });
    }

    private Plugin delegate(Request told) {
        String type = told.configuration().fields().text("type").orElse("");
        if (type.equals(TYPE)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION, "flannel delegates to another plugin");
        }
        return plugins.find(type, told.pluginDirectories(), site.host());
    }

    @Override
    public void delete(Request request) {
        detach(request, known(request));
    }

    private void detach(Request request, Optional<FlannelRecord> known) {
        Work.complete(
                site.steps(),
                work -> {
                    known.ifPresent(
                            record -> work.attempt("delegate", () -> delete(request, record)));
                    if (work.succeeded()) {
                        work.attempt("remove configuration", () -> removeFile(request, known));
                    }
                    if (work.succeeded()) {
                        work.attempt(
                                "remove record",
                                () -> removeRecord(request.network(), request.attachment()));
                    }
                });
    }

    private static void removeFile(Request request, Optional<FlannelRecord> known) {
        known.ifPresent(record -> record.file(request.containerId()).remove(request.network()));
    }

    @Override
    public void check(Request request) {
        FlannelRecord known =
                known(request)
                        .orElseThrow(() ->
                                new CniException(
                                        ErrorCode.UNKNOWN_CONTAINER,
                                        "flannel has attached no "
                                                + request.interfaceName()
                                                + " of container "
                                                + request.containerId()
                                                + " to "
                                                + request.network()));
        Request told = with(request, known.delegate().json(), List.of("cniVersion", "prevResult"));
        delegate(told).check(told);
    }

    /// The delegate's configuration with what the runtime says in this call.
    private static Request with(Request request, JsonObject delegate, List<String> keys) {
        JsonObject json = delegate.deepCopy();
        JsonObject said = request.configuration().json();
        for (String key : keys) {
            if (said.has(key)) {
                json.add(key, said.get(key).deepCopy());
            }
        }
        return request.withConfiguration(json);
    }

    /// The delegate's own GC finds what no record is of, as does a file that the reference plugin
    /// left.
    @Override
    public void collect(Request request, Set<AttachmentId> valid) {
        Work.complete(
                site.steps(),
                work -> {
                    site.records()
                            .abandoned(request.network(), TYPE, valid)
                            .forEach(record ->
                                    work.attempt("collect", () -> collect(request, record)));
                    work.attempt(
                            "collect by the delegate", () -> collectByDelegate(request, valid));
                    if (work.succeeded()) {
                        work.attempt("remove stray files", () -> removeFiles(request, valid));
                    }
                });
    }

    private void collect(Request request, AttachmentRecord record) {
        detach(of(request, record.attachment()), record.read(FlannelRecord::of));
    }

    /// A DEL of an attachment that a GC found.
    private static Request of(Request request, AttachmentId attachment) {
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.put("CNI_CONTAINERID", attachment.containerId());
        environment.put("CNI_IFNAME", attachment.interfaceName());
        return new Request(
                Command.DEL,
                attachment,
                Optional.empty(),
                Optional.empty(),
                request.arguments(),
                request.pluginDirectories(),
                environment,
                request.configuration(),
                request.diagnostics());
    }

    private void collectByDelegate(Request request, Set<AttachmentId> valid) {
        FlannelConfiguration wanted = FlannelConfiguration.of(request);
        SubnetFile node = SubnetFile.read(wanted.subnetFile(), ErrorCode.INTERNAL);
        Request told =
                with(
                        request,
                        wanted.delegateOn(node),
                        List.of("cni.dev/valid-attachments", "cni.dev/attachments"));
        delegate(told).collect(told, valid);
    }

    private static void removeFiles(Request request, Set<AttachmentId> valid) {
        Set<String> containers =
                valid.stream().map(AttachmentId::containerId).collect(Collectors.toSet());
        FlannelFile.list(FlannelConfiguration.dataDirectory(request)).stream()
                .filter(file -> !containers.contains(file.containerId()))
                .forEach(file -> file.remove(request.network()));
    }

    @Override
    public void status(Request request) {
        FlannelConfiguration wanted = FlannelConfiguration.of(request);
        SubnetFile node = SubnetFile.read(wanted.subnetFile(), ErrorCode.NOT_AVAILABLE);
        Request told = request.withConfiguration(wanted.delegateOn(node));
        delegate(told).status(told);
    }
}
