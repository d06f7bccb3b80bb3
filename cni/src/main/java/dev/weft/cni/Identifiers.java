package dev.weft.cni;

import java.nio.charset.StandardCharsets;

/// Names that come from runtimes and become parts of file and interface names. (Specification,
/// section 2, "Parameters", and section 1, "Configuration format".)
public final class Identifiers {
    /// IFNAMSIZ without the terminating zero.
    private static final int MAX_INTERFACE_BYTES = 15;

    private Identifiers() {}

    /// Accepts a container's id.
    ///
    /// @throws CniException when it is empty or has other characters
    public static String requireContainerId(String id) {
        if (id.isEmpty()) {
            throw new CniException(ErrorCode.UNKNOWN_CONTAINER, "missing containerID");
        }
        if (!isWord(id)) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT, "invalid characters in containerID", id);
        }
        return id;
    }

    /// Accepts a network's name.
    ///
    /// @throws CniException when it is empty or has other characters
    public static String requireNetworkName(String name) {
        if (name.isEmpty()) {
            throw new CniException(ErrorCode.INVALID_CONFIGURATION, "missing network name:", name);
        }
        if (!isWord(name)) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION,
                    "invalid characters found in network name",
                    name);
        }
        return name;
    }

    /// Accepts an interface's name.
    ///
    /// @throws CniException when the kernel would not take it
    public static String requireInterfaceName(String name) {
        if (name.isEmpty()) {
            throw badInterface("interface name is empty", "");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_INTERFACE_BYTES) {
            throw badInterface(
                    "interface name is too long",
                    "interface name should be less than "
                            + (MAX_INTERFACE_BYTES + 1)
                            + " characters");
        }
        if (name.equals(".") || name.equals("..")) {
            throw badInterface("interface name is . or ..", "");
        }
        for (int i = 0; i < name.length(); i++) {
            if (isForbiddenInInterface(name.charAt(i))) {
                throw badInterface("interface name contains / or : or whitespace characters", name);
            }
        }
        return name;
    }

    private static CniException badInterface(String text, String details) {
        return new CniException(ErrorCode.INVALID_ENVIRONMENT, text, details);
    }

    /// No white space lies beyond 16 bits.
    private static boolean isForbiddenInInterface(char c) {
        return c == '/'
                || c == ':'
                || c == 0
                || c == 0x85
                || Character.isWhitespace(c)
                || Character.isSpaceChar(c);
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && (i == 0 || (c != '_' && c != '.' && c != '-'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
