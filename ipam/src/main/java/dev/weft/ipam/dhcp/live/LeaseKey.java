package dev.weft.ipam.dhcp.live;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.Request;
import dev.weft.ipam.dhcp.SavedLease;

/// Whose lease it is.
///
/// @param network the network's name
/// @param attachment which interface of which container
record LeaseKey(String network, AttachmentId attachment) {

    static LeaseKey of(Request request) {
        return new LeaseKey(request.network(), request.attachment());
    }

    static LeaseKey of(SavedLease saved) {
        return new LeaseKey(saved.network(), saved.attachment());
    }

    /// As the client identifier has it.
    @Override
    public String toString() {
        return attachment.containerId() + "/" + network + "/" + attachment.interfaceName();
    }
}
