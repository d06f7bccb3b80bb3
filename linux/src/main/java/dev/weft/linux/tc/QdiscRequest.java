package dev.weft.linux.tc;

import dev.weft.linux.netlink.Attributes;

/// What is asked of a queueing discipline.
///
/// ```java
/// qdiscs.create(QdiscRequest.tbf(link, TokenBucket.withLatency(RateLimit.of(125_000, 4096), 25_000)));
/// ```
public final class QdiscRequest extends TrafficRequest<QdiscRequest> {
    private static final int HTB_VERSION = 3;
    private static final int RATE_TO_QUANTUM = 10;

    private QdiscRequest(TrafficHeader header, Attributes attributes) {
        super(header, attributes);
    }

    /// Whatever stands at the root of a link: to find or delete it.
    public static QdiscRequest on(int linkIndex) {
        return new QdiscRequest(
                new TrafficHeader(linkIndex, Handle.NONE, Handle.ROOT, 0),
                Attributes.empty(TrafficAttributes.TABLE));
    }

    /// A discipline at the root of a link.
    public static QdiscRequest of(TrafficKind kind, int linkIndex) {
        return on(linkIndex).set(TrafficAttributes.KIND, kind.kernelName());
    }

    /// A place for filters on the way in and the way out.
    public static QdiscRequest clsact(int linkIndex) {
        return of(TrafficKind.CLSACT, linkIndex).parent(Handle.INGRESS);
    }

    /// A place for filters on the way in.
    public static QdiscRequest ingress(int linkIndex) {
        return of(TrafficKind.INGRESS, linkIndex).parent(Handle.INGRESS);
    }

    /// One rate for everything that leaves.
    public static QdiscRequest tbf(int linkIndex, TokenBucket bucket) {
        return of(TrafficKind.TBF, linkIndex).options(bucket::writeTo);
    }

    /// Classes that share the link.
    ///
    /// @param defaultClass the minor number of the class for packets that no filter sorted; 0 sends
    ///   them out unshaped
    public static QdiscRequest htb(int linkIndex, int defaultClass) {
        HtbAttributes.Global global =
                new HtbAttributes.Global(HTB_VERSION, RATE_TO_QUANTUM, defaultClass, 0, 0);
        return of(TrafficKind.HTB, linkIndex)
                .options(options -> options.put(HtbAttributes.GLOBAL, global));
    }

    @Override
    QdiscRequest with(TrafficHeader newHeader, Attributes newAttributes) {
        return new QdiscRequest(newHeader, newAttributes);
    }
}
