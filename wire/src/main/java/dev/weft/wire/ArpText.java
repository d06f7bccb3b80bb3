package dev.weft.wire;

/// The line of an ARP packet.
final class ArpText {
    private ArpText() {}

    static String of(Arp.View view) {
        int length = view.bytes().length();
        if (!view.isIpv4OverEthernet()) {
            return "ARP, hardware %d, protocol %s, operation %d, length %d"
                    .formatted(view.hardwareType(), view.protocolType(), view.operation(), length);
        }
        return "ARP, %s, length %d".formatted(text(view.value()), length);
    }

    private static String text(Arp arp) {
        String sender = IpAddresses.text(arp.senderIp());
        String target = IpAddresses.text(arp.targetIp());
        return switch (arp.operation()) {
            case Arp.REQUEST ->
                    "Request who-has %s%s tell %s".formatted(target, known(arp), sender);
            case Arp.REPLY -> "Reply %s is-at %s".formatted(sender, arp.senderMac());
            default -> "operation %d, %s, %s".formatted(arp.operation(), sender, target);
        };
    }

    /// A request that already names a link address, as the kernel's probes of a known neighbour do.
    private static String known(Arp arp) {
        return arp.targetMac().equals(MacAddress.ZERO) ? "" : " (" + arp.targetMac() + ")";
    }
}
