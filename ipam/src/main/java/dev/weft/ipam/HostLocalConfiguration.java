package dev.weft.ipam;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.cni.CniArguments;
import dev.weft.cni.CniException;
import dev.weft.cni.Configuration;
import dev.weft.cni.Fields;
import dev.weft.cni.Request;
import dev.weft.cni.ResultRoute;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What host-local is to do, from everywhere it is told.
///
/// @param rangeSets one address is given of each; their order numbers `last_reserved_ip.0` and on
/// @param routes for the container
/// @param resolvConf a file from which the container's name resolution is copied
/// @param requested addresses that are wanted, in order of preference
record HostLocalConfiguration(
        List<RangeSet> rangeSets,
        List<ResultRoute> routes,
        Optional<Path> resolvConf,
        List<IpNumber> requested) {
    /// The keys that tell of ranges; the first ones tell of a single range.
    static final List<String> RANGES =
            List.of("subnet", "rangeStart", "rangeEnd", "gateway", "ranges");

    /// What the runtime tells of them.
    static final String RUNTIME_RANGES = "ipRanges";

    private static final Path DEFAULT_DATA_DIRECTORY = Path.of("/var/lib/cni/networks");

    /// So many that each can be compared with each.
    private static final int MAX_RANGES = 1000;

    HostLocalConfiguration {
        rangeSets = List.copyOf(rangeSets);
        routes = List.copyOf(routes);
        requested = List.copyOf(requested);
    }

    /// Where the networks' directories are. All that DEL and GC need to know.
    static Path dataDirectory(Configuration configuration) {
        Optional<Fields> ipam = configuration.fields().object("ipam");
        return ipam.flatMap(fields -> path(fields, "dataDir")).orElse(DEFAULT_DATA_DIRECTORY);
    }

    private static Optional<Path> path(Fields fields, String key) {
        try {
            return fields.text(key).filter(text -> !text.isEmpty()).map(Path::of);
        } catch (InvalidPathException malformed) {
            throw fields.wrong(key, "a path");
        }
    }

    /// Reads a request.
    ///
    /// @param known range sets of earlier ones
    /// @throws CniException when something of it is invalid
    static HostLocalConfiguration of(Request request, KnownRanges known) {
        Configuration configuration = request.configuration();
        Fields ipam = IpamKeys.ipam(configuration);
        List<IpNumber> requested = requested(request);
        List<RangeSet> sets = known.of(ipam, configuration.runtimeConfig());
        IpamKeys.requireOneOfFamily(
                sets.stream().map(RangeSet::family).toList(), configuration.version());
        return new HostLocalConfiguration(
                sets, IpamKeys.routes(ipam), path(ipam, "resolvConf"), requested);
    }

    /// Reads the range sets; [KnownRanges] remembers them.
    ///
    /// @throws CniException when something of them is invalid
    static List<RangeSet> rangeSets(Fields ipam, Optional<Fields> runtimeConfig) {
        List<List<Fields>> all = new ArrayList<>();
        runtimeConfig.ifPresent(runtime -> all.addAll(sets(runtime, RUNTIME_RANGES)));
        if (ipam.has("subnet")) {
            all.add(List.of(ipam));
        }
        all.addAll(sets(ipam, "ranges"));
        if (all.isEmpty()) {
            throw IpamKeys.invalid("no IP ranges specified");
        }
        if (all.stream().mapToInt(List::size).sum() > MAX_RANGES) {
            throw IpamKeys.invalid("more than " + MAX_RANGES + " IP ranges");
        }
        List<RangeSet> sets = new ArrayList<>();
        for (List<Fields> set : all) {
            try {
                sets.add(RangeSet.of(set));
            } catch (CniException invalid) {
                throw new CniException(
                        invalid.code(),
                        "invalid range set " + sets.size() + ": " + invalid.text(),
                        invalid.details());
            }
        }
        requireDisjoint(sets);
        return List.copyOf(sets);
    }

    /// A list of lists of ranges. containerd gives a list of ranges to the capability, and means
    /// one address of each.
    private static List<List<Fields>> sets(Fields fields, String key) {
        return fields.list(
                key,
                element ->
                        switch (element) {
                            case JsonObject range when key.equals(RUNTIME_RANGES) ->
                                    List.of(Fields.of(range));
                            case JsonArray ranges -> ranges(fields, key, ranges);
                            default -> throw fields.wrong(key, "a list of lists of ranges");
                        });
    }

    private static List<Fields> ranges(Fields fields, String key, JsonArray ranges) {
        return ranges.asList().stream()
                .map(range -> {
                    if (range instanceof JsonObject object) {
                        return Fields.of(object);
                    }
                    throw fields.wrong(key, "a list of lists of ranges");
                })
                .toList();
    }

    private static void requireDisjoint(List<RangeSet> sets) {
        for (int i = 0; i < sets.size(); i++) {
            for (int j = i + 1; j < sets.size(); j++) {
                if (sets.get(i).overlaps(sets.get(j))) {
                    throw IpamKeys.invalid("range set " + i + " overlaps with " + j);
                }
            }
        }
    }

    /// The range set that an address lies in.
    Optional<RangeSet> setOf(IpNumber address) {
        return rangeSets.stream().filter(set -> set.rangeOf(address).isPresent()).findFirst();
    }

    private static List<IpNumber> requested(Request request) {
        Set<IpNumber> all = new LinkedHashSet<>();
        CniArguments arguments = CniArguments.parse(request.arguments(), Set.of("IP"));
        arguments
                .find("IP")
                .filter(text -> !text.isEmpty())
                .ifPresent(text ->
                        all.add(
                                tryParse(text)
                                        .orElseThrow(() ->
                                                arguments.wrong("IP", "expected an address"))));
        IpamKeys.arguments(request.configuration()).ifPresent(args -> all.addAll(addresses(args)));
        request.configuration().runtimeConfig().ifPresent(args -> all.addAll(addresses(args)));
        return List.copyOf(all);
    }

    private static List<IpNumber> addresses(Fields fields) {
        return fields.strings("ips").stream()
                .map(text ->
                        tryParse(text)
                                .orElseThrow(() ->
                                        fields.wrong(
                                                "ips", "a list of addresses, not '" + text + "'")))
                .toList();
    }

    /// An address, with or without a prefix length, which tells nothing.
    private static Optional<IpNumber> tryParse(String text) {
        try {
            return Optional.of(IpNumber.of(IpPrefix.parse(text).address()));
        } catch (InvalidRequestException malformed) {
            return Optional.empty();
        }
    }
}
