package dev.weft.linux.tc;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.List;

/// What is asked of a filter.
///
/// ```java
/// filters.create(FilterRequest.u32(link, Handle.WAY_IN, U32Selector.everything(),
///         ActionRequest.mirred(MirredAttributes.Way.REDIRECT_OUT, ifb)));
/// ```
public final class FilterRequest extends TrafficRequest<FilterRequest> {
    /// For packets of every protocol (`ETH_P_ALL`).
    public static final int ALL_PROTOCOLS = 3;

    private static final int SHARED_BLOCK = -1;
    private static final int MAX_U16 = 0xffff;

    private FilterRequest(TrafficHeader header, Attributes attributes) {
        super(header, attributes);
    }

    /// The filters under a parent: to list or delete them.
    public static FilterRequest on(int linkIndex, Handle parent) {
        return new FilterRequest(
                new TrafficHeader(linkIndex, Handle.NONE, parent, 0),
                Attributes.empty(TrafficAttributes.TABLE));
    }

    /// The filters in a block that links share ([TrafficAttributes#INGRESS_BLOCK]).
    public static FilterRequest inBlock(int block) {
        return on(SHARED_BLOCK, new Handle(block));
    }

    /// This request for a filter of a kind, of the first priority and for all protocols.
    public FilterRequest of(TrafficKind kind) {
        return set(TrafficAttributes.KIND, kind.kernelName()).priority(1).protocol(ALL_PROTOCOLS);
    }

    /// A filter over words of the packet.
    public static FilterRequest u32(
            int linkIndex, Handle parent, U32Selector selector, ActionRequest... actions) {
        return on(linkIndex, parent)
                .of(TrafficKind.U32)
                .options(options -> {
                    writeActions(options, U32Attributes.ACTIONS, actions);
                    options.put(U32Attributes.SELECTOR, selector);
                });
    }

    /// A filter over words of the packet that sorts into a class.
    public static FilterRequest u32(
            int linkIndex, Handle parent, U32Selector selector, Handle classOfMatches) {
        return on(linkIndex, parent)
                .of(TrafficKind.U32)
                .options(options ->
                        options.put(U32Attributes.CLASS, classOfMatches)
                                .put(U32Attributes.SELECTOR, selector));
    }

    /// A filter for every packet.
    ///
    /// The kernel's answer to its making tells the place alone, since `mall_change` in
    /// `net/sched/cls_matchall.c` does not name what it made; [Filters#list] has handle and
    /// options.
    public static FilterRequest matchall(int linkIndex, Handle parent, ActionRequest... actions) {
        return on(linkIndex, parent)
                .of(TrafficKind.MATCHALL)
                .options(options -> writeActions(options, MatchallAttributes.ACTIONS, actions));
    }

    /// A loaded program whose result is the verdict.
    ///
    /// @param descriptor of the program, which may be closed afterwards
    /// @param name for people
    public static FilterRequest bpf(int linkIndex, Handle parent, int descriptor, String name) {
        return on(linkIndex, parent)
                .of(TrafficKind.BPF)
                .options(options ->
                        options.put(BpfAttributes.DESCRIPTOR, descriptor)
                                .put(BpfAttributes.NAME, name)
                                .put(BpfAttributes.FLAGS, BpfAttributes.DIRECT_ACTION));
    }

    /// Lower ones are tried first.
    ///
    /// @param priority 1 to 65,535; 0 lets the kernel choose one before all others
    public FilterRequest priority(int priority) {
        return with(header().priority(inRange("priority", priority)), attributes());
    }

    /// Which packets it sees.
    ///
    /// @param etherType 0x0800 for IPv4, 0x86dd for IPv6, [#ALL_PROTOCOLS]
    public FilterRequest protocol(int etherType) {
        return with(header().protocol(inRange("protocol", etherType)), attributes());
    }

    private static int inRange(String what, int value) {
        if (value < 0 || value > MAX_U16) {
            throw new InvalidRequestException(
                    "the " + what + " of a filter is 0 to " + MAX_U16 + ", not " + value);
        }
        return value;
    }

    private static void writeActions(
            AttributeWriter options, Attribute<Attributes> list, ActionRequest... actions) {
        if (actions.length == 0) {
            return;
        }
        List<Attribute<?>> places = List.copyOf(ActionAttributes.LIST.all());
        if (actions.length > places.size()) {
            throw new InvalidRequestException(
                    "a filter has at most " + places.size() + " actions, not " + actions.length);
        }
        options.nest(
                list,
                writer -> {
                    for (int i = 0; i < actions.length; i++) {
                        Attributes action = actions[i].attributes();
                        writer.nest(places.get(i), inside -> inside.all(action));
                    }
                });
    }

    @Override
    FilterRequest with(TrafficHeader newHeader, Attributes newAttributes) {
        return new FilterRequest(newHeader, newAttributes);
    }
}
