package dev.weft.ipam.dhcp;

import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Association.Lent;
import dev.weft.wire.Dhcpv6Option;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/// A lease with the times at which something is to be done about it (RFC 8415 sections 18.2.4 and
/// 18.2.5), all of one clock; [Tenure#NEVER] for those that never come.
///
/// @param grantedMillis from when its times count
/// @param renewMillis T1: its server is asked to extend it
/// @param rebindMillis T2: any server is asked
/// @param expireMillis something of it is over
record Dhcpv6Tenure(
        Dhcpv6Lease lease,
        long grantedMillis,
        long renewMillis,
        long rebindMillis,
        long expireMillis) {
    private static final long MILLIS = 1000;

    /// What is granted together is extended together, so the earliest time of each kind counts. A
    /// time that the server leaves open, or that would come too late, is the part of the preferred
    /// lifetime that section 21.4 recommends.
    static Dhcpv6Tenure of(Dhcpv6Lease lease, long grantedMillis) {
        List<Dhcpv6Association> associations = lease.associations().toList();
        List<Lent> lent = associations.stream().flatMap(Dhcpv6Lease::lent).toList();
        long valid = least(lent, Lent::validSeconds);
        long preferred = least(lent, Lent::preferredSeconds);
        long length = preferred == 0 ? valid : preferred;
        long renew = least(associations, Dhcpv6Association::renewalSeconds);
        long rebind = least(associations, Dhcpv6Association::rebindingSeconds);
        boolean isForEver = valid == Tenure.NEVER;
        if (rebind == 0 || (rebind >= valid && !isForEver)) {
            rebind = length == Tenure.NEVER ? valid : length / 5 * 4;
        }
        if (renew == 0 || (renew >= rebind && !isForEver)) {
            renew = length == Tenure.NEVER ? rebind : Math.min(rebind, length / 2);
        }
        return new Dhcpv6Tenure(
                lease,
                grantedMillis,
                at(grantedMillis, renew),
                at(grantedMillis, rebind),
                at(grantedMillis, valid));
    }

    private static <T> long least(List<T> of, ToLongFunction<T> seconds) {
        LongStream times = of.stream().mapToLong(seconds);
        return times.map(
                        time -> time == Dhcpv6Option.FOREVER_SECONDS ? Tenure.NEVER : time * MILLIS)
                .min()
                .orElse(0);
    }

    private static long at(long grantedMillis, long millis) {
        return millis == Tenure.NEVER ? Tenure.NEVER : grantedMillis + millis;
    }
}
