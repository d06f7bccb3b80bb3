package dev.weft.linux.sys;

import java.util.Locale;

/// A processor architecture of the kernel: what differs between them, in one table.
///
/// The structures that Weft hands to the kernel are laid out alike on both; only the numbers of the
/// calls differ (`arch/x86/entry/syscalls/syscall_64.tbl`, `include/uapi/asm-generic/unistd.h`).
public enum Architecture {
    /// 64-bit x86, `x86_64`.
    X86_64,
    /// 64-bit Arm, `aarch64`.
    ARM64;

    private static final Architecture CURRENT = parse(System.getProperty("os.arch", "unknown"));

    /// The architecture this process runs on.
    public static Architecture current() {
        return CURRENT;
    }

    /// The architecture by the JVM's name for it.
    ///
    /// @throws UnsupportedOperationException when Weft has no call numbers for it
    public static Architecture parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> ARM64;
            default ->
                    throw new UnsupportedOperationException(
                            "Weft knows the system call numbers of x86-64 and arm64, not of "
                                    + name);
        };
    }
}
