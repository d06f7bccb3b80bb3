package dev.weft.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// What a kernel test needs of the kernel it meets. A build machine's kernel may lack a feature:
/// there the test is skipped, and the skip names the feature. The virtual machine of
/// `testkit/vm/run` exists to have it, so there the lack fails the test.
///
/// What is newer than the virtual machine's kernel is asked for by release instead, and a lack
/// stays a skip there too.
///
/// The methods are called at the start of a test, or of one invocation of a parameterised one.
public final class KernelFeature {
    private static final String EVERY_FEATURE = "weft.vm";
    private static final String PROBE = "weft-probe";

    private static final Map<String, Boolean> LINK_KINDS = new ConcurrentHashMap<>();

    private KernelFeature() {}

    /// Goes on if the kernel knows links of this kind; otherwise skips the test (fails it in the
    /// virtual machine).
    ///
    /// @param kind as in IFLA_INFO_KIND: `vrf`, `ipvlan`
    public static void assumeLinkKind(String kind) {
        assume("link kind " + kind, LINK_KINDS.computeIfAbsent(kind, KernelFeature::knowsLinkKind));
    }

    /// The same for a feature that the caller has looked for.
    ///
    /// @param feature completes "this kernel has no ..."
    public static void assume(String feature, boolean present) {
        decide(feature, present, Boolean.getBoolean(EVERY_FEATURE));
    }

    /// Goes on if the kernel is at least of this release; otherwise skips the test, also in the
    /// virtual machine.
    ///
    /// @param feature completes "this kernel has no ..."
    public static void assumeSince(int major, int minor, String feature) {
        if (!isAtLeast(System.getProperty("os.version"), major, minor)) {
            throw new TestAbortedException(
                    "this kernel has no " + feature + ", new in Linux " + major + "." + minor);
        }
    }

    /// Goes on if the test runs as root of the machine; otherwise, in a user namespace of an
    /// ordinary user, skips it.
    ///
    /// @param deed completes "an ordinary user may not ..."
    public static void assumeMachineRoot(String deed) {
        if (!mapsEveryUser(Path.of("/proc/self/uid_map"))) {
            throw new TestAbortedException("an ordinary user may not " + deed);
        }
    }

    /// Only the machine's first user namespace has all user ids (user_namespaces(7)).
    static boolean mapsEveryUser(Path map) {
        try {
            return Files.readString(map).strip().endsWith(" 4294967295");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static boolean isAtLeast(String release, int major, int minor) {
        String[] numbers = release.split("\\D", 3);
        int found = Integer.parseInt(numbers[0]);
        return found > major || (found == major && Integer.parseInt(numbers[1]) >= minor);
    }

    static void decide(String feature, boolean present, boolean promised) {
        if (present) {
            return;
        }
        String reason = "this kernel has no " + feature;
        if (promised) {
            throw new AssertionFailedError(
                    reason + ", and a test in the virtual machine may not be skipped for that");
        }
        throw new TestAbortedException(reason);
    }

    /// Asks for a link with nothing but a kind. A kernel that knows the kind makes it or misses an
    /// attribute; one that does not, even after loading modules, answers EOPNOTSUPP with this text
    /// (net/core/rtnetlink.c, `rtnl_newlink`).
    private static boolean knowsLinkKind(String kind) {
        Command.Result made = Command.run("ip", "link", "add", "name", PROBE, "type", kind);
        if (made.exit() == 0) {
            Command.run("ip", "link", "delete", PROBE).orFail();
        }
        return !made.stderr().contains("Unknown device type");
    }
}
