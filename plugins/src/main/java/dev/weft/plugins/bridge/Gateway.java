package dev.weft.plugins.bridge;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Result;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.HardwareAddress;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkRequest;
import dev.weft.linux.route.Address;
import dev.weft.linux.route.AddressFlag;
import dev.weft.linux.route.AddressRequest;
import dev.weft.linux.route.Addresses;
import dev.weft.plugins.site.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The host as the router of a network: a device of it has the gateways' addresses.
///
/// @param site where
/// @param device the bridge, or the device in its VLAN
record Gateway(Site site, Link device) {

    /// The addresses that the device should have.
    static List<IpPrefix> addressesOf(Result result) {
        List<IpPrefix> own = new ArrayList<>();
        for (ResultAddress address : result.addresses()) {
            address.gateway()
                    .ifPresent(
                            gateway -> own.add(new IpPrefix(gateway, address.address().length())));
        }
        return own;
    }

    /// Gives the device its addresses, and lets packets through.
    ///
    /// @param force whether other addresses give way
    /// @throws CniException when the device has another address
    void apply(List<IpPrefix> wanted, boolean force) {
        Addresses addresses = new Addresses(site.socket());
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        wanted.forEach(own -> families.add(IpFamily.of(own.address())));
        List<Address> present = new ArrayList<>();
        families.forEach(family -> present.addAll(addresses.list(device.index(), family)));
        if (!missing(present, wanted).isEmpty()) {
            site.exclusively(() -> add(addresses, wanted, force));
        }
        families.forEach(site.forwarding()::enable);
    }

    /// Those of the wanted addresses that are not there.
    static List<IpPrefix> missing(List<Address> present, List<IpPrefix> wanted) {
        return wanted.stream()
                .filter(own -> present.stream().noneMatch(other -> other.prefix().equals(own)))
                .toList();
    }

    /// Nobody else is at it, so two networks cannot each find the device without the other's
    /// address.
    private boolean add(Addresses addresses, List<IpPrefix> wanted, boolean force) {
        for (IpPrefix own : wanted) {
            List<Address> present = addresses.list(device.index());
            if (!missing(present, List.of(own)).isEmpty()) {
                makeRoom(addresses, present, own, force);
                addresses.add(device.index(), request(own));
            }
        }
        device.address().ifPresent(this::pin);
        return true;
    }

    /// A bridge's hardware address is that of one of its ports unless it was set, and then stays.
    private void pin(HardwareAddress address) {
        site.links().change(device.index(), LinkRequest.empty().address(address));
    }

    private void makeRoom(Addresses addresses, List<Address> present, IpPrefix own, boolean force) {
        for (Address other : present) {
            if (conflicts(other.prefix(), own)) {
                if (!force) {
                    throw new CniException(
                            ErrorCode.INTERNAL,
                            '"'
                                    + device.name()
                                    + "\" already has an IP address different from "
                                    + own);
                }
                addresses.delete(device.index(), other.prefix());
            }
        }
    }

    /// Nobody else can have it, as the host is the one that gives addresses out here; so it serves
    /// the first container at once.
    private static AddressRequest request(IpPrefix own) {
        AddressRequest request = AddressRequest.of(own).broadcast();
        return IpFamily.of(own.address()) == IpFamily.IPV6
                ? request.flag(AddressFlag.NO_DUPLICATE_DETECTION)
                : request;
    }

    /// Any other IPv4 address, or an IPv6 address of an overlapping subnet.
    private static boolean conflicts(IpPrefix other, IpPrefix own) {
        if (IpFamily.of(other.address()) != IpFamily.of(own.address())
                || other.address().isLinkLocalAddress()) {
            return false;
        }
        return IpFamily.of(own.address()) == IpFamily.IPV4
                || other.contains(own.address())
                || own.contains(other.address());
    }
}
