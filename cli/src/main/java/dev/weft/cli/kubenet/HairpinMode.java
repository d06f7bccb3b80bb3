package dev.weft.cli.kubenet;

import java.util.Locale;

/// How a pod reaches itself by an address that leads to it, where the bridge sends the packet back
/// itself (`br_netfilter`): a bridge does not return a packet to the port that it came from.
enum HairpinMode {
    /// The host gets a copy of every packet, and routes it back; the bridge's own is dropped.
    PROMISCUOUS_BRIDGE,
    /// The bridge returns packets to their ports.
    HAIRPIN_VETH,
    /// Not at all.
    NONE;

    /// As kubelet's option has it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
