package dev.weft.firewall.iptables;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.process.Program;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which `iptables` is to be used, where, and how long it may take.
///
/// @param family IPv4 unless asked otherwise
/// @param variant one of the installed programs
/// @param program an absolute path to use instead of looking for the variant
/// @param namespace where to act; nothing for the caller's
/// @param waitSeconds how long to wait for the lock of the tables; 0 for as long as the run may
///   take
/// @param limit how long one run may take, before it is killed
public record IptablesOptions(
        IpFamily family,
        Variant variant,
        @Nullable Path program,
        @Nullable NetworkNamespace namespace,
        int waitSeconds,
        Duration limit) {
    /// The administrator's choice of IPv4, in the caller's namespace, with a limit of a minute.
    public static final IptablesOptions DEFAULT =
            new IptablesOptions(
                    IpFamily.IPV4, Variant.DEFAULT, null, null, 0, Program.DEFAULT_LIMIT);

    public IptablesOptions {
        if (waitSeconds < 0) {
            throw new InvalidRequestException("nobody waits for " + waitSeconds + " seconds");
        }
    }

    /// These for a family.
    public IptablesOptions withFamily(IpFamily chosen) {
        return new IptablesOptions(chosen, variant, program, namespace, waitSeconds, limit);
    }

    /// These for a variant.
    public IptablesOptions withVariant(Variant chosen) {
        return new IptablesOptions(family, chosen, program, namespace, waitSeconds, limit);
    }

    /// These for a program at a path; `-save` and `-restore` at the end of it are its companions.
    public IptablesOptions withProgram(Path path) {
        return new IptablesOptions(family, variant, path, namespace, waitSeconds, limit);
    }

    /// These in a namespace, which stays the caller's and is to be open while it is used.
    public IptablesOptions withNamespace(NetworkNamespace place) {
        return new IptablesOptions(family, variant, program, place, waitSeconds, limit);
    }

    /// These with a limit of the wait for the lock.
    public IptablesOptions withWaitSeconds(int seconds) {
        return new IptablesOptions(family, variant, program, namespace, seconds, limit);
    }

    /// These with a limit of each run.
    public IptablesOptions withLimit(Duration time) {
        return new IptablesOptions(family, variant, program, namespace, waitSeconds, time);
    }
}
