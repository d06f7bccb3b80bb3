package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.testkit.Seeded;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Options;
import dev.weft.wire.Dhcpv6Status;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a lease.
final class Dhcpv6LeaseLifeTest extends Dhcpv6Bench {
    @Test
    void lease_isRenewedThenReboundThenLost() {
        bind();
        Dhcpv6Lease first = lease();
        wake();
        assertThat(now).isEqualTo(HOUR / 2);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.RENEW);
        assertThat(codes(sent.getLast())).containsExactly(1, 2, 3, 8, 6);
        answer();
        assertThat(events.getLast()).isEqualTo(new Dhcpv6Effect.Renewed(first, lease(), HOUR / 2));
        wake();
        assertThat(now).isEqualTo(HOUR);
        while (client.state() == Dhcpv6State.RENEWING) {
            wake();
        }
        assertThat(now).isEqualTo(HOUR / 2 + HOUR / 5 * 4);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.REBIND);
        assertThat(codes(sent.getLast())).containsExactly(1, 3, 8, 6);
        while (client.lease().isPresent()) {
            wake();
        }
        assertThat(now).isEqualTo(HOUR / 2 + 2 * HOUR);
        assertLost(LeaseEvent.Reason.EXPIRED);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
    }

    @Test
    void callerThatComesTooLate_findsTheLeaseLost() {
        bind();
        int before = sent.size();
        advanceTo(2 * HOUR);
        assertLost(LeaseEvent.Reason.EXPIRED);
        assertThat(sent).hasSize(before + 1);
    }

    @Test
    void otherServer_rebinds() {
        bind();
        advanceTo(HOUR / 5 * 4);
        SimulatedServer6 other = new SimulatedServer6(2);
        receive(other.reply(Dhcpv6.REPLY, sent.getLast(), other.granted(sent.getLast())));
        assertThat(lease().server()).isEqualTo(other.identifier);
    }

    @Test
    void serverWithoutTheBinding_endsTheLease() {
        bind();
        wake();
        server.boundUntilMillis = 0;
        answer();
        assertLost(LeaseEvent.Reason.REFUSED);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
    }

    @Test
    void lifetimesOfNothing_endTheLease() {
        bind();
        wake();
        server.preferredSeconds = 0;
        server.validSeconds = 0;
        answer();
        assertLost(LeaseEvent.Reason.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "100, 200, 100, 200",
        "0, 0, 1800, 2880",
        "0, 1000, 1000, 1000",
        "100, 0, 100, 2880",
        "9000, 9000, 1800, 2880",
        "4294967295, 4294967295, 1800, 2880"
    })
    void timesThatAreOpenOrTooLate_areTheRecommended(long t1, long t2, long renew, long rebind) {
        advanceTo(0);
        answer();
        Dhcpv6Association association =
                new Dhcpv6Association(
                        false,
                        7,
                        t1,
                        t2,
                        Dhcpv6Options.of(
                                Dhcpv6Option.address(SimulatedServer6.ADDRESS, 3600, 7200)));
        receive(server.reply(Dhcpv6.REPLY, sent.getLast(), List.of(association.option())));
        wake();
        assertThat(now).isEqualTo(renew * 1000);
        while (client.state() != Dhcpv6State.REBINDING) {
            wake();
        }
        assertThat(now).isEqualTo(rebind * 1000);
    }

    @Test
    void leaseForEver_isNeverTouched() {
        server.preferredSeconds = Dhcpv6Option.FOREVER_SECONDS;
        server.validSeconds = Dhcpv6Option.FOREVER_SECONDS;
        bind();
        assertThat(client.wakeUpMillis()).isEmpty();
        assertThat(client.advance(Long.MAX_VALUE - 1)).isEmpty();
    }

    @Test
    void release_isRepeatedUntilItIsHeard() {
        bind();
        now = 5000;
        take(client.release(now));
        assertLost(LeaseEvent.Reason.RELEASED);
        assertThat(codes(sent.getLast())).containsExactly(1, 2, 3, 8);
        wake();
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.RELEASE);
        answer();
        assertThat(client.state()).isEqualTo(Dhcpv6State.STOPPED);
        assertThat(client.wakeUpMillis()).isEmpty();
    }

    @Test
    void unheardRelease_endsAfterFour() {
        bind();
        take(client.release(0));
        int before = sent.size();
        while (client.wakeUpMillis().isPresent()) {
            wake();
        }
        assertThat(sent).hasSize(before + 3);
        assertThat(client.state()).isEqualTo(Dhcpv6State.STOPPED);
    }

    @Test
    void releaseWithoutALease_saysNothing() {
        advanceTo(0);
        assertThat(client.release(0)).isEmpty();
        assertThat(client.state()).isEqualTo(Dhcpv6State.STOPPED);
    }

    @Test
    void declinedAddress_isReportedAndAnotherAskedFor() {
        client = Dhcpv6Client.starting(settings(true), random, 0);
        bind();
        take(client.decline(0));
        assertLost(LeaseEvent.Reason.DECLINED);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.DECLINE);
        assertThat(codes(sent.getLast())).containsExactly(1, 2, 3, 8);
        answer();
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
    }

    @Test
    void resumedClient_confirmsAndKeepsItsLease() {
        bind();
        Dhcpv6Lease lease = lease();
        now = 60_000;
        resume(SETTINGS, lease, 0);
        wake();
        assertThat(now).isBetween(60_000L, 61_000L);
        assertThat(codes(sent.getLast())).containsExactly(1, 3, 8);
        answer();
        assertThat(client.state()).isEqualTo(Dhcpv6State.BOUND);
        assertThat(lease()).isEqualTo(lease);
        assertThat(client.wakeUpMillis()).hasValue(HOUR / 2);
        assertThat(events).isEmpty();
    }

    @Test
    void resumedClientOnAnotherLink_losesItsLease() {
        bind();
        resume(SETTINGS, lease(), 0);
        wake();
        receive(server.status(sent.getLast(), Dhcpv6Status.NOT_ON_LINK));
        assertLost(LeaseEvent.Reason.REFUSED);
    }

    @Test
    void resumedClientWithoutAnAnswer_keepsItsLease() {
        bind();
        resume(SETTINGS, lease(), 0);
        while (client.state() != Dhcpv6State.BOUND) {
            wake();
        }
        assertThat(now).isBetween(10_000L, 16_000L);
        assertThat(events).isEmpty();
    }

    @Test
    void resumedClientWithAPrefix_bindsAnew() {
        client = Dhcpv6Client.starting(settings(true), random, 0);
        bind();
        resume(settings(true), lease(), 0);
        wake();
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.REBIND);
        answer();
        assertThat(events.getLast()).isInstanceOf(Dhcpv6Effect.Renewed.class);
    }

    @Test
    void resumedClient_losesALeaseThatIsOver() {
        bind();
        now = 2 * HOUR;
        resume(SETTINGS, lease(), 0);
        advanceTo(now);
        assertLost(LeaseEvent.Reason.EXPIRED);
    }

    @Test
    void networkThatLosesAndDelays_endsWithALeaseAndNeverOutlivesOne() {
        Seeded.forAll(100, Dhcpv6LeaseLifeTest::run);
    }

    private static void run(Seeded seeded) {
        Dhcpv6LeaseLifeTest world = new Dhcpv6LeaseLifeTest();
        long valid = seeded.oneOf(List.of(10L, 120L, 7200L));
        world.server.validSeconds = valid;
        world.server.preferredSeconds = valid / seeded.between(1, 4);
        world.server.commitsRapidly = seeded.flip();
        int loss = seeded.between(0, 80);
        long whole = valid * seeded.between(100, 5000);
        long end = 4 * whole + 200_000;
        while (world.now < end) {
            long wake = world.client.wakeUpMillis().orElseThrow();
            int before = world.sent.size();
            world.advanceTo(Math.max(world.now, wake));
            for (int i = before; i < world.sent.size(); i++) {
                boolean isLost = world.now < whole && seeded.between(1, 100) <= loss;
                if (!isLost) {
                    Dhcpv6 request = world.sent.get(i);
                    Dhcpv6 reply = world.server.answer(request, world.now).orElseThrow();
                    world.now += seeded.between(0, 500);
                    world.receive(reply);
                    if (seeded.flip()) {
                        world.receive(reply);
                    }
                }
            }
            if (world.client.lease().isPresent()) {
                assertThat(world.server.isBound(world.now)).isTrue();
            }
        }
        assertThat(world.client.lease()).isPresent();
    }

    @Test
    void damagedReply_isALeaseThatEndsOrNone() {
        Seeded.forAll(
                2000,
                random -> {
                    String name = random.oneOf(List.of("lease", "prefix"));
                    String path =
                            "Dhcpv6LeaseLifeTestInputs/anyReply_isALeaseThatEndsOrNone/" + name;
                    new Dhcpv6LeaseLifeTest()
                            .anyReply_isALeaseThatEndsOrNone(
                                    Dhcpv4FuzzTest.damaged(
                                            random, Dhcpv6LeaseLifeTest.class, path));
                });
    }

    @FuzzTest
    void anyReply_isALeaseThatEndsOrNone(byte[] content) {
        advanceTo(0);
        answer();
        try {
            byte[] message = new byte[4 + content.length];
            System.arraycopy(content, 0, message, 4, content.length);
            Dhcpv6Options options = Dhcpv6.decode(Slice.of(message)).value().options();
            receive(server.reply(Dhcpv6.REPLY, sent.getLast(), options.all()));
        } catch (MalformedPacketException noMessage) {
            return;
        }
        client.lease().ifPresent(lease -> assertThat(lease.search()).doesNotContain(""));
        for (int i = 0; i < 100 && client.wakeUpMillis().isPresent(); i++) {
            assertThat(client.wakeUpMillis().orElseThrow()).isGreaterThan(now);
            wake();
        }
    }
}
