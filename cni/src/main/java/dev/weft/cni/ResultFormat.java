package dev.weft.cni;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Results as JSON, in every version of the specification.
public final class ResultFormat {
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    private ResultFormat() {}

    /// Reads a result.
    ///
    /// @param expected the version of the configuration that the result belongs to: the result must
    ///   have one of the same shape, and has this one if it does not say
    /// @throws CniException when it cannot be decoded
    public static Result decode(JsonObject json, CniVersion expected) {
        Fields fields = Fields.of(json);
        String written = fields.text("cniVersion").orElse("");
        CniVersion version = written.isEmpty() ? expected : versionOf(written);
        if (version.family() != expected.family()) {
            throw new CniException(
                    ErrorCode.DECODING_FAILURE,
                    "could not parse prevResult: a configuration of version "
                            + expected
                            + " takes no result of version "
                            + version);
        }
        return decode(fields, version);
    }

    /// Reads a result that says its version; one that does not is of 0.1.0.
    ///
    /// @throws CniException when it cannot be decoded
    public static Result decode(JsonObject json) {
        Fields fields = Fields.of(json);
        return decode(fields, versionOf(fields.text("cniVersion").orElse("")));
    }

    private static Result decode(Fields fields, CniVersion version) {
        return switch (version.family()) {
            case IP4_IP6 -> OldResult.decode(fields);
            case VERSIONED_IPS, CURRENT -> decodeCurrent(fields);
        };
    }

    private static CniVersion versionOf(String text) {
        return CniVersion.find(text)
                .orElseThrow(() ->
                        new CniException(
                                ErrorCode.INCOMPATIBLE_VERSION,
                                "unsupported CNI result version \"" + text + '"'));
    }

    /// Writes a result.
    ///
    /// @throws CniException when the version cannot express it: before 0.3.0 there is no result
    ///   without an address
    public static JsonObject encode(Result result, CniVersion version) {
        return switch (version.family()) {
            case IP4_IP6 -> OldResult.encode(result, version);
            case VERSIONED_IPS -> encodeVersioned(result, version);
            case CURRENT -> encodeCurrent(result, version);
        };
    }

    private static Result decodeCurrent(Fields fields) {
        return new Result(
                fields.objects("interfaces").stream().map(ResultFormat::decodeInterface).toList(),
                fields.objects("ips").stream().map(ResultFormat::decodeAddress).toList(),
                fields.objects("routes").stream().map(ResultFormat::decodeRoute).toList(),
                fields.object("dns").map(Dns::of).orElse(Dns.none()));
    }

    private static ResultInterface decodeInterface(Fields fields) {
        return new ResultInterface(
                fields.text("name").orElse(""),
                fields.text("mac").filter(text -> !text.isEmpty()),
                positive(fields, "mtu"),
                fields.text("sandbox").filter(text -> !text.isEmpty()),
                fields.text("socketPath").filter(text -> !text.isEmpty()),
                fields.text("pciID").filter(text -> !text.isEmpty()));
    }

    private static ResultAddress decodeAddress(Fields fields) {
        return new ResultAddress(
                number(fields, "interface"),
                prefix(fields, "address")
                        .orElseThrow(() -> fields.wrong("address", "an address with a prefix")),
                address(fields, "gateway"));
    }

    /// A route of a result or of a configuration.
    public static ResultRoute decodeRoute(Fields fields) {
        return new ResultRoute(
                prefix(fields, "dst").orElseThrow(() -> fields.wrong("dst", "a prefix")),
                address(fields, "gw"),
                positive(fields, "mtu"),
                positive(fields, "advmss"),
                positive(fields, "priority"),
                number(fields, "table"),
                number(fields, "scope"));
    }

