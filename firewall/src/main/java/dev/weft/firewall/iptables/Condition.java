package dev.weft.firewall.iptables;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.util.Optional;

/// What one of a rule's own options asks of a packet: `-s 10.0.0.0/8`, `! -i eth0`.
///
/// @param value as written
/// @param negated whether a packet is to differ
public record Condition(String value, boolean negated) {

    /// The value as a prefix; nothing when it is none, such as a mask with holes.
    public Optional<IpPrefix> prefix() {
        try {
            return Optional.of(IpPrefix.parse(value));
        } catch (InvalidRequestException none) {
            return Optional.empty();
        }
    }
}
