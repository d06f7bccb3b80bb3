package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.linux.IpPrefix;
import dev.weft.plugins.nat.Masquerade;
import dev.weft.plugins.nat.Masquerade.Backend;
import dev.weft.plugins.nat.Masquerade.Plan;
import dev.weft.plugins.site.Owner;
import dev.weft.plugins.site.Steps;
import dev.weft.plugins.site.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MasqueradeKernelIT {
    private static final Owner OWNER = Owner.of("mynet", new AttachmentId("c1", "eth0"));
    private static final Owner OTHER = Owner.of("mynet", new AttachmentId("c2", "eth0"));
    private static final List<IpPrefix> BOTH =
            List.of(IpPrefix.parse("10.1.0.2/24"), IpPrefix.parse("fd00:1::2/64"));

    @TempDir private Path directory;

    @SuppressWarnings("NullAway.Init") // before each test
    private NatLab lab;

    @SuppressWarnings("NullAway.Init") // before each test
    private Masquerade masquerade;

    @BeforeEach
    void open() {
        lab = new NatLab(directory);
        masquerade = new Masquerade(lab.site);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void add(Owner owner, Plan plan) {
        Work.undoable(
                Steps.NONE,
                work -> {
                    masquerade.add(work, owner, plan);
                    return true;
                });
    }

    private void remove(Owner owner, Optional<Plan> recorded, List<IpPrefix> addresses) {
        Work.complete(Steps.NONE, work -> masquerade.remove(work, owner, recorded, addresses));
    }

    private String ruleset() {
        return NatLab.in(lab.host, "nft list ruleset");
    }

    @ParameterizedTest
    @EnumSource
    void container_isSeenOutsideAsTheHost_andInItsSubnetAsItself(Backend backend) {
        Plan plan = new Plan(backend, BOTH);
        add(OWNER, plan);
        masquerade.check(OWNER, plan);
        assertThat(NatLab.peer(lab.a, "192.0.2.2", lab.outside, 90, 90)).isEqualTo("192.0.2.1");
        assertThat(NatLab.peer(lab.a, "10.1.0.3", lab.b, 90, 90)).isEqualTo("10.1.0.2");
        assertThat(NatLab.peer(lab.a, "2001:db8::2", lab.outside, 90, 90)).isEqualTo("2001:db8::1");

        remove(OWNER, Optional.of(plan), List.of());
        assertThat(ruleset()).doesNotContain("10.1.0", "CNI-", "weft");
        assertThat(NatLab.peer(lab.a, "192.0.2.2", lab.outside, 90, 90)).isEmpty();
        assertThatThrownBy(() -> masquerade.check(OWNER, plan)).isInstanceOf(CniException.class);
        remove(OWNER, Optional.of(plan), List.of());
    }

    @ParameterizedTest
    @EnumSource
    void removalWithoutRecord_isOfOwnEntriesOnly(Backend backend) {
        Plan other = new Plan(backend, List.of(IpPrefix.parse("10.1.0.3/24")));
        add(OWNER, new Plan(backend, BOTH));
        add(OTHER, other);
        remove(OWNER, Optional.empty(), List.of(BOTH.get(1), other.addresses().getFirst()));
        masquerade.check(OTHER, other);
        assertThat(ruleset()).doesNotContain("fd00:1");
        remove(OWNER, Optional.empty(), BOTH);
        masquerade.check(OTHER, other);
        remove(OTHER, Optional.empty(), other.addresses());
        assertThat(ruleset()).doesNotContain("10.1.0", "CNI-", "weft");
    }

    @Test
    void addressOfAForgottenContainer_isTakenOver_andNotRemovedWithIt() {
        add(OWNER, new Plan(Backend.NFTABLES, BOTH));
        Plan moved = new Plan(Backend.NFTABLES, List.of(IpPrefix.parse("10.1.0.2/16")));
        add(OTHER, moved);
        remove(OWNER, Optional.of(new Plan(Backend.NFTABLES, BOTH)), List.of());
        masquerade.check(OTHER, moved);
        assertThat(ruleset()).doesNotContain("10.1.0.0/24");
    }

    /// Between its two transactions: entries first, then what nobody needs any more.
    @Test
    void removalThatWasKilledHalfWay_isCompleted() {
        Plan plan = new Plan(Backend.NFTABLES, BOTH);
        add(OWNER, plan);
        NatLab.in(lab.host, "nft flush map inet weft masquerade4");
        NatLab.in(lab.host, "nft flush map inet weft masquerade6");
        remove(OWNER, Optional.of(plan), List.of());
        assertThat(ruleset()).doesNotContain("weft");
    }

    @Test
    void collection_removesStraysOfTheNetworkOnly() {
        Plan second = new Plan(Backend.NFTABLES, List.of(IpPrefix.parse("10.1.0.3/24")));
        Owner elsewhere = Owner.of("othernet", OWNER.attachment());
        Plan third = new Plan(Backend.NFTABLES, List.of(IpPrefix.parse("10.2.0.3/24")));
        add(OWNER, new Plan(Backend.NFTABLES, BOTH));
        add(OTHER, second);
        add(elsewhere, third);
        Work.complete(
                Steps.NONE, work -> masquerade.collect(work, "mynet", Set.of(OTHER.attachment())));
        masquerade.check(OTHER, second);
        masquerade.check(elsewhere, third);
        assertThat(ruleset()).doesNotContain("10.1.0.2", "fd00:1");
    }
}
