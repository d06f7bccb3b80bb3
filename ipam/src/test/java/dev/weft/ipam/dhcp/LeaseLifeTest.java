package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.IpAddresses;
import java.net.Inet4Address;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a lease: extended, changed, refused, expired, and taken up after a restart.
final class LeaseLifeTest {
    private static final long T1 = Bench.HOUR / 2;
    private static final long T2 = Bench.HOUR / 8 * 7;
    private static final Inet4Address OTHER = IpAddresses.parseV4("10.0.0.200");

    private final Bench bench = new Bench().bound();

    @Test
    void halfWayThrough_theServerIsAskedByUnicast() {
        Dhcpv4Lease before = bench.lease();
        bench.wake();
        assertThat(bench.now).isBetween(T1 - T1 / 20, T1);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.RENEWING);
        assertThat(bench.sent.getLast())
                .isEqualTo(
                        new Transmission.Unicast(bench.last(), before.address(), before.server()));
        assertThat(bench.last().client()).isEqualTo(before.address());
        assertThat(bench.last().options().find(Dhcpv4Option.REQUESTED_ADDRESS)).isEmpty();
        assertThat(bench.last().options().find(Dhcpv4Option.SERVER_IDENTIFIER)).isEmpty();
        long asked = bench.now;
        bench.now += 700;
        bench.answer();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.BOUND);
        assertThat(bench.events.getLast())
                .isEqualTo(new LeaseEvent.Renewed(before, bench.lease(), asked));
        assertThat(bench.client.expiryMillis()).hasValue(asked + Bench.HOUR);
    }

    @Test
    void unansweredRenewal_isRepeatedAfterHalfOfWhatIsLeftAndAtLeastAMinute() {
        bench.wake();
        long before = bench.now;
        while (bench.client.state() == Dhcpv4State.RENEWING) {
            long wait = Math.max(60_000, (T2 - before) / 2);
            bench.wake();
            assertThat(bench.now).isEqualTo(Math.min(T2, before + wait));
            before = bench.now;
        }
        assertThat(bench.now).isEqualTo(T2);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REBINDING);
    }

    @Test
    void answerToARepeatedRenewal_countsFromThatRenewal() {
        bench.wake();
        Dhcpv4 first = bench.last();
        bench.wake();
        long second = bench.now;
        bench.receive(bench.server.answer(first, bench.now).orElseThrow());
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.RENEWING);
        bench.answer();
        assertThat(bench.client.expiryMillis()).hasValue(second + Bench.HOUR);
    }

    @Test
    void sevenEighthsThrough_anyServerIsAskedByBroadcast() {
        Dhcpv4Lease before = bench.lease();
        bench.advanceTo(T2);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REBINDING);
        assertThat(bench.sent.getLast())
                .isEqualTo(new Transmission.Broadcast(bench.last(), before.address()));
        SimulatedServer second = new SimulatedServer("10.0.0.2", 7200);
        bench.receive(second.reply(Dhcpv4MessageType.ACK, bench.last(), before.address()));
        assertThat(bench.lease().server()).isEqualTo(second.address());
        assertThat(bench.client.expiryMillis()).hasValue(T2 + 2 * Bench.HOUR);
    }

    @Test
    void otherServersDoNotRenewBeforeThat() {
        bench.wake();
        SimulatedServer second = new SimulatedServer("10.0.0.2", 7200);
        Inet4Address address = bench.lease().address();
        bench.receive(second.reply(Dhcpv4MessageType.ACK, bench.last(), address));
        bench.receive(second.refusal(bench.last()));
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.RENEWING);
    }

    @Test
    void renewalWithAnotherAddress_isALeaseOfThat() {
        Dhcpv4Lease before = bench.lease();
        bench.wake();
        bench.answer(message -> message.withYour(OTHER));
        assertThat(bench.events.getLast())
                .isEqualTo(new LeaseEvent.Renewed(before, bench.lease(), bench.now));
        assertThat(bench.lease().address()).isEqualTo(OTHER);
        bench.wake();
        assertThat(bench.last().client()).isEqualTo(OTHER);
    }

    @Test
    void refusedRenewal_losesTheLeaseAndBeginsAgain() {
        bench.wake();
        bench.server.forget();
        bench.answer();
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.REFUSED);
        assertThat(bench.client.lease()).isEmpty();
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
        assertThat(bench.last().options().find(Dhcpv4Option.REQUESTED_ADDRESS)).isEmpty();
    }

    @Test
    void leaseThatNobodyExtends_isLostInTime() {
        Dhcpv4Lease before = bench.lease();
        while (bench.client.lease().isPresent()) {
            assertThat(bench.now).isLessThan(Bench.HOUR);
            bench.wake();
        }
        assertThat(bench.now).isEqualTo(Bench.HOUR);
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.EXPIRED);
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
        assertThat(bench.last().options().address(Dhcpv4Option.REQUESTED_ADDRESS))
                .contains(before.address());
    }

    @Test
    void callerThatComesTooLate_findsTheLeaseLostAndNothingElse() {
        int sent = bench.sent.size();
        bench.advanceTo(Bench.HOUR);
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.EXPIRED);
        assertThat(bench.sent).hasSize(sent + 1);
    }

    @Test
    void answerThatComesTooLate_doesNotSaveTheLease() {
        bench.advanceTo(T2);
        Dhcpv4 request = bench.last();
        bench.now = Bench.HOUR;
        bench.receive(bench.server.answer(request, T2).orElseThrow());
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.EXPIRED);
        assertThat(bench.client.lease()).isEmpty();
    }

    @Test
    void releaseAfterTheEnd_saysNothing() {
        assertThat(bench.client.release(Bench.HOUR)).isEmpty();
    }

    @Test
    void leaseForEver_isNeverTouched() {
        Bench forEver = new Bench();
        forEver.server.leaseFor(0xffff_ffffL);
        forEver.bound();
        assertThat(forEver.client.wakeUpMillis()).isEmpty();
        assertThat(forEver.client.expiryMillis()).isEmpty();
        assertThat(forEver.client.advance(Long.MAX_VALUE - 1)).isEmpty();
        assertThat(forEver.client.release(1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "600, 3000, 600, 3000",
        "1, 2, 1, 2",
        "3000, 600, 1800, 3150",
        "1800, 1800, 1800, 3150",
        "1800, 3600, 1800, 3150",
        "0, 3000, 1800, 3150",
        "4294967295, 4294967295, 1800, 3150",
        "600, 4294967295, 1800, 3150"
    })
    void timesThatAreInNoOrder_areAsGoodAsNone(long t1, long t2, long renew, long rebind) {
        Bench fresh = new Bench();
        fresh.advanceTo(0);
        fresh.answer();
        fresh.answer(message ->
                Bench.with(
                        message,
                        Dhcpv4Option.u32(Dhcpv4Option.RENEWAL_SECONDS, t1),
                        Dhcpv4Option.u32(Dhcpv4Option.REBINDING_SECONDS, t2)));
        fresh.wake();
        assertThat(fresh.now).isBetween(renew * 950, renew * 1000);
        while (fresh.client.state() == Dhcpv4State.RENEWING) {
            fresh.wake();
        }
        assertThat(fresh.now).isEqualTo(rebind * 1000);
    }

    @Test
    void shortLease_hasSeveralTriesOfEachKind() {
        Bench fresh = new Bench();
        fresh.server.leaseFor(120);
        fresh.bound();
        while (fresh.client.lease().isPresent()) {
            fresh.wake();
        }
        assertThat(fresh.sent.stream().filter(Transmission.Unicast.class::isInstance).count())
                .isBetween(3L, 8L);
        assertThat(fresh.sent.size()).isBetween(8, 16);
    }

    @Test
    void resumedClient_usesItsLeaseAndAsksWhetherItHolds() {
        Dhcpv4Lease lease = bench.lease();
        Bench resumed = new Bench(lease, 0, 600_000);
        assertThat(resumed.client.lease()).contains(lease);
        assertThat(resumed.client.state()).isEqualTo(Dhcpv4State.INIT_REBOOT);
        resumed.wake();
        assertThat(resumed.now).isBetween(600_000L, 610_000L);
        assertThat(resumed.client.state()).isEqualTo(Dhcpv4State.REBOOTING);
        Dhcpv4 request = resumed.last();
        assertThat(resumed.lastType()).isEqualTo(Dhcpv4MessageType.REQUEST);
        assertThat(request.options().address(Dhcpv4Option.REQUESTED_ADDRESS))
                .contains(lease.address());
        assertThat(request.options().find(Dhcpv4Option.SERVER_IDENTIFIER)).isEmpty();
        assertThat(request.client()).isEqualTo(IpAddresses.parseV4("0.0.0.0"));
        long asked = resumed.now;
        resumed.receive(bench.server.answer(request, resumed.now).orElseThrow());
        assertThat(resumed.events)
                .containsExactly(new LeaseEvent.Renewed(lease, resumed.lease(), asked));
        assertThat(resumed.client.expiryMillis()).hasValue(asked + Bench.HOUR);
    }

    @Test
    void resumedClientWithoutAnAnswer_keepsTheLeaseForItsTime() {
        Bench resumed = new Bench(bench.lease(), 0, 600_000);
        for (int i = 0; i < 4; i++) {
            resumed.wake();
            assertThat(resumed.client.state()).isEqualTo(Dhcpv4State.REBOOTING);
        }
        resumed.wake();
        assertThat(resumed.client.state()).isEqualTo(Dhcpv4State.BOUND);
        assertThat(resumed.client.expiryMillis()).hasValue(Bench.HOUR);
        assertThat(resumed.events).isEmpty();
        resumed.wake();
        assertThat(resumed.client.state()).isEqualTo(Dhcpv4State.RENEWING);
        assertThat(resumed.sent).hasSize(5);
    }

    @Test
    void resumedClient_losesARefusedLease() {
        Bench resumed = new Bench(bench.lease(), 0, 600_000);
        resumed.wake();
        resumed.answer();
        assertThat(resumed.lostBecause()).isEqualTo(LeaseEvent.Reason.REFUSED);
        assertThat(resumed.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
    }

    @Test
    void resumedClient_losesALeaseThatIsOver() {
        Bench resumed = new Bench(bench.lease(), 0, Bench.HOUR);
        assertThat(resumed.client.wakeUpMillis().orElseThrow()).isLessThanOrEqualTo(Bench.HOUR);
        resumed.advanceTo(Bench.HOUR);
        assertThat(resumed.lostBecause()).isEqualTo(LeaseEvent.Reason.EXPIRED);
        assertThat(resumed.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
    }

    @Test
    void resumedClient_losesALeaseThatEndsWhileItAsks() {
        Bench resumed = new Bench(bench.lease(), 0, Bench.HOUR - 3000);
        while (resumed.events.isEmpty()) {
            resumed.wake();
            assertThat(resumed.now).isLessThanOrEqualTo(Bench.HOUR);
        }
        assertThat(resumed.now).isEqualTo(Bench.HOUR);
        assertThat(resumed.lostBecause()).isEqualTo(LeaseEvent.Reason.EXPIRED);
    }

    @Test
    void resumedClient_releasesBeforeItHasAskedAnything() {
        Bench resumed = new Bench(bench.lease(), 0, 600_000);
        resumed.take(resumed.client.release(600_000));
        assertThat(resumed.lastType()).isEqualTo(Dhcpv4MessageType.RELEASE);
    }
}
