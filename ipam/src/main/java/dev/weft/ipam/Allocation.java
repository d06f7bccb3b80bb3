package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.ResultAddress;
import dev.weft.linux.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Chooses and takes the addresses of one attachment: of each range set the first of the requested
/// ones that lies in it, or else the next free one.
final class Allocation {
    private final Leases.Transaction leases;
    private final HostLocalConfiguration configuration;
    private final AttachmentId owner;
    private final List<IpNumber> requested;

    Allocation(
            Leases.Transaction leases, HostLocalConfiguration configuration, AttachmentId owner) {
        this.leases = leases;
        this.configuration = configuration;
        this.owner = owner;
        this.requested = new ArrayList<>(configuration.requested());
    }

    /// Takes one address of every range set.
    ///
    /// @throws CniException when that is not possible; whoever has begun the transaction takes back
    ///   what was taken
    List<ResultAddress> addresses() {
        List<ResultAddress> addresses = new ArrayList<>();
        for (RangeSet set : configuration.rangeSets()) {
            addresses.add(address(addresses.size(), set));
        }
        if (!requested.isEmpty()) {
            throw failure(
                    "failed to allocate all requested IPs: "
                            + requested.stream()
                                    .map(IpNumber::toString)
                                    .collect(Collectors.joining(" ")));
        }
        return addresses;
    }

    private ResultAddress address(int number, RangeSet set) {
        try {
            IpNumber address = take(number, set);
            AddressRange range = set.rangeOf(address).orElseThrow();
            return ResultAddress.of(
                    new IpPrefix(address.address(), range.subnet().length()),
                    Optional.of(range.gateway().address()));
        } catch (CniException failed) {
            throw new CniException(
                    failed.code(),
                    "failed to allocate for range " + number + ": " + failed.text(),
                    failed.details());
        }
    }

    private IpNumber take(int number, RangeSet set) {
        Optional<IpNumber> wanted =
                requested.stream().filter(each -> set.rangeOf(each).isPresent()).findFirst();
        if (wanted.isPresent()) {
            requested.remove(wanted.get());
            return takeRequested(number, set, wanted.get());
        }
        requireNone(set);
        return takeNext(number, set);
    }

    private IpNumber takeRequested(int number, RangeSet set, IpNumber address) {
        if (set.rangeOf(address).orElseThrow().gateway().equals(address)) {
            throw failure("requested ip " + address + " is subnet's gateway");
        }
        if (!leases.reserve(number, address, owner)) {
            throw failure(
                    "requested IP address " + address + " is not available in range set " + set);
        }
        return address;
    }

    /// A runtime that adds twice has lost its state, and would lose the first address.
    private void requireNone(RangeSet set) {
        for (Lease lease : leases.leasesOf(owner)) {
            if (set.rangeOf(lease.address()).isPresent()) {
                throw failure(
                        lease.address()
                                + " has been allocated to "
                                + owner.containerId()
                                + ", duplicate allocation is not allowed");
            }
        }
    }

    /// What is not known to be taken may be: then it is known now, and the search goes on.
    private IpNumber takeNext(int number, RangeSet set) {
        Optional<IpNumber> last = leases.lastReserved(number);
        do {
            Optional<IpNumber> free = set.nextFree(last, leases.taken());
            while (free.isPresent()) {
                if (leases.reserve(number, free.get(), owner)) {
                    return free.get();
                }
                free = set.nextFree(last, leases.taken());
            }
        } while (leases.refresh());
        throw failure("no IP addresses available in range set: " + set);
    }

    private static CniException failure(String text) {
        return new CniException(ErrorCode.INTERNAL, text);
    }
}
