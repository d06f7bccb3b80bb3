package dev.weft.ipam;

import dev.weft.cni.Fields;
import dev.weft.linux.IpFamily;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Ranges of one family of which an attachment gets one address.
///
/// @param ranges at least one; tried in this order
record RangeSet(List<AddressRange> ranges) {
    RangeSet {
        ranges = List.copyOf(ranges);
    }

    /// Reads the objects of a configuration.
    ///
    /// @throws dev.weft.cni.CniException when they make no sense, alone or together
    static RangeSet of(List<Fields> objects) {
        if (objects.isEmpty()) {
            throw IpamKeys.invalid("empty range set");
        }
        List<AddressRange> ranges = new ArrayList<>();
        for (Fields fields : objects) {
            AddressRange range = AddressRange.of(fields);
            if (!ranges.isEmpty() && ranges.getFirst().first().family() != range.first().family()) {
                throw IpamKeys.invalid("mixed address families");
            }
            ranges.add(range);
        }
        requireDisjoint(ranges);
        return new RangeSet(ranges);
    }

    private static void requireDisjoint(List<AddressRange> ranges) {
        for (int i = 0; i < ranges.size(); i++) {
            for (AddressRange later : ranges.subList(i + 1, ranges.size())) {
                if (ranges.get(i).overlaps(later)) {
                    throw IpamKeys.invalid(
                            "subnets " + ranges.get(i) + " and " + later + " overlap");
                }
            }
        }
    }

    IpFamily family() {
        return ranges.getFirst().family();
    }

    boolean overlaps(RangeSet other) {
        return ranges.stream().anyMatch(range -> other.ranges.stream().anyMatch(range::overlaps));
    }

    /// The range that an address lies in.
    Optional<AddressRange> rangeOf(IpNumber address) {
        return ranges.stream().filter(range -> range.contains(address)).findFirst();
    }

    /// How many addresses it can give away.
    BigInteger capacity() {
        return ranges.stream().map(AddressRange::capacity).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// How many of those are taken.
    BigInteger taken(TakenAddresses addresses) {
        return ranges.stream()
                .map(range ->
                        addresses
                                .count(range.first(), range.last())
                                .subtract(
                                        range.contains(range.gateway())
                                                ? addresses.count(range.gateway(), range.gateway())
                                                : BigInteger.ZERO))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /// The address to give away next: round robin, so that one that was released rests as long as
    /// possible before somebody else gets it (and with it what stale neighbour entries still send).
    ///
    /// @param reserved the one that was given away last; where it lies in no range, the search
    ///   begins with the first range
    Optional<IpNumber> nextFree(Optional<IpNumber> reserved, TakenAddresses taken) {
        return segments(reserved).stream()
                .flatMap(segment -> segment.firstFree(taken).stream())
                .findFirst();
    }

    private List<Segment> segments(Optional<IpNumber> reserved) {
        List<Segment> segments = new ArrayList<>();
        Optional<AddressRange> started = reserved.flatMap(this::rangeOf);
        if (started.isEmpty()) {
            ranges.forEach(range -> segments.add(Segment.of(range)));
            return segments;
        }
        AddressRange range = started.get();
        IpNumber at = reserved.orElseThrow();
        int index = ranges.indexOf(range);
        segments.add(new Segment(range, at.next(), range.last()));
        ranges.subList(index + 1, ranges.size()).forEach(each -> segments.add(Segment.of(each)));
        ranges.subList(0, index).forEach(each -> segments.add(Segment.of(each)));
        segments.add(new Segment(range, range.first(), at));
        return segments;
    }

    /// A part of a range; empty where it ends before it begins.
    private record Segment(AddressRange range, IpNumber from, IpNumber to) {
        static Segment of(AddressRange range) {
            return new Segment(range, range.first(), range.last());
        }

        Optional<IpNumber> firstFree(TakenAddresses taken) {
            IpNumber free = taken.firstFreeFrom(from);
            if (free.equals(range.gateway())) {
                free = taken.firstFreeFrom(free.next());
            }
            return free.compareTo(to) <= 0 ? Optional.of(free) : Optional.empty();
        }
    }

    @Override
    public String toString() {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }
}
