package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.wire.ChecksumState;
import dev.weft.wire.Dhcpv4;
import dev.weft.wire.Dhcpv4MessageType;
import dev.weft.wire.Dhcpv4Option;
import dev.weft.wire.Dhcpv4Options;
import dev.weft.wire.IpAddresses;
import dev.weft.wire.Ipv4;
import dev.weft.wire.LinkType;
import dev.weft.wire.MacAddress;
import dev.weft.wire.Packet;
import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// From nothing to a lease, and what may come between.
final class Dhcpv4ClientTest {
    private static final Inet4Address OTHER = IpAddresses.parseV4("10.0.0.9");

    private final Bench bench = new Bench();

    private static List<Integer> codes(Dhcpv4 message) {
        return message.options().all().stream().map(Dhcpv4Option::code).toList();
    }

    @Test
    void client_discoversRequestsAndIsBound() {
        bench.advanceTo(0);
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
        assertThat(codes(bench.last())).containsExactly(53, 57, 55, 61, 12);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.SELECTING);
        bench.answer();
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.REQUEST);
        assertThat(codes(bench.last())).containsExactly(53, 50, 54, 57, 55, 61, 12);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
        assertThat(bench.client.lease()).isEmpty();
        bench.answer();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.BOUND);
        assertThat(bench.events).containsExactly(new LeaseEvent.Acquired(bench.lease(), 0));
        assertThat(bench.lease().address()).isEqualTo(IpAddresses.parseV4("10.0.0.100"));
        assertThat(bench.client.expiryMillis()).hasValue(Bench.HOUR);
    }

    @Test
    void request_repeatsTransactionAndSecondsOfItsDiscovery() {
        bench.advanceTo(0);
        Dhcpv4 first = bench.last();
        bench.now = 3000;
        bench.answer();
        assertThat(bench.last().transactionId()).isEqualTo(first.transactionId());
        assertThat(bench.last().seconds()).isEqualTo(3);
        bench.wake();
        assertThat(bench.last().seconds()).isEqualTo(3);
    }

    @Test
    void broadcast_isAWholeFrameOfAtLeastThreeHundredBytes() {
        bench.advanceTo(0);
        Slice frame = Slice.of(((Transmission.Broadcast) bench.sent.getFirst()).frame());
        Packet packet = Packet.decode(LinkType.ETHERNET, frame);
        assertThat(packet.problems()).isEmpty();
        assertThat(packet.layers()).extracting(packet::checksum).doesNotContain(ChecksumState.BAD);
        assertThat(packet.toLinkString())
                .isEqualTo(
                        "02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, IP 0.0.0.0.68 > "
                                + "255.255.255.255.67: BOOTP/DHCP, Request from "
                                + "02:00:00:00:00:01, length 300");
        assertThat(packet.first(Dhcpv4.View.class).orElseThrow().value()).isEqualTo(bench.last());
        assertThat(bench.sent.getFirst().payload()).hasSize(300);
        assertThat(packet.first(Ipv4.View.class).orElseThrow().bytes().length()).isEqualTo(328);
    }

    @Test
    void unansweredDiscovery_isRepeatedAfterTwiceTheTimeUpToAMinute() {
        bench.advanceTo(0);
        long xid = bench.last().transactionId();
        for (long wait : new long[] {4, 8, 16, 32, 64, 64, 64}) {
            long before = bench.now;
            bench.wake();
            assertThat(bench.now - before).isBetween(wait * 1000 - 1000, wait * 1000 + 1000);
            assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
            assertThat(bench.last().transactionId()).isEqualTo(xid);
            assertThat(bench.last().seconds()).isEqualTo((int) (bench.now / 1000));
        }
        assertThat(bench.sent).hasSize(8);
    }

    @Test
    void waits_differFromClientToClient() {
        assertThat(
                        Stream.iterate(1, i -> i + 1)
                                .limit(50)
                                .map(_ -> Retransmission.STANDARD.waitMillis(1, bench.random))
                                .distinct())
                .hasSizeGreaterThan(20);
    }

    @Test
    void requestWithoutAnswer_isGivenUpAfterFour() {
        bench.advanceTo(0);
        bench.answer();
        for (int i = 0; i < 3; i++) {
            bench.wake();
            assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.REQUEST);
        }
        bench.wake();
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
        assertThat(bench.last().seconds()).isZero();
        bench.answer();
        bench.answer();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.BOUND);
    }

    @Test
    void refusedRequest_beginsAgainAtOnceAndThenLaterAndLater() {
        bench.advanceTo(0);
        long xid = bench.last().transactionId();
        bench.answer();
        bench.receive(bench.server.refusal(bench.last()));
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DISCOVER);
        assertThat(bench.last().transactionId()).isNotEqualTo(xid);
        bench.answer();
        bench.receive(bench.server.refusal(bench.last()));
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.INIT);
        assertThat(bench.client.wakeUpMillis().orElseThrow()).isBetween(3000L, 5000L);
        bench.wake();
        bench.answer();
        long before = bench.now;
        bench.receive(bench.server.refusal(bench.last()));
        assertThat(bench.client.wakeUpMillis().orElseThrow() - before).isBetween(7000L, 9000L);
        assertThat(bench.events).isEmpty();
    }

    static Stream<UnaryOperator<Dhcpv4>> notForUs() {
        return Stream.of(
                message ->
                        Dhcpv4.of(
                                        Dhcpv4.REPLY,
                                        message.transactionId() ^ 1,
                                        message.hardware(),
                                        message.options())
                                .withYour(message.your()),
                message ->
                        Dhcpv4.of(
                                        Dhcpv4.REPLY,
                                        message.transactionId(),
                                        MacAddress.parse("02:00:00:00:00:02"),
                                        message.options())
                                .withYour(message.your()),
                message ->
                        Dhcpv4.of(
                                        Dhcpv4.REQUEST,
                                        message.transactionId(),
                                        message.hardware(),
                                        message.options())
                                .withYour(message.your()),
                message -> Bench.without(message, Dhcpv4Option.SERVER_IDENTIFIER),
                message -> Bench.without(message, Dhcpv4Option.MESSAGE_TYPE),
                message ->
                        Bench.with(
                                message,
                                Dhcpv4Option.clientIdentifier(0, Slice.of(new byte[] {1}))),
                message -> Bench.with(message, Dhcpv4MessageType.INFORM.option()),
                message -> message.withYour(IpAddresses.parseV4("0.0.0.0")),
                message -> message.withYour(IpAddresses.parseV4("255.255.255.255")),
                message -> message.withYour(IpAddresses.parseV4("224.0.0.1")),
                message -> message.withYour(IpAddresses.parseV4("127.0.0.1")));
    }

    @ParameterizedTest
    @MethodSource("notForUs")
    void messageForOthersOrOfNoUse_changesNothing(UnaryOperator<Dhcpv4> change) {
        bench.advanceTo(0);
        bench.answer(change);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.SELECTING);
        bench.answer();
        bench.answer(change);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
        assertThat(bench.sent).hasSize(2);
        bench.answer();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.BOUND);
    }

    @Test
    void repeatedClientIdentifier_isOurs() {
        bench.advanceTo(0);
        bench.answer(message -> Bench.with(message, Bench.IDENTIFIER));
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
    }

    @Test
    void messagesOfAnotherServer_doNotDisturbARequest() {
        bench.advanceTo(0);
        bench.answer();
        SimulatedServer other = new SimulatedServer("10.0.0.2", 60);
        Dhcpv4 request = bench.last();
        bench.receive(other.reply(Dhcpv4MessageType.OFFER, request, OTHER));
        bench.receive(other.reply(Dhcpv4MessageType.ACK, request, OTHER));
        bench.receive(other.refusal(request));
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
        assertThat(bench.sent).hasSize(2);
        bench.answer();
        assertThat(bench.lease().server()).isEqualTo(bench.server.address());
    }

    @Test
    void repeatedAnswers_changeNothing() {
        bench.advanceTo(0);
        Dhcpv4 offer = bench.server.answer(bench.last(), 0).orElseThrow();
        bench.receive(offer);
        bench.receive(offer);
        assertThat(bench.sent).hasSize(2);
        Dhcpv4 acknowledgement = bench.server.answer(bench.last(), 0).orElseThrow();
        bench.receive(acknowledgement);
        bench.receive(acknowledgement);
        bench.receive(bench.server.refusal(bench.last()));
        assertThat(bench.events).hasSize(1);
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.BOUND);
    }

    @Test
    void acknowledgementOfAnotherAddress_isWhatCounts() {
        bench.advanceTo(0);
        bench.answer();
        bench.answer(message -> message.withYour(OTHER));
        assertThat(bench.lease().address()).isEqualTo(OTHER);
    }

    @Test
    void leaseCountsFromWhenItWasAskedForFirst() {
        bench.advanceTo(0);
        bench.now = 2000;
        bench.answer();
        bench.wake();
        long second = bench.now;
        bench.answer();
        assertThat(second).isGreaterThan(4000);
        assertThat(bench.events).containsExactly(new LeaseEvent.Acquired(bench.lease(), 2000));
        assertThat(bench.client.expiryMillis()).hasValue(2000 + Bench.HOUR);
    }

    @Test
    void leaseThatIsOverWhenItArrives_isNone() {
        bench.server.leaseFor(1);
        bench.advanceTo(0);
        bench.answer();
        bench.now = 1500;
        bench.answer();
        assertThat(bench.events).isEmpty();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
    }

    @Test
    void leaseOfNoTime_isNone() {
        bench.server.leaseFor(0);
        bench.advanceTo(0);
        bench.answer();
        bench.answer();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.REQUESTING);
    }

    @Test
    void clientThatHearsOnlyBroadcasts_saysSoWhileItHasNoAddress() {
        Bench deaf =
                new Bench(
                        new Dhcpv4Settings(
                                Bench.MAC,
                                Dhcpv4Options.of(Bench.IDENTIFIER),
                                List.of(),
                                true,
                                Retransmission.STANDARD));
        deaf.bound();
        assertThat(deaf.sent)
                .allSatisfy(each -> assertThat(each.message().flags()).isEqualTo(Dhcpv4.BROADCAST));
        deaf.wake();
        assertThat(deaf.last().flags()).isZero();
        assertThat(codes(deaf.last())).doesNotContain(55);
    }

    @Test
    void declinedAddress_isReportedAndAnotherAskedForAfterTenSeconds() {
        bench.bound();
        Inet4Address taken = bench.lease().address();
        bench.take(bench.client.decline(bench.now));
        assertThat(bench.lastType()).isEqualTo(Dhcpv4MessageType.DECLINE);
        assertThat(codes(bench.last())).containsExactly(53, 50, 54, 56, 61);
        assertThat(bench.sent.getLast()).isInstanceOf(Transmission.Broadcast.class);
        assertThat(bench.sent.getLast().source()).isEqualTo(IpAddresses.parseV4("0.0.0.0"));
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.DECLINED);
        assertThat(bench.server.answer(bench.last(), 0)).isEmpty();
        bench.wake();
        assertThat(bench.now).isEqualTo(10_000);
        assertThat(bench.last().options().find(50)).isEmpty();
        bench.answer();
        bench.answer();
        assertThat(bench.lease().address()).isNotEqualTo(taken);
    }

    @Test
    void release_goesToTheServerAndEndsTheClient() {
        bench.bound();
        Dhcpv4Lease lease = bench.lease();
        bench.take(bench.client.release(5000));
        assertThat(bench.sent.getLast())
                .isInstanceOfSatisfying(
                        Transmission.Unicast.class,
                        unicast -> {
                            assertThat(unicast.source()).isEqualTo(lease.address());
                            assertThat(unicast.destination()).isEqualTo(lease.server());
                        });
        assertThat(codes(bench.last())).containsExactly(53, 54, 61);
        assertThat(bench.last().client()).isEqualTo(lease.address());
        assertThat(bench.lostBecause()).isEqualTo(LeaseEvent.Reason.RELEASED);
        assertThat(bench.client.wakeUpMillis()).isEmpty();
        assertThat(bench.client.lease()).isEmpty();
        assertThat(bench.client.advance(Long.MAX_VALUE - 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, SELECTING", "1, REQUESTING"})
    void releaseWithoutALease_saysNothing(int answers, Dhcpv4State state) {
        bench.advanceTo(0);
        for (int i = 0; i < answers; i++) {
            bench.answer();
        }
        assertThat(bench.client.state()).isEqualTo(state);
        assertThat(bench.client.decline(1)).isEmpty();
        assertThat(bench.client.release(1)).isEmpty();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.STOPPED);
    }

    @Test
    void bytesThatAreNoMessage_changeNothing() {
        bench.advanceTo(0);
        assertThat(bench.client.receive(Slice.EMPTY, 1)).isEmpty();
        assertThat(bench.client.receive(Slice.of(new byte[300]), 1)).isEmpty();
        assertThat(bench.client.state()).isEqualTo(Dhcpv4State.SELECTING);
    }
}
