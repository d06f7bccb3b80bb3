package dev.weft.plugins.site;

import com.google.gson.JsonObject;
import dev.weft.cni.Request;
import dev.weft.linux.namespace.NetworkNamespace;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which namespace an attachment was made in, for its record: what was noted of one container is
/// not to be done to another that came later, nor to the one that a runtime made anew under the
/// same id.
///
/// @param path as the runtime gave it
/// @param identity of the namespace; the kernel may use it again when the namespace is gone
public record NamespaceMark(String path, String identity) {

    /// The container of a request.
    public static NamespaceMark of(Request request, Container container) {
        return new NamespaceMark(request.netns().orElse(""), identityOf(container.namespace()));
    }

    private static String identityOf(NetworkNamespace namespace) {
        return namespace.id().device() + ":" + namespace.id().inode();
    }

    /// Adds it to a record's content.
    public void writeTo(JsonObject content) {
        content.addProperty("netns", path);
        content.addProperty("namespace", identity);
    }

    /// The mark in a record; nothing when it is of an earlier boot.
    public static Optional<NamespaceMark> of(AttachmentRecord record) {
        return AttachmentRecords.isOfThisBoot(record)
                ? Optional.of(
                        new NamespaceMark(
                                record.fields().text("netns").orElse(""),
                                record.fields().text("namespace").orElse("")))
                : Optional.empty();
    }

    /// Whether a record tells of this very container.
    public static boolean isOf(AttachmentRecord record, Container container) {
        return of(record).filter(mark -> mark.isOf(container)).isPresent();
    }

    /// Whether it can be one, and not what is left of a record that somebody spoilt.
    public boolean isReadable() {
        return !identity.isEmpty();
    }

    public boolean isOf(Container container) {
        return identity.equals(identityOf(container.namespace()));
    }

    /// The namespace, if it is still there: where the request says, or else where it was.
    public Optional<Container> open(Request request) {
        return Stream.of(
                        request.namespacePath(),
                        Optional.of(path).filter(NamespaceMark::isPath).map(Path::of))
                .flatMap(Optional::stream)
                .distinct()
                .flatMap(candidate -> open(candidate).stream())
                .findFirst();
    }

    private static boolean isPath(String text) {
        return !text.isEmpty() && text.indexOf('\0') < 0;
    }

    private Optional<Container> open(Path candidate) {
        Optional<Container> container = Container.find(candidate);
        if (container.isPresent() && !isOf(container.get())) {
            container.get().close();
            return Optional.empty();
        }
        return container;
    }
}
