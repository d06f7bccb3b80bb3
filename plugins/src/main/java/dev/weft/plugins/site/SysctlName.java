package dev.weft.plugins.site;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/// A network sysctl as configurations name it, `net.ipv4.conf.IFNAME.arp_filter`.
///
/// As in sysctl(8) the first separator, dot or slash, is the one of the whole name, and the other
/// character stands for a dot within a part: `net.ipv4.conf.eth0/10.forwarding` is the same as
/// `net/ipv4/conf/eth0.10/forwarding`. Names come from whoever writes the configuration, so none
/// leads out of `/proc/sys/net`.
///
/// @param parts below `/proc/sys`, the first one `net`
public record SysctlName(List<String> parts) {
    private static final String INTERFACE = "IFNAME";
    private static final int MOST_CHARACTERS = 1024;

    public SysctlName {
        parts = List.copyOf(parts);
    }

    /// Reads a name.
    ///
    /// @param interfaceName what the first `IFNAME` stands for
    /// @throws CniException when it is no sysctl of a network namespace
    public static SysctlName parse(String text, String interfaceName) {
        List<String> parts = new ArrayList<>(parts(text));
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).contains(INTERFACE)) {
                parts.set(
                        i,
                        parts.get(i)
                                .replaceFirst(INTERFACE, Matcher.quoteReplacement(interfaceName)));
                break;
            }
        }
        SysctlName name = new SysctlName(parts);
        if (text.length() > MOST_CHARACTERS || !name.isOfNetwork()) {
            throw new CniException(
                    ErrorCode.INVALID_CONFIGURATION, "invalid net sysctl key: \"" + text + '"');
        }
        return name;
    }

    private static List<String> parts(String text) {
        int dot = text.indexOf('.');
        int slash = text.indexOf('/');
        boolean dots = slash < 0 || (dot >= 0 && dot < slash);
        return Stream.of(text.split(dots ? "\\." : "/", -1))
                .map(part -> dots ? part.replace('/', '.') : part)
                .toList();
    }

    private boolean isOfNetwork() {
        return parts.size() > 1
                && parts.getFirst().equals("net")
                && parts.stream().allMatch(SysctlName::isPart);
    }

    private static boolean isPart(String part) {
        return !part.isEmpty()
                && !part.equals(".")
                && !part.equals("..")
                && part.chars().allMatch(c -> c > ' ' && c != '/' && c != 0x7f);
    }

    /// The parts as [dev.weft.linux.namespace.Sysctls] takes them.
    public String[] key() {
        return parts.toArray(String[]::new);
    }

    /// Separated by slashes.
    @Override
    public String toString() {
        return String.join("/", parts);
    }
}
