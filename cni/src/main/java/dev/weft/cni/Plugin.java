package dev.weft.cni;

import java.util.List;
import java.util.Set;

/// A plugin: five operations. Each throws [CniException] with the code to report; any other
/// exception of the kernel or of a file is reported with code 999.
public interface Plugin {
    /// Its name, that of its file: `bridge`.
    String type();

    /// The versions of configurations that it takes.
    List<CniVersion> versions();

    /// Creates or adjusts the interface, and tells what it made. What a failing ADD has done it
    /// undoes itself.
    Result add(Request request);

    /// Removes whatever ADD made, as far as it is there; may be repeated.
    void delete(Request request);

    /// Compares what ADD made with what is there.
    void check(Request request);

    /// Removes what belongs to this network and to none of the valid attachments.
    void collect(Request request, Set<AttachmentId> valid);

    /// Returns when ADD would be served.
    void status(Request request);
}
