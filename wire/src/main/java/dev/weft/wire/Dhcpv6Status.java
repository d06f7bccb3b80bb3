package dev.weft.wire;

/// How a DHCPv6 server's answer is meant (RFC 8415 section 21.13).
///
/// @param code one of the numbers below, or another
/// @param message for people
public record Dhcpv6Status(int code, String message) {
    public static final int SUCCESS = 0;
    public static final int UNSPECIFIED_FAILURE = 1;
    public static final int NO_ADDRESSES_AVAILABLE = 2;
    public static final int NO_BINDING = 3;
    public static final int NOT_ON_LINK = 4;
    public static final int USE_MULTICAST = 5;
    public static final int NO_PREFIX_AVAILABLE = 6;
}
