package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.ResultAddress;
import dev.weft.linux.IpPrefix;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Options;
import dev.weft.wire.Dhcpv6Status;
import dev.weft.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// From nothing to a lease.
final class Dhcpv6ClientTest extends Dhcpv6Bench {
    @Test
    void client_solicitsRequestsAndIsBound() {
        advanceTo(0);
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
        assertThat(codes(sent.getLast())).containsExactly(1, 14, 3, 8, 6);
        answer();
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.REQUEST);
        assertThat(codes(sent.getLast())).containsExactly(1, 2, 3, 8, 6);
        assertThat(sent.getLast().transactionId()).isNotEqualTo(sent.getFirst().transactionId());
        assertThat(client.lease()).isEmpty();
        answer();
        assertThat(events).containsExactly(new Dhcpv6Effect.Acquired(lease(), 0));
        assertThat(lease().server()).isEqualTo(server.identifier);
        assertThat(LeaseResult.of(lease()).addresses())
                .containsExactly(
                        ResultAddress.of(IpPrefix.parse("fd00::100/128"), Optional.empty()));
        assertThat(client.wakeUpMillis()).hasValue(HOUR / 2);
    }

    @Test
    void committedReply_isALeaseAtOnce() {
        server.commitsRapidly = true;
        advanceTo(0);
        answer();
        assertThat(client.state()).isEqualTo(Dhcpv6State.BOUND);
        assertThat(sent).hasSize(1);
    }

    /// A later copy's answer would not tell from when the lease counts.
    @Test
    void repeatedSolicit_wantsNoCommittedReply() {
        advanceTo(0);
        wake();
        assertThat(codes(sent.getLast())).containsExactly(1, 3, 8, 6);
    }

    @Test
    void prefix_isGrantedWithTheAddress() {
        client = Dhcpv6Client.starting(settings(true), random, 0);
        bind();
        assertThat(lease().addresses()).hasSize(1);
        assertThat(lease().prefixes())
                .containsExactly(
                        new Dhcpv6Association.Lent(SimulatedServer6.PREFIX, 56, 3600, 7200));
    }

    @Test
    void unansweredSolicit_isRepeatedAfterTwiceTheTimeAndMore() {
        advanceTo(0);
        long before = 0;
        long wait = 0;
        for (int i = 0; i < 20; i++) {
            wake();
            long next = now - before;
            long least = i == 0 ? 1000 : Math.min(wait * 19 / 10, 3_600_000 * 9 / 10);
            long most = i == 0 ? 1101 : Math.min(wait * 21 / 10 + 1, 3_600_000 * 11 / 10);
            assertThat(next).isBetween(least, most);
            wait = next;
            before = now;
        }
        assertThat(sent)
                .hasSize(21)
                .extracting(Dhcpv6::transactionId)
                .containsOnly(sent.getFirst().transactionId());
        assertThat(sent.getLast().options().find(8)).contains(Slice.of(new byte[] {-1, -1}));
    }

    @Test
    void serversLimit_makesSolicitationsMoreFrequent() {
        advanceTo(0);
        Dhcpv6 refusal = server.refusal(sent.getLast(), Dhcpv6Status.NO_ADDRESSES_AVAILABLE);
        List<Dhcpv6Option> options = new ArrayList<>(refusal.options().all());
        options.add(Dhcpv6Option.u32(82, 60));
        receive(new Dhcpv6(refusal.type(), refusal.transactionId(), new Dhcpv6Options(options)));
        assertThat(client.state()).isEqualTo(Dhcpv6State.SOLICITING);
        for (int i = 0; i < 20; i++) {
            long before = now;
            wake();
            assertThat(now - before).isLessThanOrEqualTo(66_000);
        }
    }

    @Test
    void requestWithoutAnswer_isGivenUpAfterTen() {
        advanceTo(0);
        answer();
        for (int i = 0; i < 9; i++) {
            wake();
            assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.REQUEST);
        }
        wake();
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
    }

    @ParameterizedTest
    @ValueSource(ints = {Dhcpv6Status.NO_ADDRESSES_AVAILABLE, Dhcpv6Status.NOT_ON_LINK})
    void refusedRequest_beginsAgainAndThenLater(int status) {
        advanceTo(0);
        answer();
        receive(server.refusal(sent.getLast(), status));
        assertThat(sent.getLast().type()).isEqualTo(Dhcpv6.SOLICIT);
        answer();
        receive(server.status(sent.getLast(), status));
        assertThat(client.state()).isEqualTo(Dhcpv6State.INIT);
        assertThat(client.wakeUpMillis()).hasValue(2000);
    }

    @Test
    void failureForNoReason_isNoAnswer() {
        advanceTo(0);
        answer();
        receive(server.status(sent.getLast(), Dhcpv6Status.UNSPECIFIED_FAILURE));
        assertThat(client.state()).isEqualTo(Dhcpv6State.REQUESTING);
    }

    static Stream<UnaryOperator<Dhcpv6>> notForUs() {
        return Stream.of(
                message ->
                        new Dhcpv6(message.type(), message.transactionId() ^ 1, message.options()),
                message -> new Dhcpv6(14, message.transactionId(), message.options()),
                message -> without(message, Dhcpv6Option.CLIENT_IDENTIFIER),
                message -> without(message, Dhcpv6Option.SERVER_IDENTIFIER),
                message -> {
                    List<Dhcpv6Option> options =
                            new ArrayList<>(
                                    without(message, Dhcpv6Option.CLIENT_IDENTIFIER)
                                            .options()
                                            .all());
                    options.add(new Dhcpv6Option(1, Slice.of(new byte[] {0, 4, 9})));
                    return new Dhcpv6(
                            message.type(), message.transactionId(), new Dhcpv6Options(options));
                });
    }

    private static Dhcpv6 without(Dhcpv6 message, int code) {
        return new Dhcpv6(
                message.type(),
                message.transactionId(),
                new Dhcpv6Options(
                        message.options().all().stream()
                                .filter(option -> option.code() != code)
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("notForUs")
    void messageForOthers_changesNothing(UnaryOperator<Dhcpv6> change) {
        advanceTo(0);
        receive(change.apply(server.answer(sent.getLast(), now).orElseThrow()));
        assertThat(client.state()).isEqualTo(Dhcpv6State.SOLICITING);
        answer();
        receive(change.apply(server.answer(sent.getLast(), now).orElseThrow()));
        assertThat(client.state()).isEqualTo(Dhcpv6State.REQUESTING);
        assertThat(sent).hasSize(2);
    }

    @Test
    void otherServer_doesNotAnswerARequest() {
        advanceTo(0);
        answer();
        SimulatedServer6 other = new SimulatedServer6(2);
        receive(other.reply(Dhcpv6.REPLY, sent.getLast(), other.granted(sent.getLast())));
        assertThat(client.state()).isEqualTo(Dhcpv6State.REQUESTING);
    }
}
