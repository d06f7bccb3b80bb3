package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// One client on virtual time, with a server that answers when it is told to.
final class Bench {
    static final MacAddress MAC = MacAddress.parse("02:00:00:00:00:01");
    static final Dhcpv4Option IDENTIFIER =
            Dhcpv4Option.clientIdentifier(
                    0, Slice.of("box/net/eth0".getBytes(StandardCharsets.UTF_8)));
    static final Dhcpv4Settings SETTINGS =
            new Dhcpv4Settings(
                    MAC,
                    Dhcpv4Options.of(IDENTIFIER, Dhcpv4Option.text(12, "pod")),
                    List.of(1, 3, 6),
                    false,
                    Retransmission.STANDARD);
    static final long HOUR = 3_600_000;

    final SimulatedServer server = new SimulatedServer("10.0.0.1", 3600);
    final RandomGenerator random = new SplittableRandom(7);
    final Dhcpv4Client client;
    long now;

    /// Everything that has been sent, the last at the end.
    final List<Transmission> sent = new ArrayList<>();

    /// Everything that became of leases.
    final List<LeaseEvent> events = new ArrayList<>();

    Bench() {
        this(SETTINGS);
    }

    Bench(Dhcpv4Settings settings) {
        client = Dhcpv4Client.starting(settings, random, now);
    }

    /// A client that goes on with a lease from before.
    Bench(Dhcpv4Lease lease, long grantedMillis, long nowMillis) {
        now = nowMillis;
        client = Dhcpv4Client.resuming(SETTINGS, random, lease, grantedMillis, nowMillis);
    }

    void take(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Transmission transmission -> sent.add(transmission);
                case LeaseEvent event -> events.add(event);
            }
        }
    }

    void advanceTo(long millis) {
        now = millis;
        take(client.advance(now));
    }

    /// Goes to when the client wants to be called.
    void wake() {
        advanceTo(client.wakeUpMillis().orElseThrow());
    }

    Dhcpv4 last() {
        return sent.getLast().message();
    }

    Dhcpv4MessageType lastType() {
        return last().options().messageType().orElseThrow();
    }

    void receive(Dhcpv4 message) {
        take(client.receive(Slice.of(Packet.encode(message)), now));
    }

    /// The server answers what was sent last.
    void answer() {
        receive(server.answer(last(), now).orElseThrow());
    }

    /// The server answers, but something of it is changed.
    void answer(UnaryOperator<Dhcpv4> change) {
        receive(change.apply(server.answer(last(), now).orElseThrow()));
    }

    /// From nothing to a lease.
    Bench bound() {
        advanceTo(now);
        answer();
        answer();
        assertThat(client.state()).isEqualTo(Dhcpv4State.BOUND);
        return this;
    }

    Dhcpv4Lease lease() {
        return client.lease().orElseThrow();
    }

    LeaseEvent.Reason lostBecause() {
        return switch (events.getLast()) {
            case LeaseEvent.Lost lost -> lost.reason();
            case LeaseEvent other -> throw new AssertionError("not lost: " + other);
        };
    }

    static Dhcpv4 with(Dhcpv4 message, Dhcpv4Option... options) {
        return new Dhcpv4(
                message.operation(),
                message.hops(),
                message.transactionId(),
                message.seconds(),
                message.flags(),
                message.client(),
                message.your(),
                message.server(),
                message.relay(),
                message.hardware(),
                message.serverName(),
                message.bootFile(),
                message.options().plus(List.of(options)));
    }

    static Dhcpv4 without(Dhcpv4 message, int code) {
        Dhcpv4Options fewer =
                new Dhcpv4Options(
                        message.options().all().stream()
                                .filter(option -> option.code() != code)
                                .toList());
        return Dhcpv4.of(message.operation(), message.transactionId(), message.hardware(), fewer)
                .withYour(message.your());
    }
}