    /// An address with a prefix length, which is not optional.
    public static Optional<IpPrefix> prefix(Fields fields, String key) {
        return fields.text(key)
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    if (text.indexOf('/') < 0 || text.indexOf('%') >= 0) {
                        throw fields.wrong(key, "an address with a prefix, not '" + text + "'");
                    }
                    try {
                        return unmapped(IpPrefix.parse(text));
                    } catch (InvalidRequestException malformed) {
                        throw fields.wrong(key, "an address with a prefix, not '" + text + "'");
                    }
                });
    }

    /// An address alone.
    public static Optional<InetAddress> address(Fields fields, String key) {
        return fields.text(key)
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    if (text.indexOf('%') >= 0) {
                        throw fields.wrong(key, "an IP address without zone, not '" + text + "'");
                    }
                    try {
                        return unmapped(IpPrefix.host(IpPrefix.parseAddress(text))).address();
                    } catch (InvalidRequestException malformed) {
                        throw fields.wrong(key, "an IP address, not '" + text + "'");
                    }
                });
    }

    /// An IPv4 address that is written as an IPv6 one is an IPv4 address, as in the reference
    /// implementation.
    private static IpPrefix unmapped(IpPrefix prefix) {
        byte[] bytes = prefix.address().getAddress();
        int rest = prefix.length() - MAPPED.length * Byte.SIZE;
        boolean isMapped =
                bytes.length > MAPPED.length
                        && rest >= 0
                        && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
        return isMapped
                ? new IpPrefix(
                        IpPrefix.addressOf(Arrays.copyOfRange(bytes, MAPPED.length, bytes.length)),
                        rest)
                : prefix;
    }

    private static OptionalInt number(Fields fields, String key) {
        Optional<Integer> value = fields.integer(key);
        return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
    }

    private static OptionalInt positive(Fields fields, String key) {
        OptionalInt value = number(fields, key);
        return value.isPresent() && value.getAsInt() > 0 ? value : OptionalInt.empty();
    }

    /// With sorted keys, and nothing that is empty.
    private static JsonObject encodeCurrent(Result result, CniVersion version) {
        JsonObject json = new JsonObject();
        json.addProperty("cniVersion", version.toString());
        if (!result.dns().isEmpty()) {
            json.add("dns", encodeDns(result.dns()));
        }
        addAll(json, "interfaces", result.interfaces(), ResultFormat::encodeInterface);
        addAll(json, "ips", result.addresses(), ResultFormat::encodeAddress);
        addAll(json, "routes", result.routes(), ResultFormat::encodeRoute);
        return json;
    }

    /// In the order of the specification's examples, always with `dns`.
    private static JsonObject encodeVersioned(Result result, CniVersion version) {
        JsonObject json = new JsonObject();
        json.addProperty("cniVersion", version.toString());
        addAll(json, "interfaces", result.interfaces(), ResultFormat::encodeOldInterface);
        addAll(json, "ips", result.addresses(), ResultFormat::encodeVersionedAddress);
        addAll(json, "routes", result.routes(), ResultFormat::encodeRoute);
        json.add("dns", encodeDns(result.dns()));
        return json;
    }

    private static <T> void addAll(
            JsonObject json,
            String key,
            List<T> values,
            java.util.function.Function<T, JsonObject> encode) {
        if (values.isEmpty()) {
            return;
        }
        JsonArray array = new JsonArray(values.size());
        values.forEach(value -> array.add(encode.apply(value)));
        json.add(key, array);
    }

    private static JsonObject encodeInterface(ResultInterface of) {
        JsonObject json = new JsonObject();
        of.mac().ifPresent(mac -> json.addProperty("mac", mac));
        of.mtuBytes().ifPresent(bytes -> json.addProperty("mtu", bytes));
        json.addProperty("name", of.name());
        of.pciId().ifPresent(id -> json.addProperty("pciID", id));
        of.sandbox().ifPresent(path -> json.addProperty("sandbox", path));
        of.socketPath().ifPresent(path -> json.addProperty("socketPath", path));
        return json;
    }

    private static JsonObject encodeOldInterface(ResultInterface of) {
        JsonObject json = new JsonObject();
        json.addProperty("name", of.name());
        of.mac().ifPresent(mac -> json.addProperty("mac", mac));
        of.sandbox().ifPresent(path -> json.addProperty("sandbox", path));
        return json;
    }

    private static JsonObject encodeAddress(ResultAddress of) {
        JsonObject json = new JsonObject();
        json.addProperty("address", of.address().toString());
        of.gateway().ifPresent(router -> json.addProperty("gateway", IpPrefix.textOf(router)));
        of.interfaceIndex().ifPresent(index -> json.addProperty("interface", index));
        return json;
    }

    private static JsonObject encodeVersionedAddress(ResultAddress of) {
        JsonObject json = new JsonObject();
        json.addProperty("version", OldResult.isIpv4(of.address().address()) ? "4" : "6");
        of.interfaceIndex().ifPresent(index -> json.addProperty("interface", index));
        json.addProperty("address", of.address().toString());
        of.gateway().ifPresent(router -> json.addProperty("gateway", IpPrefix.textOf(router)));
        return json;
    }

    private static JsonObject encodeRoute(ResultRoute of) {
        JsonObject json = new JsonObject();
        of.advertisedMss().ifPresent(bytes -> json.addProperty("advmss", bytes));
        json.addProperty("dst", of.destination().toString());
        of.gateway().ifPresent(router -> json.addProperty("gw", IpPrefix.textOf(router)));
        of.mtuBytes().ifPresent(bytes -> json.addProperty("mtu", bytes));
        of.priority().ifPresent(metric -> json.addProperty("priority", metric));
        of.scope().ifPresent(scope -> json.addProperty("scope", scope));
        of.table().ifPresent(table -> json.addProperty("table", table));
        return json;
    }

    static JsonObject encodeDns(Dns dns) {
        JsonObject json = new JsonObject();
        dns.domain().ifPresent(domain -> json.addProperty("domain", domain));
        addTexts(json, "nameservers", dns.nameservers());
        addTexts(json, "options", dns.options());
        addTexts(json, "search", dns.search());
        return json;
    }

    private static void addTexts(JsonObject json, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            JsonArray array = new JsonArray(texts.size());
            texts.forEach(array::add);
            json.add(key, array);
        }
    }

    /// The shape of 0.1.0 and 0.2.0: at most one address of each family, with its routes.
    private static final class OldResult {
        private OldResult() {}

        static Result decode(Fields fields) {
            List<ResultAddress> addresses = new ArrayList<>();
            List<ResultRoute> routes = new ArrayList<>();
            for (String key : List.of("ip4", "ip6")) {
                fields.object(key)
                        .ifPresent(family -> {
                            addresses.add(
                                    ResultAddress.of(
                                            prefix(family, "ip")
                                                    .orElseThrow(() ->
                                                            family.wrong(
                                                                    "ip",
                                                                    "an address with a prefix")),
                                            address(family, "gateway")));
                            family.objects("routes")
                                    .forEach(route -> routes.add(decodeRoute(route)));
                        });
            }
            return new Result(
                    List.of(),
                    addresses,
                    routes,
                    fields.object("dns").map(Dns::of).orElse(Dns.none()));
        }

        static JsonObject encode(Result result, CniVersion version) {
            JsonObject json = new JsonObject();
            json.addProperty("cniVersion", version.toString());
            addFamily(json, "ip4", result, true);
            addFamily(json, "ip6", result, false);
            if (json.size() == 1) {
                throw new CniException(
                        ErrorCode.INCOMPATIBLE_VERSION,
                        "cannot convert: no valid IP addresses",
                        "a result of version " + version + " has at least one address");
            }
            json.add("dns", encodeDns(result.dns()));
            return json;
        }

        private static void addFamily(JsonObject json, String key, Result result, boolean ipv4) {
            result.addresses().stream()
                    .filter(address -> isIpv4(address.address().address()) == ipv4)
                    .findFirst()
                    .ifPresent(address -> {
                        JsonObject family = new JsonObject();
                        family.addProperty("ip", address.address().toString());
                        address.gateway()
                                .ifPresent(router ->
                                        family.addProperty("gateway", IpPrefix.textOf(router)));
                        addAll(
                                family,
                                "routes",
                                result.routes().stream()
                                        .filter(route ->
                                                isIpv4(route.destination().address()) == ipv4)
                                        .toList(),
                                OldResult::encodeRoute);
                        json.add(key, family);
                    });
        }

        private static JsonObject encodeRoute(ResultRoute route) {
            return ResultFormat.encodeRoute(ResultRoute.of(route.destination(), route.gateway()));
        }

        static boolean isIpv4(InetAddress address) {
            return address instanceof Inet4Address;
        }
    }
}
