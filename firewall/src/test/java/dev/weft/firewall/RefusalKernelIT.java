package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.expression.UnknownExpression;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A batch of which one change is refused: the refusal names it, and nothing is applied.
final class RefusalKernelIT {
    private static final Table TABLE = Table.of(Family.IP, "weft");
    private static final Chain CHAIN = Chain.of(TABLE, "web");
    private static final Chain FORWARD =
            Chain.base(TABLE, "fwd", ChainType.FILTER, Hook.FORWARD, Priority.FILTER);

    private static KernelException refusal(Sandbox sandbox, Batch batch) {
        String before = sandbox.nft("list", "ruleset");
        KernelException refused =
                catchThrowableOfType(KernelException.class, () -> sandbox.nftables().apply(batch));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(sandbox.nft("list", "ruleset")).isEqualTo(before);
        return refused;
    }

    @Test
    void lookupInMissingSet_namesTheRule() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet missing = NftSet.of(TABLE, "nowhere", DataType.IPV4_ADDR);
            Batch batch =
                    new Batch()
                            .add(TABLE)
                            .add(CHAIN)
                            .append(Rule.in(CHAIN).in(missing, Selector.IP_SADDR).drop());

            assertThat(refusal(sandbox, batch))
                    .hasMessageStartingWith(
                            "cannot append rule ip weft web: ip saddr @nowhere drop: ENOENT")
                    .hasMessageContaining("its table has no set or map nowhere");
        }
    }

    @Test
    void jumpToMissingChain_namesTheRuleAndTheAttribute() {
        try (Sandbox sandbox = new Sandbox()) {
            Batch batch =
                    new Batch()
                            .add(TABLE)
                            .add(CHAIN)
                            .append(Rule.in(CHAIN).accept())
                            .append(Rule.in(CHAIN).jump(Chain.of(TABLE, "gone")));

            assertThat(refusal(sandbox, batch))
                    .hasMessageStartingWith(
                            "cannot append rule ip weft web: jump gone: ENOENT (2, no such object): its"
                                    + " table has no chain gone")
                    .hasNoSuppressedExceptions();
        }
    }

    @Test
    void create_ofWhatIsThere_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables().apply(new Batch().create(TABLE).create(CHAIN));

            assertThat(refusal(sandbox, new Batch().create(CHAIN)))
                    .hasMessageContaining("cannot create chain ip weft web: EEXIST");
        }
    }

    @Test
    void delete_ofChainThatIsJumpedTo_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(CHAIN)
                                    .add(FORWARD)
                                    .append(Rule.in(FORWARD).jump(CHAIN)));

            assertThat(refusal(sandbox, new Batch().delete(CHAIN)))
                    .hasMessageContaining("cannot delete chain ip weft web: EBUSY");
            sandbox.nftables().apply(new Batch().flush(FORWARD).delete(CHAIN));
            assertThat(sandbox.nft("list", "ruleset")).doesNotContain("web");
        }
    }

    @Test
    void mapElement_withOtherData_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet map = NftSet.verdictMap(TABLE, "fate", DataType.INET_SERVICE);
            Element accepted = Element.of(Datum.port(80), Verdict.ACCEPT);
            sandbox.nftables().apply(new Batch().add(TABLE).add(map).add(map, accepted));

            Element dropped = Element.of(Datum.port(80), Verdict.DROP);
            assertThat(refusal(sandbox, new Batch().add(map, dropped)))
                    .hasMessageContaining("cannot add an element of map ip weft fate: EEXIST");
            sandbox.nftables().apply(new Batch().add(map, accepted));
        }
    }

    @Test
    void setThatIsFull_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "few", DataType.INET_SERVICE).size(1);
            sandbox.nftables()
                    .apply(new Batch().add(TABLE).add(set).add(set, Element.of(Datum.port(1))));

            assertThat(refusal(sandbox, new Batch().add(set, Element.of(Datum.port(2)))))
                    .hasMessageStartingWith("cannot add an element of set ip weft few: ENFILE")
                    .hasMessageContaining("the set has all the elements that it may have");
        }
    }

    @Test
    void thousandsOfRefusals_areToldByAFew() {
        try (Sandbox sandbox = new Sandbox()) {
            Batch batch = new Batch().add(TABLE).add(CHAIN);
            Rule bad = Rule.in(CHAIN).jump(Chain.of(TABLE, "gone"));
            for (int i = 0; i < 5_000; i++) {
                batch.append(bad);
            }

            KernelException refused = refusal(sandbox, batch);
            int others = refused.getSuppressed().length;
            assertThat(others).isBetween(1, 15);
            assertThat(refused)
                    .hasMessageContaining("jump gone: ENOENT")
                    .hasMessageEndingWith(", and " + others + " more of the batch");
            assertThat(refused.getSuppressed()[0]).hasMessageContaining("jump gone: ENOENT");
        }
    }

    @Test
    void cycleReachableFromAHook_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            Chain back = Chain.of(TABLE, "back");
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(FORWARD)
                                    .add(CHAIN)
                                    .add(back)
                                    .append(Rule.in(FORWARD).jump(CHAIN))
                                    .append(Rule.in(CHAIN).jump(back)));

            KernelException refused =
                    refusal(sandbox, new Batch().append(Rule.in(back).jump(CHAIN)));
            assertThat(refused.errno()).isIn(Errno.EMLINK.number(), Errno.ELOOP.number());
            assertThat(refused)
                    .hasMessageStartingWith("cannot append rule ip weft back: jump web")
                    .hasMessageContaining("jumps lead in a circle or more than 16 deep");
        }
    }

    @Test
    void missingObject_isNamed() {
        try (Sandbox sandbox = new Sandbox()) {
            Rule rule = Rule.of(CHAIN, List.of(new ObjectReference(1, "hits")));
            assertThat(refusal(sandbox, new Batch().add(TABLE).add(CHAIN).append(rule)))
                    .hasMessageStartingWith("cannot append rule ip weft web")
                    .hasMessageContaining("its table has no object hits");
        }
    }

    @Test
    void expressionThatTheKernelLacks_isNamed() {
        try (Sandbox sandbox = new Sandbox()) {
            Attributes nothing = Attributes.empty(AttributeTable.named("nothing"));
            Rule rule =
                    Rule.of(
                            CHAIN,
                            List.of(new Counter(0, 0), new UnknownExpression("teleport", nothing)));
            assertThat(refusal(sandbox, new Batch().add(TABLE).add(CHAIN).append(rule)))
                    .hasMessageStartingWith("cannot append rule ip weft web")
                    .hasMessageContaining("this kernel has no expression teleport");
        }
    }

    @Test
    void chainTypeThatTheFamilyLacks_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            Table bridge = Table.of(Family.BRIDGE, "weft");
            Chain nat = Chain.base(bridge, "nat", ChainType.NAT, Hook.INPUT, 0);
            assertThat(refusal(sandbox, new Batch().add(bridge).add(nat)))
                    .hasMessageStartingWith("cannot add chain bridge weft nat: ENOENT")
                    .hasMessageContaining("this kernel has no such type");
        }
    }

    @Test
    void elementThatJumpsToMissingChain_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet map = NftSet.verdictMap(TABLE, "fate", DataType.INET_SERVICE);
            Element element = Element.of(Datum.port(80), Verdict.jump("gone"));
            assertThat(refusal(sandbox, new Batch().add(TABLE).add(map).add(map, element)))
                    .hasMessageStartingWith("cannot add an element of map ip weft fate: ENOENT")
                    .hasMessageContaining("what the element leads to, is not there");
        }
    }

    @Test
    void intervalThatOverlaps_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            NftSet set = NftSet.of(TABLE, "nets", DataType.IPV4_ADDR).intervals();
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .add(set)
                                    .add(set, Element.prefix(IpPrefix.parse("10.0.0.0/16"))));

            Batch within = new Batch().add(set, range("10.0.200.0", "10.1.0.9"));
            assertThat(refusal(sandbox, within))
                    .hasMessageStartingWith("cannot add 2 elements of set ip weft nets: EEXIST")
                    .hasMessageContaining("its range overlaps another");
            Batch around = new Batch().add(set, range("9.9.9.9", "10.0.0.5"));
            assertThat(refusal(sandbox, around))
                    .hasMessageStartingWith("cannot add 2 elements of set ip weft nets: EEXIST")
                    .hasMessageContaining("its range overlaps another");
        }
    }

    private static List<Element> range(String first, String last) {
        return Element.of(address(first)).through(address(last));
    }

    private static Datum address(String text) {
        return Datum.address(IpPrefix.parseAddress(text));
    }

    @Test
    void tableOfAnotherOwner_isNotChanged() {
        KernelFeature.assumeSince(5, 12, "tables with an owner");
        try (Sandbox sandbox = new Sandbox();
                Nftables other = Nftables.open(sandbox.namespace())) {
            Table owned = TABLE.with(TableFlag.OWNER);
            sandbox.nftables().apply(new Batch().create(owned).create(CHAIN));

            assertThatThrownBy(() -> other.apply(new Batch().delete(CHAIN)))
                    .hasMessageStartingWith("cannot delete chain ip weft web: EPERM")
                    .hasMessageContaining("its table has an owner");
            assertThat(sandbox.nftables().tables().getFirst().flags())
                    .containsExactly(TableFlag.OWNER);
        }
    }

    @Test
    void missingPrivilege_isSaidWithWhatToDo() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Command.Result result =
                Command.run(
                        "unshare",
                        "--user",
                        java.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Unprivileged.class.getName());

        assertThat(result.stdout()).contains("cannot change the ruleset: EPERM", "CAP_NET_ADMIN");
    }

    /// Run by a user namespace that does not own the network namespace.
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] arguments) {
            try (Nftables nftables = Nftables.open()) {
                nftables.apply(new Batch().add(TABLE));
            } catch (KernelException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void otherTables_areNeverTouched() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(RulesetText.of("rules.nft"));
            String others = sandbox.nft("list", "table", "inet", "weft");
            sandbox.nftables().apply(new Batch().create(TABLE).create(CHAIN));
            sandbox.nftables().apply(new Batch().delete(TABLE));

            assertThat(sandbox.nft("list", "ruleset")).isEqualTo(others);
        }
    }

    @Test
    void delete_ofWhatIsNotThere_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThatThrownBy(() -> sandbox.nftables().apply(new Batch().delete(CHAIN)))
                    .hasMessageContaining("cannot delete chain ip weft web: ENOENT");
        }
    }

    @Test
    void destroy_ofWhatIsNotThere_isDone() {
        KernelFeature.assumeSince(6, 3, "nftables requests that destroy");
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.nftables().apply(new Batch().add(TABLE).destroy(CHAIN));
            assertThat(sandbox.nft("list", "ruleset")).contains("table ip weft");
        }
    }
}
