package dev.weft.firewall.language;

import dev.weft.firewall.value.DataType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parts and properties of packets, as `nft` writes them in a ruleset.
final class FieldText {
    /// Written without `meta`.
    private static final Set<String> UNQUALIFIED =
            Set.of("iif", "oif", "iifname", "oifname", "iifgroup", "oifgroup");

    private FieldText() {}

    static String of(Field field, TermText terms) {
        return switch (field) {
            case Field.Header header -> header.field().toString();
            case Field.Raw raw ->
                    "@" + raw.base() + "," + raw.offsetBits() + "," + raw.lengthBits();
            case Field.Option option -> of(option);
            case Field.RawTcpOption raw -> of(raw);
            case Field.Meta meta ->
                    UNQUALIFIED.contains(meta.key()) ? meta.key() : "meta " + meta.key();
            case Field.Connection ct -> of(ct);
            case Field.Route route -> words("rt", route.family(), route.key());
            case Field.Fib fib ->
                    words("fib", String.join(" . ", fib.flags()), fibResult(fib.result()));
            case Field.Socket socket ->
                    words(
                            "socket",
                            socket.key(),
                            socket.level() == 0 ? "" : "level " + socket.level());
            case Field.Fingerprint os ->
                    words("osf", os.ttl().isEmpty() ? "" : "ttl " + os.ttl(), os.key());
            case Field.NumberGenerator numbers ->
                    words("numgen", numbers.mode(), modulus(numbers.modulus(), numbers.offset()));
            case Field.JenkinsHash hash -> of(hash, terms);
            case Field.SymmetricHash hash ->
                    words("symhash", modulus(hash.modulus(), hash.offset()));
            case Field.Ipsec ipsec ->
                    words(
                            "ipsec",
                            ipsec.direction(),
                            ipsec.number() == 0 ? "" : "spnum " + ipsec.number(),
                            ipsec.key());
            case Field.Tunnel tunnel -> words("tunnel", tunnel.key());
        };
    }

    /// Words with a blank between them; empty ones are left out.
    static String words(String... words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) {
                text.append(text.isEmpty() ? "" : " ").append(word);
            }
        }
        return text.toString();
    }

    /// Whether there is a route at all is asked of the interface, before nftables 1.0.8.
    static String fibResult(String result) {
        return result.equals("check") ? "oif" : result;
    }

    private static String of(Field.Option option) {
        return switch (option.kind()) {
            case IPV6_EXTENSION_HEADER ->
                    option.field().isEmpty()
                            ? words("exthdr", option.name())
                            : words(option.name(), option.field());
            case TCP_OPTION, IP_OPTION, SCTP_CHUNK, DCCP_OPTION ->
                    words(option.kind().toString(), option.name(), option.field());
        };
    }

    /// The first byte of an option is its number: to load it is to ask whether it is there.
    static boolean isPresence(Field.RawTcpOption raw) {
        return raw.offsetBits() == 0 && raw.lengthBits() == Byte.SIZE;
    }

    private static String of(Field.RawTcpOption raw) {
        return isPresence(raw)
                ? "tcp option " + raw.option()
                : "tcp option @" + raw.option() + "," + raw.offsetBits() + "," + raw.lengthBits();
    }

    /// An address without a family is of the table's.
    private static String of(Field.Connection ct) {
        boolean bareAddress = ct.key().equals("saddr") || ct.key().equals("daddr");
        return words(
                "ct", direction(ct.direction()), bareAddress ? family(ct.type()) : "", ct.key());
    }

    private static String family(DataType address) {
        return address == DataType.IPV6_ADDR ? "ip6" : "ip";
    }

    private static String direction(Field.Connection.@Nullable Direction direction) {
        return direction == null ? "" : direction.toString();
    }

    private static String of(Field.JenkinsHash hash, TermText terms) {
        Long seed = hash.seed();
        return words(
                "jhash",
                terms.of(hash.of()),
                "mod " + hash.modulus(),
                seed == null ? "" : "seed 0x" + Long.toHexString(seed),
                hash.offset() == 0 ? "" : "offset " + hash.offset());
    }

    private static String modulus(long modulus, long offset) {
        return "mod " + modulus + (offset == 0 ? "" : " offset " + offset);
    }
}
