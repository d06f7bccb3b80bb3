package dev.weft.plugins.link;

import com.google.gson.JsonObject;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Request;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.Ipv4Setting;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.site.AttachmentRecord;
import dev.weft.plugins.site.Container;
import dev.weft.plugins.site.LinkMark;
import dev.weft.plugins.site.LinkRemoval;
import dev.weft.plugins.site.NamespaceMark;
import dev.weft.plugins.site.Site;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// An interface of one attachment that is in the container alone: made where it belongs and under
/// its final name, known again, and removed.
///
/// Its record tells in which namespace it is, so that it is found when nobody tells that any more;
/// its alias tells whose it is.
///
/// @param site where the link is that it stands on, if there is one on the host
/// @param kind of the interface
/// @param network in which network
/// @param attachment for whom
public record InnerLink(Site site, LinkKind kind, String network, AttachmentId attachment) {
    /// Kernels give out indexes from 1 upwards.
    private static final int FIRST_INDEX = 1 << 24;

    private static final String MASTER = "master";

    static InnerLink of(Site site, LinkKind kind, Request request) {
        return new InnerLink(site, kind, request.network(), request.attachment());
    }

    private String plugin() {
        return plugin(kind);
    }

    /// Which plugin makes interfaces of a kind.
    public static String plugin(LinkKind kind) {
        return kind.equals(LinkKind.TUN) ? "tap" : kind.kernelName();
    }

    private String name() {
        return attachment.interfaceName();
    }

    private LinkMark mark() {
        return new LinkMark(plugin(), network, attachment);
    }

    /// Writes the record.
    ///
    /// @param master the name of the link below, if there is one
    /// @throws CniException when the attachment is there
    void claim(Request request, Container container, Optional<String> master) {
        JsonObject content = new JsonObject();
        NamespaceMark.of(request, container).writeTo(content);
        master.ifPresent(name -> content.addProperty(MASTER, name));
        if (!site.records().create(request, plugin(), content)) {
            requireFree(container);
            site.records().write(request, plugin(), content);
        }
    }

    Optional<AttachmentRecord> record() {
        return site.records().find(network, attachment, plugin());
    }

    /// The name of the link below, as the record tells it.
    public Optional<String> master() {
        return record().flatMap(record -> record.fields().text(MASTER));
    }

    void removeRecord() {
        site.records().remove(network, attachment, plugin());
    }

    /// Makes the interface.
    ///
    /// @param asked with the link below
    /// @param inContainer whether that is in the container
    public Link create(Container container, LinkRequest asked, boolean inContainer) {
        try {
            return inContainer ? container.links().create(asked) : createFromHost(container, asked);
        } catch (KernelException refused) {
            if (refused.is(Errno.EEXIST)) {
                requireFree(container);
            }
            throw refused;
        }
    }

    /// The index is one that no link of the host has: the kernel looks for it there, and without it
    /// for the name, before Linux 6.15; and hosts have an `eth0` too. Another name at first, as the
    /// reference plugins have it, costs a grace period.
    private Link createFromHost(Container container, LinkRequest asked) {
        int index = ThreadLocalRandom.current().nextInt(FIRST_INDEX, Integer.MAX_VALUE);
        return site.links().create(asked.in(container.namespace()).index(index), container.links());
    }

    /// Makes sure that the name is free in the container.
    ///
    /// @throws CniException when the container has an interface of that name
    public void requireFree(Container container) {
        if (container.links().find(name()).isPresent()) {
            throw new CniException(
                    ErrorCode.INTERNAL, "container interface \"" + name() + "\" already exists");
        }
    }

    /// Writes on the interface whose it is, has it announce the addresses that it gets, and gives
    /// it what else it shall have.
    ///
    /// @param settings that it has beside these
    /// @param address that it shall have: in passthru mode, the kernel gives a macvlan that of the
    ///   link below at first (`macvlan_common_newlink`), and gives that its own back in the end
    /// @return the hardware address that it has then
    public HardwareAddress mark(
            Container container,
            Link made,
            LinkRequest settings,
            Optional<HardwareAddress> address) {
        LinkRequest marked = settings.alias(mark().alias()).ipv4(Ipv4Setting.ARP_NOTIFY, 1);
        HardwareAddress present = made.address().orElseThrow();
        HardwareAddress wanted = address.orElse(present);
        container
                .links()
                .change(made.index(), wanted.equals(present) ? marked : marked.address(wanted));
        return wanted;
    }

    /// Deletes the interface, and returns when it is gone.
    public void delete(Container container, Link made) {
        beginToDelete(container, made).await();
    }

    private LinkRemoval.Pending beginToDelete(Container container, Link made) {
        return site.removal().begin(container.namespace(), made.index());
    }

    /// Begins to delete the interface if it is there, and no other attachment's.
    LinkRemoval.Pending beginToRemove(Container container) {
        try (container) {
            return container
                    .links()
                    .find(name())
                    .filter(link -> link.kind().equals(Optional.of(kind)))
                    .filter(mark()::mayBe)
                    .map(link -> beginToDelete(container, link))
                    .orElse(LinkRemoval.NONE);
        }
    }
}
