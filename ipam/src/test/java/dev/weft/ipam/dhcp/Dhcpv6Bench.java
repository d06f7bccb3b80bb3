package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A client on virtual time, with a server that answers when it is told to.
class Dhcpv6Bench {
    static final Dhcpv6Settings SETTINGS = settings(false);
    static final long HOUR = 3_600_000;

    final SimulatedServer6 server = new SimulatedServer6(1);
    final RandomGenerator random = new SplittableRandom(5);
    final List<Dhcpv6> sent = new ArrayList<>();
    final List<Dhcpv6Effect> events = new ArrayList<>();
    Dhcpv6Client client = Dhcpv6Client.starting(SETTINGS, random, 0);
    long now;

    static Dhcpv6Settings settings(boolean wantsPrefix) {
        Slice identifier = Dhcpv6Option.uniqueIdentifier(Slice.of(new byte[16]));
        return new Dhcpv6Settings(identifier, 7, List.of(23, 24), true, wantsPrefix);
    }

    void take(List<Dhcpv6Effect> effects) {
        for (Dhcpv6Effect effect : effects) {
            switch (effect) {
                case Dhcpv6Effect.Send send -> sent.add(send.message());
                case Dhcpv6Effect.Acquired _, Dhcpv6Effect.Renewed _, Dhcpv6Effect.Lost _ ->
                        events.add(effect);
            }
        }
    }

    void advanceTo(long millis) {
        now = millis;
        take(client.advance(now));
    }

    void wake() {
        advanceTo(client.wakeUpMillis().orElseThrow());
    }

    void receive(Dhcpv6 message) {
        take(client.receive(Slice.of(Packet.encode(message)), now));
    }

    void answer() {
        receive(server.answer(sent.getLast(), now).orElseThrow());
    }

    void bind() {
        advanceTo(now);
        answer();
        answer();
        assertThat(client.state()).isEqualTo(Dhcpv6State.BOUND);
    }

    Dhcpv6Lease lease() {
        return client.lease().orElseThrow();
    }

    static List<Integer> codes(Dhcpv6 message) {
        return message.options().all().stream().map(Dhcpv6Option::code).toList();
    }

    void assertLost(LeaseEvent.Reason reason) {
        assertThat(events.getLast())
                .isInstanceOfSatisfying(
                        Dhcpv6Effect.Lost.class,
                        lost -> assertThat(lost.reason()).isEqualTo(reason));
        assertThat(client.lease()).isEmpty();
    }

    void resume(Dhcpv6Settings settings, Dhcpv6Lease lease, long grantedMillis) {
        events.clear();
        sent.clear();
        client = Dhcpv6Client.resuming(settings, random, lease, grantedMillis, now);
    }
}
