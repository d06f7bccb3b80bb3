package dev.weft.ipam;

import dev.weft.cni.AttachmentId;

/// An address that is taken, as its file says it.
///
/// @param address the file's name
/// @param owner the file's content; without an interface in a file of an old release of the
///   reference implementation
/// @param modifiedNanos when the file was written
record Lease(IpNumber address, AttachmentId owner, long modifiedNanos) {
    /// Owns what is no lease, though it has an address for its name: nobody may have or remove it.
    static final AttachmentId NOBODY = new AttachmentId("", "");

    /// The owner that a file tells which has the container's id alone.
    static AttachmentId legacy(String containerId) {
        return new AttachmentId(containerId, "");
    }
}
