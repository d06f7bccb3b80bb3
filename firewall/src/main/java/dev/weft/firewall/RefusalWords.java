package dev.weft.firewall;

import dev.weft.firewall.expression.ExpressionAttributes;
import dev.weft.firewall.value.Data;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the kernel's numbers mean for nf_tables (`net/netfilter/nf_tables_api.c`), given what it
/// refused and the attribute that it pointed at.
final class RefusalWords {
    /// How a refusal names an expression of a rule.
    private static final Pattern EXPRESSION =
            Pattern.compile("NFTA_RULE_EXPRESSIONS\\.expression(?:\\[(\\d+)])?");

    private static final AttributeTable ANY = AttributeTable.named("expression");
    private static final int VERDICT_CHAIN = 2;

    /// What an expression refers to: the attribute of its name, and what it is.
    private record Reference(int attribute, String what) {}

    /// By the kind of expression; see `enum nft_lookup_attributes` and its like.
    private static final Map<String, List<Reference>> REFERENCES =
            Map.of(
                    "lookup", List.of(new Reference(1, "set or map")),
                    "dynset", List.of(new Reference(1, "set or map")),
                    "objref", List.of(new Reference(4, "map"), new Reference(2, "object")),
                    "flow_offload", List.of(new Reference(1, "flowtable")));

    /// What an attribute names that is not there; the last part of the attribute's name decides.
    private static final Map<String, String> MISSING =
            Map.of(
                    "TABLE", "its table is not there",
                    "CHAIN", "its chain is not there",
                    "SET", "the set is not there",
                    "NAME", "it is not there",
                    "HANDLE", "it is not there",
                    "POSITION", "the rule beside it is not there",
                    "TYPE", "this kernel has no such type",
                    "DEV", "the device is not there");

    private RefusalWords() {}

    /// What it means; empty when the number says it all.
    static String of(KernelException refused, NetlinkRequest request) {
        Matcher place = EXPRESSION.matcher(refused.detail());
        Optional<Errno> errno = Errno.of(refused.errno());
        if (place.find()) {
            int index = place.group(1) == null ? 0 : Integer.parseInt(place.group(1));
            return expression(request, index)
                    .flatMap(found -> errno.map(number -> ofExpression(number, found)))
                    .orElse("");
        }
        return errno.map(
                        number -> {
                            if (request.type() == Kind.ELEMENT.create()) {
                                return ofElement(number);
                            }
                            return request.type() == Kind.RULE.create()
                                    ? ofRule(number, refused)
                                    : ofObject(number, refused);
                        })
                .orElse("");
    }

    private static Optional<Attributes> expression(NetlinkRequest rule, int index) {
        return rule.attributes().orElse(RuleAttributes.EXPRESSIONS, List.of()).stream()
                .skip(index)
                .findFirst();
    }

    private static String ofExpression(Errno errno, Attributes expression) {
        String kind = expression.orElse(ExpressionAttributes.NAME, "");
        return switch (errno) {
            case ENOENT -> missing(kind, expression);
            case EOPNOTSUPP ->
                    "the expression " + kind + " is not for this family, hook or type of chain";
            case EINVAL, ERANGE -> "the expression " + kind + " does not take what it is given";
            default -> ofJump(errno);
        };
    }

    private static String missing(String kind, Attributes expression) {
        Attributes inside =
                Attributes.decode(ANY, expression.orElse(ExpressionAttributes.DATA, Slice.EMPTY));
        return REFERENCES.getOrDefault(kind, List.of()).stream()
                .flatMap(reference ->
                        inside.payload(reference.attribute).stream()
                                .map(name -> reference.what + " " + name.string()))
                .findFirst()
                .or(() -> kind.equals("immediate") ? chain(inside) : Optional.empty())
                .map(what -> "its table has no " + what)
                .orElse("this kernel has no expression " + kind);
    }

    private static Optional<String> chain(Attributes immediate) {
        return immediate
                .payload(2)
                .flatMap(data -> Attributes.decode(Data.TABLE, data).find(Data.VERDICT))
                .flatMap(verdict -> verdict.payload(VERDICT_CHAIN))
                .map(name -> "chain " + name.string());
    }

    /// The kernel looks at where an expression stands when it has all of the rule, or all of the
    /// batch, and then points at none.
    private static String ofRule(Errno errno, KernelException refused) {
        return errno == Errno.EOPNOTSUPP
                ? "an expression of it is not for this family, hook or type of chain"
                : ofObject(errno, refused);
    }

    private static String ofJump(Errno errno) {
        return errno == Errno.EMLINK || errno == Errno.ELOOP
                ? "from a base chain, jumps lead in a circle or more than 16 deep"
                : "";
    }

    private static String ofElement(Errno errno) {
        return switch (errno) {
            case ENOENT -> "the set, or what the element leads to, is not there";
            case EEXIST ->
                    "it is there with other data, or was to be new, or its range overlaps another";
            case ENFILE -> "the set has all the elements that it may have";
            default -> ofJump(errno);
        };
    }

    private static String ofObject(Errno errno, KernelException refused) {
        return switch (errno) {
            case ENOENT -> missing(refused.detail());
            case EBUSY -> "rules or map elements still refer to it";
            case EOPNOTSUPP -> "its family, hook or flags do not go together, or cannot change";
            case EPERM -> "its table has an owner, which alone may change it";
            default -> ofJump(errno);
        };
    }

    private static String missing(String detail) {
        String last = detail.substring(detail.lastIndexOf('_') + 1);
        return detail.contains("at NFTA_") ? MISSING.getOrDefault(last, "") : "";
    }
}
