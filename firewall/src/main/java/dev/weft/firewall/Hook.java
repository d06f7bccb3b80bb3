package dev.weft.firewall;

import dev.weft.firewall.value.Family;
import dev.weft.linux.InvalidRequestException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Where on its way through the machine a base chain sees a packet (`enum nf_inet_hooks`, `enum
/// nf_dev_hooks`, `NF_BR_*`, `NF_ARP_*`).
public enum Hook {
    PREROUTING,
    INPUT,
    FORWARD,
    OUTPUT,
    POSTROUTING,
    /// From a device, before the protocols.
    INGRESS,
    /// To a device, after the protocols.
    EGRESS;

    /// The hooks of a family; the kernel's number of each is its place.
    public static List<Hook> of(Family family) {
        return switch (family) {
            case IP, IP6, BRIDGE -> List.of(PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING);
            case INET -> List.of(PREROUTING, INPUT, FORWARD, OUTPUT, POSTROUTING, INGRESS);
            case ARP -> List.of(INPUT, OUTPUT);
            case NETDEV -> List.of(INGRESS, EGRESS);
        };
    }

    /// The kernel's number.
    ///
    /// @throws InvalidRequestException when the family has no such hook
    public int number(Family family) {
        int number = of(family).indexOf(this);
        if (number < 0) {
            throw new InvalidRequestException("family " + family + " has no hook " + this);
        }
        return number;
    }

    static Optional<Hook> find(Family family, int number) {
        List<Hook> hooks = of(family);
        return number >= 0 && number < hooks.size()
                ? Optional.of(hooks.get(number))
                : Optional.empty();
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
