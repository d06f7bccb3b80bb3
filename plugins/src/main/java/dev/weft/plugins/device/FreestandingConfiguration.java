package dev.weft.plugins.device;

import dev.weft.cni.CniException;
import dev.weft.cni.Dns;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.plugins.link.Readiness;
import dev.weft.plugins.site.Container;
import java.util.Optional;

/// What an interface shall be that stands on no other link: the keys of one of the plugins.
sealed interface FreestandingConfiguration permits DummyConfiguration, TapConfiguration {

    /// What it gets when it is there, beside its hardware address.
    ///
    /// @throws CniException when the container lacks what that needs
    default LinkRequest settings(Container container) {
        return LinkRequest.empty();
    }

    /// Makes the interface; when that fails there is none.
    ///
    /// @param name of the interface, which is free
    Link create(Container container, String name);

    /// The hardware address that it shall have, if that is told.
    default Optional<HardwareAddress> address() {
        return Optional.empty();
    }

    /// What it has instead of what the addresses' plugin says.
    Optional<Dns> dns();

    /// Compares an interface with it.
    ///
    /// @param inside an interface of the right kind
    /// @throws CniException when it is not as it shall be
    void requireSame(Container container, Link inside);

    /// Looks for what it needs.
    ///
    /// @throws CniException code 50 that says what is missing
    void requireReady(Readiness readiness);
}
