package dev.weft.linux.tc;

import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import java.util.function.Consumer;

/// What is asked of an action that a filter is to carry out.
///
/// @param attributes of [ActionAttributes]
public record ActionRequest(Attributes attributes) {

    /// An action of any kind.
    ///
    /// @param kind the kernel's name of it
    /// @param options of that kind
    public static ActionRequest of(String kind, Consumer<AttributeWriter> options) {
        return new ActionRequest(
                Attributes.build(
                        ActionAttributes.TABLE,
                        action ->
                                action.put(ActionAttributes.KIND, kind)
                                        .nest(ActionAttributes.OPTIONS, options)));
    }

    /// Hands packets, or copies of them, to another link.
    public static ActionRequest mirred(MirredAttributes.Way way, int linkIndex) {
        return of(
                MirredAttributes.KIND,
                options ->
                        options.put(
                                MirredAttributes.PARAMETERS,
                                new MirredAttributes.Parameters(
                                        ActionHeader.of(way.verdict()), way.number(), linkIndex)));
    }

    /// Decides what becomes of packets.
    public static ActionRequest verdict(Verdict verdict) {
        return of(
                GactAttributes.KIND,
                options -> options.put(GactAttributes.PARAMETERS, ActionHeader.of(verdict)));
    }
}
