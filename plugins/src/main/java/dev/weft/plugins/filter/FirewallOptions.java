package dev.weft.plugins.filter;

import dev.weft.cni.CniException;
import dev.weft.cni.ErrorCode;
import dev.weft.cni.Fields;
import java.util.Locale;
import java.util.Optional;

/// The keys of the firewall plugin.
///
/// @param backend where rules are; absent when that is to be found out
/// @param policy who may reach the containers
/// @param adminChain `iptablesAdminChainName`
/// @param zone `firewalldZone`
public record FirewallOptions(
        Optional<Backend> backend, Policy policy, String adminChain, String zone) {
    private static final String ADMIN_CHAIN = "iptablesAdminChainName";

    /// Where rules are.
    enum Backend {
        NFTABLES,
        IPTABLES,
        FIREWALLD;

        public static Backend of(String word) {
            return switch (word) {
                case "nftables" -> NFTABLES;
                case "iptables" -> IPTABLES;
                case "firewalld" -> FIREWALLD;
                default -> throw invalid("unrecognized backend \"" + word + '"');
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Which containers may reach those of this network.
    enum Policy {
        /// All.
        OPEN("open"),
        /// Those behind the same bridge; of a network without a bridge, those of the same subnet.
        SAME_BRIDGE("same-bridge"),
        /// None, as far as this host forwards between them.
        ISOLATED("isolated");

        private final String keyword;

        Policy(String keyword) {
            this.keyword = keyword;
        }

        public static Policy of(String word) {
            return switch (word) {
                case "", "open" -> OPEN;
                case "same-bridge" -> SAME_BRIDGE;
                case "isolated" -> ISOLATED;
                default -> throw invalid("unknown ingress policy: \"" + word + '"');
            };
        }

        @Override
        public String toString() {
            return keyword;
        }
    }

    public static FirewallOptions of(Fields fields) {
        Optional<String> backend = fields.text("backend").filter(word -> !word.isEmpty());
        boolean namesChain = fields.text(ADMIN_CHAIN).filter(name -> !name.isEmpty()).isPresent();
        return new FirewallOptions(
                backend.or(() -> namesChain ? Optional.of("iptables") : Optional.empty())
                        .map(Backend::of),
                Policy.of(fields.text("ingressPolicy").orElse("")),
                fields.text(ADMIN_CHAIN).filter(name -> !name.isEmpty()).orElse("CNI-ADMIN"),
                fields.text("firewalldZone").filter(name -> !name.isEmpty()).orElse("trusted"));
    }

    private static CniException invalid(String text) {
        return new CniException(ErrorCode.INVALID_CONFIGURATION, text);
    }
}
