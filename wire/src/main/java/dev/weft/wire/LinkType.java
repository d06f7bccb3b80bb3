package dev.weft.wire;

/// What a captured packet starts with (the LINKTYPE_ values of pcap and pcapng). Numbers without a
/// name here survive, their packets stay undecoded.
///
/// @param value 0 to 65535
public record LinkType(int value) {
    public static final LinkType ETHERNET = new LinkType(1);

    /// An IPv4 or IPv6 header, told apart by the version.
    public static final LinkType RAW = new LinkType(101);

    /// Linux "cooked" capture version 2: packets of the `any` device.
    public static final LinkType LINUX_SLL2 = new LinkType(276);

    public LinkType {
        Fields.check("link type", value, 16);
    }
}
