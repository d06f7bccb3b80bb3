package dev.weft.ipam.dhcp.live;

import dev.weft.ipam.dhcp.Dhcpv4Settings;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What an ADD asks for.
///
/// @param key whose lease it will be
/// @param namespace a path to the container's namespace that stays good after the ADD
/// @param settings the client's
/// @param priority the metric of the routes
record LeaseWish(LeaseKey key, Path namespace, Dhcpv4Settings settings, OptionalInt priority) {}
