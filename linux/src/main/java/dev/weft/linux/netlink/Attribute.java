package dev.weft.linux.netlink;

import java.util.Optional;
import java.util.function.Function;

/// One attribute of a table: its number, the kernel's name of it, and what its value is.
///
/// @param number the kernel's number, without the two flag bits
/// @param name the constant's name in the kernel's header, `IFLA_MTU`
/// @param codec how the value stands in bytes
/// @param inside given the attributes beside this one, the table of those inside it; empty for
///   plain values. Some nests depend on a neighbour: what `IFLA_INFO_DATA` holds is decided by
///   `IFLA_INFO_KIND`.
public record Attribute<T>(
        int number,
        String name,
        Codec<T> codec,
        Function<Attributes, Optional<AttributeTable>> inside) {

    @Override
    public String toString() {
        return name;
    }
}
