package dev.weft.cni;

import java.util.List;
import java.util.Optional;

/// What a container should use to resolve names.
///
/// @param nameservers addresses, as they were written
/// @param domain the local domain
/// @param search domains that are tried for short names
/// @param options of the resolver
public record Dns(
        List<String> nameservers,
        Optional<String> domain,
        List<String> search,
        List<String> options) {
    public Dns {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /// No settings.
    public static Dns none() {
        return new Dns(List.of(), Optional.empty(), List.of(), List.of());
    }

    /// Reads the object of a configuration or result.
    public static Dns of(Fields fields) {
        return new Dns(
                fields.strings("nameservers"),
                fields.text("domain").filter(domain -> !domain.isEmpty()),
                fields.strings("search"),
                fields.strings("options"));
    }

    /// Whether there is no setting at all.
    public boolean isEmpty() {
        return equals(none());
    }
}
