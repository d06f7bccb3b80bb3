package dev.weft.firewall.language;

import com.google.gson.JsonObject;

/// Parts and properties of packets, as `nft -j` writes them.
final class FieldJson {
    private FieldJson() {}

    static JsonObject of(Field field, TermJson terms) {
        return switch (field) {
            case Field.Header header ->
                    named(
                            "payload",
                            new Json()
                                    .put("protocol", header.field().header().toString())
                                    .put("field", header.field().name()));
            case Field.Raw raw -> of(raw);
            case Field.Option option -> of(option, Byte.SIZE);
            case Field.RawTcpOption raw ->
                    named(
                            "tcp option",
                            new Json()
                                    .put("base", raw.option())
                                    .put("offset", raw.offsetBits())
                                    .put("len", raw.lengthBits()));
            case Field.Meta meta -> named("meta", new Json().put("key", meta.key()));
            case Field.Connection ct -> of(ct);
            case Field.Route route ->
                    named("rt", new Json().put("key", route.key()).word("family", route.family()));
            case Field.Fib fib ->
                    named(
                            "fib",
                            new Json()
                                    .put("result", FieldText.fibResult(fib.result()))
                                    .put("flags", Json.strings(fib.flags())));
            case Field.Socket socket -> named("socket", new Json().put("key", socket.key()));
            case Field.Fingerprint os ->
                    named("osf", new Json().put("key", os.key()).word("ttl", os.ttl()));
            case Field.NumberGenerator numbers ->
                    named(
                            "numgen",
                            new Json()
                                    .put("mode", numbers.mode())
                                    .put("mod", numbers.modulus())
                                    .put("offset", numbers.offset()));
            case Field.JenkinsHash hash ->
                    named(
                            "jhash",
                            new Json()
                                    .put("mod", hash.modulus())
                                    .put("seed", hash.seed())
                                    .nonZero("offset", hash.offset())
                                    .put("expr", terms.of(hash.of())));
            case Field.SymmetricHash hash ->
                    named(
                            "symhash",
                            new Json().put("mod", hash.modulus()).nonZero("offset", hash.offset()));
            case Field.Ipsec ipsec -> of(ipsec);
            case Field.Tunnel tunnel -> named("tunnel", new Json().put("key", tunnel.key()));
        };
    }

    private static JsonObject of(Field.Raw raw) {
        return named(
                "payload",
                new Json()
                        .put("base", raw.base().toString())
                        .put("offset", raw.offsetBits())
                        .put("len", raw.lengthBits()));
    }

    private static JsonObject of(Field.Connection ct) {
        return named(
                "ct",
                new Json()
                        .put("key", ct.key())
                        .put("dir", ct.direction() == null ? null : ct.direction().toString()));
    }

    /// An option that is meant as a whole, not the number at its start.
    static JsonObject ofAll(Field field, TermJson terms) {
        return field instanceof Field.Option option ? of(option, 0) : of(field, terms);
    }

    /// What has a number for a name is written like bits of it.
    private static JsonObject of(Field.Option option, int lengthBits) {
        boolean numbered = Character.isDigit(option.name().charAt(0));
        return named(
                option.kind().toString(),
                numbered
                        ? new Json()
                                .put("base", Integer.parseInt(option.name()))
                                .put("offset", 0)
                                .put("len", lengthBits)
                        : new Json().put("name", option.name()).word("field", option.field()));
    }

    private static JsonObject named(String name, Json content) {
        return Json.of(name, content.object());
    }

    /// The family of an address stands by itself.
    private static JsonObject of(Field.Ipsec ipsec) {
        int blank = ipsec.key().indexOf(' ');
        return named(
                "ipsec",
                new Json()
                        .put("key", ipsec.key().substring(blank + 1))
                        .word("family", blank < 0 ? "" : ipsec.key().substring(0, blank))
                        .put("dir", ipsec.direction())
                        .put("spnum", ipsec.number()));
    }
}
