package dev.weft.linux.namespace;

/// Which namespace a descriptor refers to: device and inode of its file, as `stat` shows them. Two
/// descriptors with equal identities are the same namespace while either is open.
public record NamespaceId(long device, long inode) {

    /// As `readlink /proc/PID/ns/net` shows it.
    @Override
    public String toString() {
        return "net:[" + inode + "]";
    }
}
