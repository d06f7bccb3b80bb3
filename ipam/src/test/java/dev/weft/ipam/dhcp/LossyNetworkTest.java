package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Seeded;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A client and a server on a network that loses, doubles, delays and reorders, over hours.
final class LossyNetworkTest {
    private record Arrival(long atMillis, long order, boolean isForServer, Slice message)
            implements Comparable<Arrival> {
        @Override
        public int compareTo(Arrival other) {
            return atMillis == other.atMillis
                    ? Long.compare(order, other.order)
                    : Long.compare(atMillis, other.atMillis);
        }
    }

    /// The client's host: it uses an address exactly as long as events say, and calls in time.
    private static final class World {
        final Seeded seeded;
        final RandomGenerator random;
        final SimulatedServer server;
        final PriorityQueue<Arrival> network = new PriorityQueue<>();
        final List<LeaseEvent> events = new ArrayList<>();
        Dhcpv4Client client;
        Optional<Inet4Address> used = Optional.empty();
        long usedUntilMillis;
        boolean forgets;
        boolean serverIsUp = true;
        int lossPercent;
        long now;
        long order;

        World(Seeded seeded, long leaseSeconds) {
            this.seeded = seeded;
            this.random = new SplittableRandom(seeded.anyLong());
            this.server = new SimulatedServer("10.0.0.1", leaseSeconds);
            this.client = Dhcpv4Client.starting(Bench.SETTINGS, random, now);
        }

        boolean chance(int percent) {
            return seeded.between(1, 100) <= percent;
        }

        void send(boolean isForServer, Dhcpv4 message) {
            int copies = chance(lossPercent) ? 0 : 1 + (chance(lossPercent) ? 1 : 0);
            for (int i = 0; i < copies; i++) {
                int delay = seeded.between(0, chance(10) ? 6000 : 50);
                network.add(
                        new Arrival(
                                now + delay,
                                order++,
                                isForServer,
                                Slice.of(Packet.encode(message))));
            }
        }

        void runUntil(long endMillis) {
            while (now < endMillis) {
                long next = client.wakeUpMillis().orElse(Long.MAX_VALUE);
                next = Math.min(next, network.isEmpty() ? endMillis : network.peek().atMillis);
                now = Math.max(now, Math.min(next, endMillis));
                assertNothingIsUsedPastItsEnd();
                carryOut(client.advance(now));
                deliver();
            }
        }

        private void deliver() {
            while (!network.isEmpty() && network.peek().atMillis <= now) {
                Arrival arrival = network.remove();
                if (!arrival.isForServer) {
                    carryOut(client.receive(arrival.message, now));
                } else if (serverIsUp) {
                    Dhcpv4 request = Dhcpv4.decode(arrival.message).value();
                    server.answer(request, now).ifPresent(reply -> send(false, reply));
                }
            }
        }

        private void carryOut(List<Effect> effects) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Transmission transmission -> send(true, transmission.message());
                    case LeaseEvent event -> happen(event);
                }
            }
            assertThat(client.lease().map(Dhcpv4Lease::address)).isEqualTo(used);
            assertNothingIsUsedPastItsEnd();
        }

        private void happen(LeaseEvent event) {
            events.add(event);
            switch (event) {
                case LeaseEvent.Acquired(Dhcpv4Lease lease, long granted) -> {
                    assertThat(used).isEmpty();
                    use(lease, granted);
                }
                case LeaseEvent.Renewed(Dhcpv4Lease before, Dhcpv4Lease lease, long granted) -> {
                    assertThat(used).contains(before.address());
                    use(lease, granted);
                }
                case LeaseEvent.Lost(Dhcpv4Lease lease, LeaseEvent.Reason _) -> {
                    assertThat(used).contains(lease.address());
                    used = Optional.empty();
                }
            }
        }

        private void use(Dhcpv4Lease lease, long granted) {
            used = Optional.of(lease.address());
            usedUntilMillis = granted + lease.seconds().orElseThrow() * 1000;
        }

        /// Neither by the client's reckoning nor by the server's.
        private void assertNothingIsUsedPastItsEnd() {
            if (used.isPresent()) {
                assertThat(now).isLessThanOrEqualTo(usedUntilMillis);
                assertThat(forgets || now == usedUntilMillis || server.isBound(used.get(), now))
                        .as("server still leases %s at %s", used, now)
                        .isTrue();
            }
        }

        /// As when the agent was killed: the lease's file is all that is left.
        void restartClient() {
            if (used.isPresent()) {
                Dhcpv4Lease lease = client.lease().orElseThrow();
                long granted = usedUntilMillis - lease.seconds().orElseThrow() * 1000;
                client = Dhcpv4Client.resuming(Bench.SETTINGS, random, lease, granted, now);
            } else {
                client = Dhcpv4Client.starting(Bench.SETTINGS, random, now);
            }
        }
    }

    private static long anyLease(Seeded seeded) {
        return seeded.oneOf(List.of(5L, 60L, 120L, 600L, 3600L, 86_400L));
    }

    @Test
    void client_isBoundOnceTheNetworkIsWhole() {
        Seeded.forAll(
                150,
                seeded -> {
                    long lease = anyLease(seeded);
                    World world = new World(seeded, lease);
                    world.lossPercent = seeded.between(0, 90);
                    world.runUntil(seeded.between(1, 40_000) * lease);
                    world.lossPercent = 0;
                    world.runUntil(world.now + 15 * 60_000);
                    assertThat(world.client.lease()).isPresent();
                    assertThat(world.events).isNotEmpty();
                });
    }

    @Test
    void lease_isLostWhenTheServerStaysAway() {
        Seeded.forAll(
                100,
                seeded -> {
                    long lease = anyLease(seeded);
                    World world = new World(seeded, lease);
                    world.lossPercent = seeded.between(0, 50);
                    world.runUntil(seeded.between(1, 5000) * lease);
                    world.serverIsUp = false;
                    world.runUntil(world.now + lease * 1000 + 10_000);
                    assertThat(world.used).isEmpty();
                    assertThat(world.client.lease()).isEmpty();
                });
    }

    @Test
    void restartsOfServerAndClient_endWithALease() {
        Seeded.forAll(
                100,
                seeded -> {
                    long lease = anyLease(seeded);
                    World world = new World(seeded, lease);
                    world.forgets = true;
                    world.lossPercent = seeded.between(0, 40);
                    for (int i = 0; i < 10; i++) {
                        world.runUntil(world.now + seeded.between(1, 3000) * lease);
                        switch (seeded.between(0, 3)) {
                            case 0 -> world.server.forget();
                            case 1 -> world.serverIsUp = seeded.flip();
                            default -> world.restartClient();
                        }
                    }
                    world.serverIsUp = true;
                    world.lossPercent = 0;
                    world.runUntil(world.now + 15 * 60_000);
                    assertThat(world.client.lease()).isPresent();
                });
    }

    @Test
    void messages_stayFew_whateverTheServerForgets() {
        Seeded.forAll(
                10,
                seeded -> {
                    World world = new World(seeded, seeded.oneOf(List.of(1L, 2L, 3600L)));
                    world.forgets = true;
                    for (int second = 0; second < 600; second++) {
                        world.runUntil(world.now + 1000);
                        world.server.forget();
                    }
                    assertThat(world.order).isLessThan(6 * 600);
                });
    }
}
