package dev.weft.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.ObjectData.CtExpectation;
import dev.weft.firewall.ObjectData.CtTimeout;
import dev.weft.firewall.ObjectData.FollowedProtocol;
import dev.weft.firewall.ObjectData.State;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.ObjectReference;
import dev.weft.firewall.value.Family;
import dev.weft.linux.KernelException;
import dev.weft.testkit.KernelFeature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Named objects of each type, beside `nft`.
final class ObjectsKernelIT {
    private static final Table TABLE = Table.of(Family.INET, "weft");
    private static final FollowedProtocol FTP = new FollowedProtocol("ftp", Family.IP, 6);
    private static final CtExpectation EXPECTATION =
            new CtExpectation(Family.IP, 6, 5432, 3_600_000, 12);

    private static ObjectData data(Sandbox sandbox, ObjectType type) {
        return sandbox.nftables().objects(TABLE).stream()
                .filter(object -> object.type().equals(Optional.of(type)))
                .flatMap(object -> object.data().stream())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void objectsOfNft_haveTheirData() {
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.load(RulesetText.of("again/objects.nft").replace("inet t", "inet weft"));

            assertThat(data(sandbox, ObjectType.COUNTER))
                    .isEqualTo(new State(ObjectType.COUNTER, new Counter(3, 300)));
            assertThat(data(sandbox, ObjectType.CT_HELPER)).isEqualTo(FTP);
            assertThat(data(sandbox, ObjectType.CT_EXPECTATION)).isEqualTo(EXPECTATION);
            assertThat(sandbox.nftables().objects(TABLE))
                    .extracting(object -> object.data().orElseThrow())
                    .allSatisfy(data ->
                            assertThat(ObjectData.decode(data.type(), data.encode()))
                                    .isEqualTo(data));
            assertThat(sandbox.nftables().objects(TABLE))
                    .extracting(NftObject::toString)
                    .contains("counter inet weft hits", "ct helper inet weft h");
        }
    }

    @Test
    void objectsMadeHere_areListedByNft() {
        try (Sandbox sandbox = new Sandbox()) {
            NftObject hits = NftObject.counter(TABLE, "hits").comment("all");
            NftObject other = NftObject.counter(TABLE, "other");
            sandbox.nftables()
                    .apply(
                            new Batch()
                                    .add(TABLE)
                                    .create(hits)
                                    .add(other)
                                    .add(NftObject.of(TABLE, "h", FTP))
                                    .add(NftObject.of(TABLE, "e", EXPECTATION)));

            assertThat(sandbox.nft("list", "ruleset").replaceAll("\\s+", " "))
                    .contains("counter hits { comment \"all\" packets 0 bytes 0 }")
                    .contains("ct helper h { type \"ftp\" protocol tcp l3proto ip }")
                    .contains(
                            "ct expectation e { protocol tcp dport 5432 timeout 1h size 12 l3proto"
                                    + " ip }");
            sandbox.nftables().apply(new Batch().delete(hits));
            assertThat(sandbox.nft("list", "counters")).doesNotContain("hits").contains("other");
        }
    }

    @Test
    void timeoutsByState_areListedByNft() {
        try (Sandbox sandbox = new Sandbox()) {
            CtTimeout timeout = new CtTimeout(Family.IP, 6, Map.of(3, 100, 7, 4));
            NftObject object = NftObject.of(TABLE, "quick", timeout);
            KernelFeature.assume("ct timeout objects", isMade(sandbox, object));

            assertThat(sandbox.nft("list", "ruleset").replaceAll("\\s+", " "))
                    .contains("ct timeout quick { protocol tcp l3proto ip policy = {");
            CtTimeout read = (CtTimeout) data(sandbox, ObjectType.CT_TIMEOUT);
            assertThat(read.seconds()).containsEntry(3, 100).containsEntry(7, 4);
        }
    }

    private static boolean isMade(Sandbox sandbox, NftObject object) {
        try {
            sandbox.nftables().apply(new Batch().add(TABLE).add(object));
            return true;
        } catch (KernelException _) {
            return false;
        }
    }

    @Test
    void reset_tellsWhatWasCounted_andBeginsAnew() {
        try (Sandbox sandbox = new Sandbox()) {
            NftObject used = NftObject.of(TABLE, "hits", ObjectType.COUNTER, new Counter(3, 300));
            sandbox.nftables().apply(new Batch().add(TABLE).add(used));

            NftObject told = sandbox.nftables().reset(used);
            assertThat(told.data()).hasValue(new State(ObjectType.COUNTER, new Counter(3, 300)));
            assertThat(data(sandbox, ObjectType.COUNTER))
                    .isEqualTo(new State(ObjectType.COUNTER, new Counter(0, 0)));
            assertThatThrownBy(() -> sandbox.nftables().reset(NftObject.counter(TABLE, "none")))
                    .hasMessageStartingWith("cannot reset counter inet weft none: ENOENT");
        }
    }

    @Test
    void counterInUse_isNotDeleted() {
        try (Sandbox sandbox = new Sandbox()) {
            NftObject hits = NftObject.counter(TABLE, "hits");
            Chain chain = Chain.of(TABLE, "web");
            Rule rule = Rule.of(chain, List.of(new ObjectReference(1, "hits")));
            sandbox.nftables().apply(new Batch().add(TABLE).add(hits).add(chain).append(rule));

            assertThatThrownBy(() -> sandbox.nftables().apply(new Batch().delete(hits)))
                    .hasMessageStartingWith("cannot delete counter inet weft hits: EBUSY")
                    .hasMessageContaining("still refer to it");
        }
    }
}
