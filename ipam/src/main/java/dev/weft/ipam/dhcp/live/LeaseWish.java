package dev.weft.ipam.dhcp.live;

import dev.weft.ipam.dhcp.Dhcpv4Settings;
import dev.weft.wire.MacAddress;
import java.nio.file.Path;
import java.util.OptionalInt;

/// What an ADD asks for.
sealed interface LeaseWish {
    /// Whose lease it will be.
    LeaseKey key();

    /// A path to the container's namespace that stays good after the ADD.
    Path namespace();

    /// The interface's link address.
    MacAddress hardware();

    /// An IPv4 address.
    ///
    /// @param settings the client's
    /// @param priority the metric of the routes
    record OfDhcpv4(LeaseKey key, Path namespace, Dhcpv4Settings settings, OptionalInt priority)
            implements LeaseWish {
        @Override
        public MacAddress hardware() {
            return settings.hardware();
        }
    }

    /// An IPv6 address.
    record OfDhcpv6(LeaseKey key, Path namespace, MacAddress hardware) implements LeaseWish {}
}
