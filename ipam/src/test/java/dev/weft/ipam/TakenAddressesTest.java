package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.IpPrefix;
import dev.weft.testkit.Seeded;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The set of runs and the search over it, against a plain set and a search that probes.
final class TakenAddressesTest {
    private static final int SIZE = 24;

    private static IpNumber number(String network, int offset) {
        return IpNumber.of(IpPrefix.parseAddress(network)).plus(BigInteger.valueOf(offset));
    }

    @Test
    void anyChanges_giveWhatAPlainSetGives() {
        Seeded.forAll(
                300,
                random -> {
                    TakenAddresses taken = new TakenAddresses();
                    Set<IpNumber> model = new TreeSet<>();
                    for (int i = 0; i < 60; i++) {
                        IpNumber address = any(random);
                        if (random.between(0, 2) > 0) {
                            taken.add(address);
                            model.add(address);
                        } else {
                            taken.remove(address);
                            model.remove(address);
                        }
                        IpNumber asked = any(random);
                        assertThat(taken.contains(asked)).isEqualTo(model.contains(asked));
                        assertThat(taken.firstFreeFrom(asked)).isEqualTo(free(model, asked));
                        IpNumber last = asked.plus(BigInteger.valueOf(random.between(0, SIZE)));
                        assertThat(taken.count(asked, last))
                                .isEqualTo(
                                        BigInteger.valueOf(
                                                model.stream()
                                                        .filter(each -> each.isBetween(asked, last))
                                                        .count()));
                    }
                });
    }

    /// Near both ends of both families, where a run could join what does not belong together.
    private static IpNumber any(Seeded random) {
        List<String> networks = List.of("0.0.0.0", "255.255.255.240", "::", "fd00::");
        return number(networks.get(random.between(0, 3)), random.between(0, 15));
    }

    private static IpNumber free(Set<IpNumber> model, IpNumber from) {
        IpNumber address = from;
        while (model.contains(address)) {
            address = address.next();
        }
        return address;
    }

    @Test
    void anySet_isSearchedRoundRobin() {
        Seeded.forAll(
                500,
                random -> {
                    RangeSet set = anySet(random);
                    TakenAddresses taken = new TakenAddresses();
                    Set<IpNumber> model = new TreeSet<>();
                    int full = random.between(0, 10);
                    for (int i = 0; i < 40; i++) {
                        if (random.between(0, 9) < full) {
                            IpNumber address = number("10.0.0.0", i);
                            taken.add(address);
                            model.add(address);
                        }
                    }
                    Optional<IpNumber> last =
                            random.between(0, 3) == 0
                                    ? Optional.empty()
                                    : Optional.of(number("10.0.0.0", random.between(0, 42)));
                    assertThat(set.nextFree(last, taken)).isEqualTo(probed(set, last, model));
                });
    }

    private static RangeSet anySet(Seeded random) {
        List<AddressRange> ranges = new ArrayList<>();
        int from = 1;
        while (from < 36) {
            int to = from + random.between(0, 9);
            IpNumber gateway = number("10.0.0.0", random.between(0, 40));
            ranges.add(
                    new AddressRange(
                            IpPrefix.parse("10.0.0.0/24"),
                            number("10.0.0.0", from),
                            number("10.0.0.0", to),
                            gateway));
            from = to + random.between(1, 4);
        }
        return new RangeSet(ranges);
    }

    /// Every address in the order of the ranges, from the one after the last reserved.
    private static Optional<IpNumber> probed(
            RangeSet set, Optional<IpNumber> last, Set<IpNumber> taken) {
        List<IpNumber> order = new ArrayList<>();
        for (AddressRange range : set.ranges()) {
            for (IpNumber each = range.first(); range.contains(each); each = each.next()) {
                order.add(each);
            }
        }
        int start = last.map(order::indexOf).orElse(-1) + 1;
        java.util.Collections.rotate(order, -start);
        return order.stream()
                .filter(each -> !set.rangeOf(each).orElseThrow().gateway().equals(each))
                .filter(each -> !taken.contains(each))
                .findFirst();
    }
}
