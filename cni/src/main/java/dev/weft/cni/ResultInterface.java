package dev.weft.cni;

import java.util.Optional;
import java.util.OptionalInt;

/// An interface in a result.
///
/// @param name its name in its namespace
/// @param mac its hardware address as text
/// @param mtuBytes its MTU, when told
/// @param sandbox the namespace's path; absent for an interface of the host
/// @param socketPath of an interface that is a socket
/// @param pciId of a device behind it
public record ResultInterface(
        String name,
        Optional<String> mac,
        OptionalInt mtuBytes,
        Optional<String> sandbox,
        Optional<String> socketPath,
        Optional<String> pciId) {

    /// An interface of the host.
    public static ResultInterface ofHost(String name, String mac) {
        return new ResultInterface(
                name,
                Optional.of(mac),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// An interface of a container.
    public static ResultInterface ofContainer(String name, String mac, String sandbox) {
        return new ResultInterface(
                name,
                Optional.of(mac),
                OptionalInt.empty(),
                Optional.of(sandbox),
                Optional.empty(),
                Optional.empty());
    }

    /// This with an MTU.
    public ResultInterface withMtu(int bytes) {
        return new ResultInterface(name, mac, OptionalInt.of(bytes), sandbox, socketPath, pciId);
    }

    /// This with another hardware address.
    public ResultInterface withMac(String other) {
        return new ResultInterface(name, Optional.of(other), mtuBytes, sandbox, socketPath, pciId);
    }
}
