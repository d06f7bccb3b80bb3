package dev.weft.linux.route;

/// The routing tables that exist by themselves (`RT_TABLE_*`). Tables have the numbers 1 to 2^32 -
/// 1; the others exist while they hold a route.
public final class RouteTable {
    /// In a request, the main table; in a rule's header, none.
    public static final long UNSPECIFIED = 0;

    /// What the rule of the lowest precedence asks.
    public static final long DEFAULT = 253;

    /// Where routes go unless told otherwise.
    public static final long MAIN = 254;

    /// The own addresses and broadcasts, kept by the kernel.
    public static final long LOCAL = 255;

    private static final int BYTE_MOST = 255;

    private RouteTable() {}

    /// A table's number as far as a header has room for it; the attribute decides anyway.
    static int headerByte(long table) {
        return table > BYTE_MOST ? 0 : (int) table;
    }
}
