package dev.weft.firewall.value;

import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import java.util.Map;

/// What becomes of a packet (`NFTA_VERDICT_*`).
///
/// @param code of `enum nft_verdicts` or `NF_DROP` and the like; unknown ones are kept
/// @param chain where a jump or goto leads, else empty
public record Verdict(int code, String chain) implements Data {
    /// Its attributes, wherever they stand (`enum nft_verdict_attributes`).
    public static final AttributeTable TABLE = AttributeTable.named("verdict");

    private static final Attribute<Integer> CODE = TABLE.add(1, "NFTA_VERDICT_CODE", Codecs.BE32);
    private static final Attribute<String> CHAIN =
            TABLE.add(2, "NFTA_VERDICT_CHAIN", Codecs.STRING);

    private static final int JUMP = -3;
    private static final int GOTO = -4;

    /// The packet vanishes.
    public static final Verdict DROP = new Verdict(0, "");

    /// The packet goes on; no later rule of this hook and priority sees it.
    public static final Verdict ACCEPT = new Verdict(1, "");

    /// The next rule decides.
    public static final Verdict CONTINUE = new Verdict(-1, "");

    /// The rest of this rule does not count; the next rule decides.
    public static final Verdict BREAK = new Verdict(-2, "");

    /// The rule after the one that jumped here decides.
    public static final Verdict RETURN = new Verdict(-5, "");

    private static final Map<Integer, String> KEYWORDS =
            Map.of(
                    0,
                    "drop",
                    1,
                    "accept",
                    -1,
                    "continue",
                    -2,
                    "break",
                    JUMP,
                    "jump",
                    GOTO,
                    "goto",
                    -5,
                    "return");

    /// A chain decides; when it does not, the next rule.
    public static Verdict jump(String chain) {
        return new Verdict(JUMP, chain);
    }

    /// A chain decides; when it does not, what follows the jump that led here.
    public static Verdict goTo(String chain) {
        return new Verdict(GOTO, chain);
    }

    /// Reads attributes of [#TABLE].
    ///
    /// @throws MalformedMessageException when they have no code
    public static Verdict decode(Attributes attributes) {
        int code =
                attributes
                        .find(CODE)
                        .orElseThrow(() -> new MalformedMessageException("a verdict of no code"));
        return new Verdict(code, attributes.orElse(CHAIN, ""));
    }

    @Override
    public void write(AttributeWriter writer) {
        writer.nest(
                Data.VERDICT,
                verdict -> {
                    verdict.put(CODE, code);
                    if (!chain.isEmpty()) {
                        verdict.put(CHAIN, chain);
                    }
                });
    }

    @Override
    public Attributes encode() {
        return Attributes.build(Data.TABLE, this::write);
    }

    /// As `nft` writes it.
    @Override
    public String toString() {
        String keyword = KEYWORDS.getOrDefault(code, "verdict " + code);
        return chain.isEmpty() ? keyword : keyword + " " + chain;
    }
}
