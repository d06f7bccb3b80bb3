package dev.weft.firewall.iptables;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpFamily;
import dev.weft.linux.LinuxException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The rules of both families, changed in one call by two programs side by side.
///
/// @param ipv4 of IPv4
/// @param ipv6 of IPv6
public record DualStack(Iptables ipv4, Iptables ipv6) {
    public DualStack {
        if (ipv4.family() != IpFamily.IPV4 || ipv6.family() != IpFamily.IPV6) {
            throw new InvalidRequestException(
                    "one of IPv4 and one of IPv6 are needed, in this order");
        }
    }

    /// Both families of the same variant, namespace and limits.
    public static DualStack open(IptablesOptions options) {
        return new DualStack(
                Iptables.open(options.withFamily(IpFamily.IPV4)),
                Iptables.open(options.withFamily(IpFamily.IPV6)));
    }

    /// Makes the same changes in both.
    public void apply(Transaction both) {
        apply(both, both);
    }

    /// Makes changes in each. The families do not wait for each other: what one refuses, the other
    /// may have done.
    ///
    /// @throws LinuxException what the one that refused said, naming its program; with the other's
    ///   as suppressed when both did
    public void apply(Transaction forIpv4, Transaction forIpv6) {
        CompletableFuture<Optional<LinuxException>> other = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("ip6tables")
                .daemon()
                .start(() -> other.completeAsync(() -> attempt(ipv6, forIpv6), Runnable::run));
        Optional<LinuxException> first = attempt(ipv4, forIpv4);
        Optional<LinuxException> second = other.join();
        first.ifPresent(failed -> {
            second.ifPresent(failed::addSuppressed);
            throw failed;
        });
        second.ifPresent(failed -> {
            throw failed;
        });
    }

    private static Optional<LinuxException> attempt(Iptables iptables, Transaction transaction) {
        try {
            iptables.apply(transaction);
            return Optional.empty();
        } catch (LinuxException refused) {
            return Optional.of(refused);
        }
    }
}
