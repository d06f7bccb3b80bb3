package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.firewall.expression.Selector;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import java.nio.file.Path;
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
                            "cannot append rule ip weft web: ip saddr @nowhere drop: ENOENT");
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
                            "cannot append rule ip weft web: jump gone: ENOENT (2, no such object)")
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

            assertThat(refusal(sandbox, new Batch().add(set, Element.of(Datum.port(2)))).errno())
                    .isEqualTo(Errno.ENFILE.number());
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
            assertThat(refused).hasMessageContaining("jump gone: ENOENT");
            assertThat(refused.getSuppressed()).hasSizeBetween(1, 15);
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

            assertThat(refusal(sandbox, new Batch().append(Rule.in(back).jump(CHAIN))).errno())
                    .isIn(Errno.EMLINK.number(), Errno.ELOOP.number());
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
