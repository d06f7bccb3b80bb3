package dev.weft.cni;

import java.util.List;
import java.util.Optional;

/// A version of the specification.
public enum CniVersion {
    V0_1_0("0.1.0", Family.IP4_IP6),
    V0_2_0("0.2.0", Family.IP4_IP6),
    V0_3_0("0.3.0", Family.VERSIONED_IPS),
    V0_3_1("0.3.1", Family.VERSIONED_IPS),
    V0_4_0("0.4.0", Family.VERSIONED_IPS),
    V1_0_0("1.0.0", Family.CURRENT),
    V1_1_0("1.1.0", Family.CURRENT);

    /// Versions whose results have the same shape.
    enum Family {
        /// One address of each kind, in `ip4` and `ip6`.
        IP4_IP6,
        /// A list of addresses that say which kind they are.
        VERSIONED_IPS,
        /// The shape since 1.0.0.
        CURRENT
    }

    private static final List<CniVersion> ALL = List.of(values());

    private final String text;
    private final Family family;

    CniVersion(String text, Family family) {
        this.text = text;
        this.family = family;
    }

    /// The newest version.
    public static CniVersion newest() {
        return V1_1_0;
    }

    /// The version of a text, compared exactly, as plugins do; a missing version is 0.1.0.
    public static Optional<CniVersion> find(String text) {
        String sought = text.isEmpty() ? V0_1_0.text : text;
        for (CniVersion version : ALL) {
            if (version.text.equals(sought)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /// Every version from this one on.
    public List<CniVersion> andLater() {
        return ALL.subList(ALL.indexOf(this), ALL.size());
    }

    /// Whether this is the same version or an older one.
    public boolean isAtMost(CniVersion other) {
        return compareTo(other) <= 0;
    }

    Family family() {
        return family;
    }

    @Override
    public String toString() {
        return text;
    }
}
