package dev.weft.firewall;

/// The order of base chains at one hook: lower ones see a packet first (`enum
/// nf_ip_hook_priorities`).
public final class Priority {
    public static final int RAW = -300;
    public static final int MANGLE = -150;
    public static final int DESTINATION_NAT = -100;
    public static final int FILTER = 0;
    public static final int SECURITY = 50;
    public static final int SOURCE_NAT = 100;

    private Priority() {}
}
