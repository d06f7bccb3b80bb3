package dev.weft.linux.link;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.Attributes;
import java.util.Optional;

/// What is special about creating: what the kernel ignores then, how its answer is found, and what
/// a refusal means.
record LinkCreation(LinkRequest request) {
    LinkCreation {
        Attributes asked = request.attributes();
        if (asked.has(LinkAttributes.NAMESPACE_PID)) {
            throw new InvalidRequestException(
                    "cannot create "
                            + request
                            + ": name its namespace by a descriptor, not a process");
        }
        if (asked.has(LinkAttributes.NAMESPACE_DESCRIPTOR) && asked.has(LinkAttributes.ALIAS)) {
            throw new InvalidRequestException(
                    "cannot create "
                            + request
                            + ": the kernel takes no alias for a link in another namespace; set it"
                            + " there");
        }
    }

    /// The alias to set once the link is there: `rtnl_create_link` does not look at it.
    Optional<String> alias() {
        return request.attributes().find(LinkAttributes.ALIAS);
    }

    /// What finds the link when the kernel sent no echo: echoes of links in other namespaces go to
    /// sockets there, and drivers that register links themselves consume them.
    LinkRequest lookup(NamespaceIds ids) {
        LinkRequest lookup = lookup();
        return request.attributes()
                .find(LinkAttributes.NAMESPACE_DESCRIPTOR)
                .map(ids::obtain)
                .map(id -> lookup.set(LinkAttributes.TARGET_NAMESPACE, id))
                .orElse(lookup);
    }

    /// The same from within its namespace.
    LinkRequest lookup() {
        String name =
                request.attributes()
                        .find(LinkAttributes.NAME)
                        .orElseThrow(() ->
                                KernelException.of(
                                        Errno.ENODATA.number(),
                                        "find",
                                        request.toString(),
                                        "it was created under a name of the kernel's choice"));
        return LinkRequest.empty().set(LinkAttributes.ALTERNATIVE_NAME, name);
    }

    /// A refusal with the kind's name when this kernel lacks it. The words of `rtnl_newlink` tell
    /// that from other reasons for the same errno.
    KernelException explained(KernelException failed) {
        boolean lacking =
                failed.is(Errno.EOPNOTSUPP) && failed.detail().startsWith("Unknown device type");
        return request.kindName()
                .filter(kind -> lacking)
                .map(kind ->
                        KernelException.explained(
                                failed.errno(),
                                failed.operation(),
                                failed.object(),
                                "this kernel has no links of kind "
                                        + kind
                                        + ", and no module rtnl-link-"
                                        + kind
                                        + " to load"))
                .orElse(failed);
    }
}
