package dev.weft.plugins.chained;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.linux.Errno;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.KernelException;
import dev.weft.linux.link.LinkKind;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.tc.QdiscRequest;
import dev.weft.linux.tc.Qdiscs;
import dev.weft.linux.tc.TrafficKind;
import dev.weft.plugins.site.Site;

/// Whether the kernel can limit traffic, asked with requests that it refuses in either case, with
/// one errno or another: nothing is made.
final class TrafficFeatures {
    /// Of a group, which no link can have.
    private static final HardwareAddress GROUP = HardwareAddress.parse("01:00:5e:00:00:01");

    private TrafficFeatures() {}

    /// @throws CniException code 50 when something is missing
    static void require(Site site) {
        require("links of kind ifb (CONFIG_IFB)", Errno.EADDRNOTAVAIL, () -> askForBlock(site));
        require(
                "queueing discipline tbf (CONFIG_NET_SCH_TBF)",
                Errno.EINVAL,
                () -> askForBucket(site));
    }

    private static void require(String feature, Errno known, Runnable question) {
        try {
            question.run();
        } catch (KernelException answer) {
            if (!answer.is(known) && !answer.is(Errno.EEXIST)) {
                throw new CniException(
                        ErrorCode.NOT_AVAILABLE,
                        "this kernel has no " + feature + ": load its module",
                        String.valueOf(answer.getMessage()));
            }
        }
    }

    /// The kind's own check of addresses (`ifb_validate` in `drivers/net/ifb.c`) comes after its
    /// module was found.
    private static void askForBlock(Site site) {
        site.links().create(LinkRequest.of(LinkKind.IFB, "bwpprobe").address(GROUP));
    }

    /// A token bucket without options is refused by `tbf_init` in `net/sched/sch_tbf.c`.
    private static void askForBucket(Site site) {
        int loopback = site.links().find("lo").orElseThrow().index();
        new Qdiscs(site.socket()).create(QdiscRequest.of(TrafficKind.TBF, loopback));
    }
}
