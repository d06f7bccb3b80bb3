package dev.weft.plugins.stacked;

import dev.weft.cni.CniException;
import dev.weft.cni.Result;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import java.util.Optional;

/// What an interface shall be that stands on another link: the keys of one of the plugins.
public sealed interface StackedConfiguration
        permits MacvlanConfiguration, IpvlanConfiguration, VlanConfiguration {

    /// The keys that all of them have.
    StackedKeys keys();

    /// What is asked of the kernel, but for what is below.
    ///
    /// @param name of the interface
    LinkRequest asked(String name);

    /// The hardware address that it shall have, if that is told.
    default Optional<HardwareAddress> address() {
        return Optional.empty();
    }

    /// What it has where no plugin gives addresses.
    default Result given() {
        return Result.empty();
    }

    /// Makes sure that an interface is as it shall be.
    ///
    /// @param inside an interface of the right kind
    /// @throws CniException when it is not as it shall be
    void requireSame(Link inside);
}
