package dev.weft.plugins.link;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Command;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.InstalledPlugins;
import dev.weft.cni.Plugin;
import dev.weft.cni.Request;
import dev.weft.cni.Result;
import dev.weft.plugins.site.Site;
import dev.weft.plugins.site.Work;
import java.util.Set;

/// The plugin that gives addresses, to which another plugin delegates (specification, section 4).
public final class Ipam {
    /// What knows the addresses beforehand: they are reserved before anything is made, and given
    /// back when nothing is left.
    private static final Set<String> KNOWING = Set.of("host-local", "static");

    private final Site site;
    private final InstalledPlugins plugins;

    /// Delegates for the plugins of a site.
    ///
    /// @param plugins what the types of plugins stand for
    public Ipam(Site site, InstalledPlugins plugins) {
        this.site = site;
        this.plugins = plugins;
    }

    /// Whether the configuration names one; without one an interface has no addresses.
    public static boolean isNamed(Request request) {
        return !request.configuration().ipamType().isEmpty();
    }

    /// Whether the addresses are asked for on the interface, as those of DHCP are: it has to be
    /// there before they are, and until they are given back.
    public static boolean needsInterface(Request request) {
        String type = request.configuration().ipamType();
        return !type.isEmpty() && !KNOWING.contains(type);
    }

    /// Whether the question itself goes by the interface.
    public static boolean asksByInterface(Request request) {
        return request.configuration().ipamType().equals("dhcp");
    }

    /// Makes sure that there is the plugin that the configuration names.
    ///
    /// @throws CniException when the plugin is not there
    public void requireInstalled(Request request) {
        plugin(request);
    }

    /// Asks for addresses. They are given back when the operation fails later.
    ///
    /// @throws CniException also when it gave none
    public Result add(Work work, Request request) {
        Plugin plugin = plugin(request);
        Result result = work.step("reserve addresses", () -> plugin.add(request));
        work.onFailure("release addresses", () -> plugin.delete(request.withCommand(Command.DEL)));
        if (result.addresses().isEmpty()) {
            throw new CniException(ErrorCode.INTERNAL, "IPAM plugin returned missing IP config");
        }
        return result;
    }

    /// Gives addresses back whose interface is still there, when it is needed for that.
    public void releaseFirst(Work work, Request request) {
        if (needsInterface(request)) {
            work.attempt("release addresses", () -> delete(request));
        }
    }

    /// Gives addresses back when nothing has them any more, unless it has been done.
    public void releaseLast(Work work, Request request) {
        if (isNamed(request) && !needsInterface(request)) {
            work.attempt("release addresses", () -> delete(request));
        }
    }

    /// As [#releaseFirst], for attachments that are not valid.
    public void collectFirst(Work work, Request request, Set<AttachmentId> valid) {
        if (needsInterface(request)) {
            work.attempt("collect addresses", () -> collect(request, valid));
        }
    }

    /// As [#releaseLast], for attachments that are not valid.
    public void collectLast(Work work, Request request, Set<AttachmentId> valid) {
        if (isNamed(request) && !needsInterface(request)) {
            work.attempt("collect addresses", () -> collect(request, valid));
        }
    }

    /// Gives the addresses back.
    public void delete(Request request) {
        plugin(request).delete(request);
    }

    public void check(Request request) {
        plugin(request).check(request);
    }

    public void collect(Request request, Set<AttachmentId> valid) {
        plugin(request).collect(request, valid);
    }

    public void status(Request request) {
        plugin(request).status(request);
    }

    private Plugin plugin(Request request) {
        return plugins.find(
                request.configuration().ipamType(), request.pluginDirectories(), site.host());
    }

    /// Results before 0.3.0 cannot be without an address, which would be found when everything is
    /// made.
    public static void requireExpressible(Request request) {
        CniVersion version = request.configuration().version();
        if (version.isAtMost(CniVersion.V0_2_0) && !isNamed(request)) {
            throw new CniException(
                    ErrorCode.INCOMPATIBLE_VERSION,
                    "cannot convert: no valid IP addresses",
                    "a result of version "
                            + version
                            + " has at least one address: name a plugin in ipam.type, or use"
                            + " cniVersion 0.3.0 or later");
        }
    }
}
