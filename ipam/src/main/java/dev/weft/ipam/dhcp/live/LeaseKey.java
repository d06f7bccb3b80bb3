package dev.weft.ipam.dhcp.live;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Request;
import dev.weft.ipam.dhcp.SavedDhcpv6Lease;
import dev.weft.ipam.dhcp.SavedLease;
import dev.weft.linux.IpFamily;

/// Whose lease it is.
///
/// @param network the network's name
/// @param attachment which interface of which container
/// @param family of the addresses
record LeaseKey(String network, AttachmentId attachment, IpFamily family) {

    static LeaseKey of(Request request, IpFamily family) {
        return new LeaseKey(request.network(), request.attachment(), family);
    }

    static LeaseKey of(SavedLease saved) {
        return new LeaseKey(saved.network(), saved.attachment(), IpFamily.IPV4);
    }

    static LeaseKey of(SavedDhcpv6Lease saved) {
        return new LeaseKey(saved.network(), saved.attachment(), IpFamily.IPV6);
    }

    /// As the client identifier has it.
    String client() {
        return attachment.containerId() + "/" + network + "/" + attachment.interfaceName();
    }

    @Override
    public String toString() {
        return switch (family) {
            case IPV4 -> client();
            case IPV6 -> client() + " (IPv6)";
        };
    }
}
