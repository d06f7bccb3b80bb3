package dev.weft.firewall.desired;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainType;
import dev.weft.firewall.Element;
import dev.weft.firewall.Hook;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectType;
import dev.weft.firewall.Rule;
import dev.weft.firewall.SetFlag;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableContent;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.expression.Quota;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.testkit.Seeded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;

/// Tables of a small world, so that two of them have much in common: the same names, declared now
/// this way and now that.
final class RandomTable {
    static final Table TABLE = Table.of(Family.INET, "weft");

    /// Rules of this chain are plain, so that it can be said which of them stay.
    static final Chain PLAIN = Chain.of(TABLE, "plain");

    private static final Chain LAST = Chain.of(TABLE, "last");
    private static final NftObject HITS = NftObject.counter(TABLE, "hits");
    private static final int MAX_RULES = 8;
    private static final int MAX_WIDTH = 5;
    private static final List<Integer> FIRST_PORTS = List.of(0, 6, 12, 18, 0xffff - MAX_WIDTH);

    private final Seeded random;
    private final DesiredTable table = new DesiredTable(TABLE);
    private final NftSet addresses;
    private final NftSet ports;
    private final NftSet ways;
    private int anonymous;

    private RandomTable(Seeded random) {
        this.random = random;
        NftSet plain = NftSet.of(TABLE, "addresses", DataType.IPV4_ADDR);
        addresses =
                random.oneOf(
                        List.of(
                                plain,
                                plain,
                                plain.timeout(Duration.ofHours(1)),
                                plain.size(100),
                                plain.comment("c")));
        NftSet ranges = NftSet.of(TABLE, "ports", DataType.INET_SERVICE);
        ports = random.flip() ? ranges : ranges.intervals();
        NftSet verdicts = NftSet.verdictMap(TABLE, "ways", DataType.INET_SERVICE);
        ways = random.flip() ? verdicts : verdicts.intervals();
    }

    static TableContent of(Seeded random) {
        return new RandomTable(random).content();
    }

    private TableContent content() {
        addresses();
        members(ports, _ -> Optional.empty());
        members(
                ways,
                _ ->
                        Optional.of(
                                random.oneOf(
                                        List.of(
                                                Verdict.ACCEPT,
                                                Verdict.DROP,
                                                Verdict.jump("last")))));
        objects();
        rules(PLAIN, this::port);
        rules(LAST, this::rule);
        Chain input =
                Chain.base(
                        TABLE,
                        "input",
                        ChainType.FILTER,
                        random.oneOf(List.of(Hook.INPUT, Hook.INPUT, Hook.FORWARD)),
                        random.oneOf(List.of(0, 0, 10)));
        rules(input.policy(random.flip() ? Verdict.ACCEPT : Verdict.DROP), this::anyRule);
        if (random.flip()) {
            Chain some = Chain.of(TABLE, "some");
            rules(random.flip() ? some : some.comment("c"), this::anyRule);
        }
        return table.content();
    }

    private void addresses() {
        table.with(addresses);
        for (int i = 1; i <= 4; i++) {
            if (random.flip()) {
                Element element = Element.of(Datum.of((byte) 10, (byte) 0, (byte) 0, (byte) i));
                table.with(addresses, random.flip() ? element : element.comment("c"));
            }
        }
    }

    /// Up to five members: ranges that may touch and that may reach to the end, or single ports.
    private void members(NftSet set, IntFunction<Optional<Verdict>> leadsTo) {
        table.with(set);
        for (int first : FIRST_PORTS) {
            if (random.flip()) {
                Datum key = Datum.port(first);
                Element start =
                        leadsTo.apply(first)
                                .map(verdict -> Element.of(key, verdict))
                                .orElseGet(() -> Element.of(key));
                List<Element> member =
                        set.flags().contains(SetFlag.INTERVAL)
                                ? start.through(Datum.port(first + random.between(0, MAX_WIDTH)))
                                : List.of(start);
                table.with(set, member.toArray(Element[]::new));
            }
        }
    }

    private void objects() {
        table.with(random.flip() ? HITS : HITS.comment("c"));
        Quota quota = new Quota(random.oneOf(List.of(1000L, 2000L)), 0, Set.of());
        table.with(NftObject.of(TABLE, "daily", ObjectType.QUOTA, quota));
    }

    private void rules(Chain chain, Function<Chain, Rule> rule) {
        table.with(chain);
        for (int i = random.between(0, MAX_RULES); i > 0; i--) {
            table.with(chain, rule.apply(chain));
        }
    }

    private Rule port(Chain chain) {
        return Rule.in(chain).port(Selector.TCP_DPORT, random.between(1, 5)).accept();
    }

    /// A rule that may jump.
    private Rule anyRule(Chain chain) {
        return switch (random.between(0, 3)) {
            case 0 -> Rule.in(chain).jump(LAST);
            case 1 -> Rule.in(chain).verdict(ways, Selector.TCP_DPORT);
            default -> rule(chain);
        };
    }

    private Rule rule(Chain chain) {
        return switch (random.between(0, 6)) {
            case 0 -> Rule.in(chain).in(addresses, Selector.IP_SADDR).drop();
            case 1 -> Rule.in(chain).in(ports, Selector.TCP_DPORT).counter().accept();
            case 2 -> Rule.in(chain).add(new ObjectReference(1, "hits")).accept();
            case 3 -> Rule.in(chain).add(new ObjectReference(2, "daily")).drop();
            case 4 -> port(chain).comment("c" + random.between(1, 2));
            case 5 -> Rule.in(chain).in(ofOneRule(), Selector.TCP_DPORT).accept();
            default -> port(chain);
        };
    }

    private NftSet ofOneRule() {
        NftSet plain = NftSet.of(TABLE, "__set" + anonymous++, DataType.INET_SERVICE).anonymous();
        NftSet set = random.flip() ? plain : plain.intervals();
        members(set, _ -> Optional.empty());
        return set;
    }
}
