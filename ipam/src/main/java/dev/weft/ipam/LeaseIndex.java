package dev.weft.ipam;

import dev.weft.cni.AttachmentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The leases of a directory: by address, by owner, and which addresses are taken.
final class LeaseIndex {
    private final Map<IpNumber, Lease> byAddress = new HashMap<>();
    private final Map<AttachmentId, Set<IpNumber>> byOwner = new HashMap<>();
    private final TakenAddresses taken = new TakenAddresses();

    void put(Lease lease) {
        remove(lease.address());
        byAddress.put(lease.address(), lease);
        byOwner.computeIfAbsent(lease.owner(), _ -> LinkedHashSet.newLinkedHashSet(1))
                .add(lease.address());
        taken.add(lease.address());
    }

    void remove(IpNumber address) {
        Lease lease = byAddress.remove(address);
        if (lease == null) {
            return;
        }
        taken.remove(address);
        byOwner.computeIfPresent(
                lease.owner(),
                (_, addresses) -> {
                    addresses.remove(address);
                    return addresses.isEmpty() ? null : addresses;
                });
    }

    void clear() {
        List.copyOf(byAddress.keySet()).forEach(this::remove);
    }

    /// Forgets all leases but those of some addresses.
    void retain(Set<IpNumber> addresses) {
        List.copyOf(byAddress.keySet()).stream()
                .filter(address -> !addresses.contains(address))
                .forEach(this::remove);
    }

    Optional<Lease> find(IpNumber address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /// The leases of an attachment; where it has none, those of its container that tell no
    /// interface.
    List<Lease> leasesOf(AttachmentId attachment) {
        Set<IpNumber> addresses = byOwner.get(attachment);
        if (addresses == null) {
            addresses = byOwner.get(Lease.legacy(attachment.containerId()));
        }
        List<Lease> leases = new ArrayList<>();
        if (addresses != null) {
            addresses.forEach(address -> find(address).ifPresent(leases::add));
        }
        return leases;
    }

    Collection<Lease> all() {
        return byAddress.values();
    }

    int size() {
        return byAddress.size();
    }

    TakenAddresses taken() {
        return taken;
    }
}
