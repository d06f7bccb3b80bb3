package dev.weft.linux.link;

import dev.weft.linux.netlink.AttributeTable;
import java.util.List;
import java.util.Optional;

/// A kind of link whose data Weft knows. Links of other kinds are read as well, their data kept as
/// bytes.
///
/// @param kernelName the name the kernel uses, `veth`
/// @param data the attributes of a link of this kind
/// @param port the attributes it keeps for each of its ports
public record LinkKind(
        String kernelName, Optional<AttributeTable> data, Optional<AttributeTable> port) {
    /// Switches between its ports.
    public static final LinkKind BRIDGE = of("bridge", BridgeAttributes.TABLE);

    /// One end of a pair: what enters one leaves the other.
    public static final LinkKind VETH = of("veth", VethAttributes.TABLE);

    private static final List<LinkKind> ALL = List.of(BRIDGE, VETH);

    private static LinkKind of(String kernelName, AttributeTable data) {
        return new LinkKind(kernelName, Optional.of(data), Optional.empty());
    }

    /// Every kind.
    public static List<LinkKind> all() {
        return ALL;
    }

    /// The kind of a kernel name, if Weft knows it.
    public static Optional<LinkKind> find(String kernelName) {
        return ALL.stream().filter(kind -> kind.kernelName.equals(kernelName)).findFirst();
    }
}
