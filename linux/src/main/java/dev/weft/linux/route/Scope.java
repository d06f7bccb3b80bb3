package dev.weft.linux.route;

import java.util.Map;

/// How far an address or the destination of a route is away (`RT_SCOPE_*`). IPv6 does not look at
/// it for routes.
///
/// @param number 0 to 255; the higher, the nearer
public record Scope(int number) {
    /// Anywhere.
    public static final Scope GLOBAL = new Scope(0);

    /// Inside of one site (IPv6, deprecated).
    public static final Scope SITE = new Scope(200);

    /// On the link.
    public static final Scope LINK = new Scope(253);

    /// This host.
    public static final Scope HOST = new Scope(254);

    /// Nowhere; in a request to delete, whichever scope the route has.
    public static final Scope NOWHERE = new Scope(255);

    private static final Map<Scope, String> NAMES =
            Map.of(GLOBAL, "global", SITE, "site", LINK, "link", HOST, "host", NOWHERE, "nowhere");

    public Scope {
        Numbers.requireByte("scope", number);
    }

    @Override
    public String toString() {
        return NAMES.getOrDefault(this, Integer.toString(number));
    }
}
