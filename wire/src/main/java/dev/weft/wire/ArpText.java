package dev.weft.wire;

import java.util.Locale;

/// The line of an ARP packet.
final class ArpText {
    private ArpText() {}

    static String of(Arp.View view) {
        int length = view.bytes().length();
        if (!view.isIpv4OverEthernet()) {
            return String.format(
                    Locale.ROOT,
                    "ARP, hardware %d, protocol %s, operation %d, length %d",
                    view.hardwareType(),
                    view.protocolType(),
                    view.operation(),
                    length);
        }
        return String.format(Locale.ROOT, "ARP, %s, length %d", text(view.value()), length);
    }

    private static String text(Arp arp) {
        String sender = IpAddresses.text(arp.senderIp());
        String target = IpAddresses.text(arp.targetIp());
        return switch (arp.operation()) {
            case Arp.REQUEST ->
                    String.format(
                            Locale.ROOT,
                            "Request who-has %s%s tell %s",
                            target,
                            known(arp),
                            sender);
            case Arp.REPLY ->
                    String.format(Locale.ROOT, "Reply %s is-at %s", sender, arp.senderMac());
            default ->
                    String.format(
                            Locale.ROOT, "operation %d, %s, %s", arp.operation(), sender, target);
        };
    }

    /// A request that already names a link address, as the kernel's probes of a known neighbour do.
    private static String known(Arp arp) {
        return arp.targetMac().equals(MacAddress.ZERO) ? "" : " (" + arp.targetMac() + ")";
    }
}
