package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import java.util.List;
import java.util.Optional;

/// A kind of discipline (its classes share it) or of filter. The kernel names both from one space.
///
/// @param kernelName the name the kernel uses, `htb`
/// @param options the table of what it asks for; empty for one without attributes of its own
/// @param actions of a filter: which of the options holds its actions
public record TrafficKind(
        String kernelName, AttributeTable options, Optional<Attribute<Attributes>> actions) {
    /// Classes that share a link's rate, each with a guarantee and a ceiling.
    public static final TrafficKind HTB = discipline("htb", HtbAttributes.TABLE);

    /// A token bucket: one rate for everything.
    public static final TrafficKind TBF = discipline("tbf", TbfAttributes.TABLE);

    /// Fair queueing with controlled delay.
    public static final TrafficKind FQ_CODEL = discipline("fq_codel", FqCodelAttributes.TABLE);

    /// Holds filters for the way in.
    public static final TrafficKind INGRESS =
            discipline("ingress", AttributeTable.named("ingress"));

    /// Holds filters for the way in and the way out.
    public static final TrafficKind CLSACT = discipline("clsact", AttributeTable.named("clsact"));

    /// A filter over any 32-bit words of a packet.
    public static final TrafficKind U32 = filter("u32", U32Attributes.TABLE, U32Attributes.ACTIONS);

    /// A filter for every packet.
    public static final TrafficKind MATCHALL =
            filter("matchall", MatchallAttributes.TABLE, MatchallAttributes.ACTIONS);

    /// A filter that is a BPF program.
    public static final TrafficKind BPF = filter("bpf", BpfAttributes.TABLE, BpfAttributes.ACTIONS);

    private static final List<TrafficKind> ALL =
            List.of(HTB, TBF, FQ_CODEL, INGRESS, CLSACT, U32, MATCHALL, BPF);

    private static TrafficKind discipline(String kernelName, AttributeTable options) {
        return new TrafficKind(kernelName, options, Optional.empty());
    }

    private static TrafficKind filter(
            String kernelName, AttributeTable options, Attribute<Attributes> actions) {
        return new TrafficKind(kernelName, options, Optional.of(actions));
    }

    /// Every kind that Weft knows.
    public static List<TrafficKind> all() {
        return ALL;
    }

    /// The kind of a kernel name, if Weft knows it.
    public static Optional<TrafficKind> find(String kernelName) {
        return ALL.stream().filter(kind -> kind.kernelName.equals(kernelName)).findFirst();
    }

    static Optional<AttributeTable> tableOf(String kernelName) {
        return find(kernelName).map(TrafficKind::options);
    }
}
