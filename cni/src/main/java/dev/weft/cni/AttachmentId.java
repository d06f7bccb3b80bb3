package dev.weft.cni;

/// One interface of one container: what ADD and DEL are about.
///
/// @param containerId the container
/// @param interfaceName the interface inside it
public record AttachmentId(String containerId, String interfaceName) {}
