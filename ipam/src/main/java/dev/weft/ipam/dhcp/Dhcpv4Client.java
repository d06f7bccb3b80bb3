package dev.weft.ipam.dhcp;

import dev.weft.wire.Slice;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// A DHCPv4 client (RFC 2131 section 4.4) without socket, thread or clock: bytes and times go in,
/// [Effect]s come out, and [#wakeUpMillis] says when to come back.
///
/// Times are of any clock that counts milliseconds and does not go back. A caller that comes late
/// finds what has happened meanwhile: a lease that is over is lost, however many requests for its
/// extension were due before.
///
/// Not safe for use by several threads at once.
public final class Dhcpv4Client {
    /// As often a request is sent before the client gives up on the server that offered, or on
    /// hearing that its old lease still holds (RFC 2131 sections 3.1 and 3.2).
    private static final int MOST_REQUESTS = 4;

    /// What a client waits after it found an address in use (section 3.1).
    private static final long DECLINED_MILLIS = 10_000;

    /// Clients that resume together ask within as long, if their leases leave so much.
    private static final long RESUME_MILLIS = 10_000;

    private final Dhcpv4Settings settings;
    private final Requests requests;
    private final RandomGenerator random;
    private State state;

    /// The address that the client had last, which a server may let it have again.
    private Optional<Inet4Address> wanted = Optional.empty();

    /// How often in a row it ended badly to have found a server.
    private int failures;

    private Dhcpv4Client(Dhcpv4Settings settings, RandomGenerator random, State state) {
        this.settings = settings;
        this.requests = new Requests(settings);
        this.random = random;
        this.state = state;
    }

    /// A client that has nothing, and looks for a server as soon as [#advance] is called. It does
    /// not wait at random first, as RFC 2131 section 4.4.1 wants for machines that start together:
    /// somebody waits for a container.
    ///
    /// @param random also chooses transaction ids, which others should not guess
    public static Dhcpv4Client starting(
            Dhcpv4Settings settings, RandomGenerator random, long nowMillis) {
        return new Dhcpv4Client(settings, random, new State.Init(nowMillis));
    }

    /// A client that has a lease from before, uses it, and asks whether it still holds.
    ///
    /// @param grantedMillis when the lease was granted, as [LeaseEvent] said it
    public static Dhcpv4Client resuming(
            Dhcpv4Settings settings,
            RandomGenerator random,
            Dhcpv4Lease lease,
            long grantedMillis,
            long nowMillis) {
        Tenure held = Tenure.of(lease, Math.min(grantedMillis, nowMillis), random);
        long leftMillis = Math.max(0, held.expireMillis() - nowMillis);
        long waitMillis = random.nextLong(Math.min(RESUME_MILLIS, leftMillis / 4) + 1);
        return new Dhcpv4Client(
                settings, random, new State.InitReboot(nowMillis + waitMillis, held));
    }

    /// Where the client stands.
    public Dhcpv4State state() {
        return state.name();
    }

    /// The lease that may be used until [#expiryMillis].
    public Optional<Dhcpv4Lease> lease() {
        return state.tenure().map(Tenure::lease);
    }

    /// When the lease ends if nothing extends it; empty without a lease, and with one for ever.
    public OptionalLong expiryMillis() {
        return state.tenure().map(held -> time(held.expireMillis())).orElse(OptionalLong.empty());
    }

    /// When to call [#advance], if nothing else happens before; empty when never.
    public OptionalLong wakeUpMillis() {
        return time(state.wakeUpMillis());
    }

    private static OptionalLong time(long millis) {
        return millis == Tenure.NEVER ? OptionalLong.empty() : OptionalLong.of(millis);
    }

    /// Does what is due.
    public List<Effect> advance(long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        while (state.wakeUpMillis() <= nowMillis) {
            state = due(nowMillis, effects);
        }
        return List.copyOf(effects);
    }

    /// Does what is due, then takes what a UDP datagram to the client's port holds. Whatever is not
    /// the answer that the client waits for changes nothing.
    public List<Effect> receive(Slice datagram, long nowMillis) {
        List<Effect> effects = new ArrayList<>(advance(nowMillis));
        Reply.tryOf(datagram, settings)
                .filter(this::isAwaited)
                .ifPresent(reply -> state = answered(reply, nowMillis, effects));
        effects.addAll(advance(nowMillis));
        return List.copyOf(effects);
    }

    private boolean isAwaited(Reply reply) {
        return state.exchange()
                .filter(asked -> asked.transactionId() == reply.message().transactionId())
                .isPresent();
    }

    /// Gives back what the client has, and ends it.
    public List<Effect> release(long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        held(nowMillis)
                .ifPresent(lease -> {
                    effects.add(requests.release(newTransactionId(), lease));
                    effects.add(new LeaseEvent.Lost(lease, LeaseEvent.Reason.RELEASED));
                });
        state = new State.Stopped();
        return List.copyOf(effects);
    }

    /// Another station uses the address that the client got: it says so to the server and begins
    /// again after a while.
    public List<Effect> decline(long nowMillis) {
        List<Effect> effects = new ArrayList<>();
        held(nowMillis)
                .ifPresent(lease -> {
                    effects.add(requests.decline(newTransactionId(), lease));
                    effects.add(new LeaseEvent.Lost(lease, LeaseEvent.Reason.DECLINED));
                    wanted = Optional.empty();
                    state = new State.Init(nowMillis + DECLINED_MILLIS);
                });
        return List.copyOf(effects);
    }

    private Optional<Dhcpv4Lease> held(long nowMillis) {
        return state.tenure().filter(held -> nowMillis < held.expireMillis()).map(Tenure::lease);
    }

    private long newTransactionId() {
        return random.nextLong(1L << 32);
    }

    private State due(long nowMillis, List<Effect> effects) {
        return switch (state) {
            case State.Init _ -> discover(begin(nowMillis), nowMillis, effects);
            case State.Selecting(Exchange discovery) -> discover(discovery, nowMillis, effects);
            case State.Requesting requesting ->
                    requesting.request().sent() < MOST_REQUESTS
                            ? request(requesting, nowMillis, effects)
                            : beginAgain(nowMillis);
            case State.InitReboot(long _, Tenure held) ->
                    verify(begin(nowMillis), held, nowMillis, effects);
            case State.Rebooting(Exchange request, Tenure held) ->
                    verify(request, held, nowMillis, effects);
            case State.Bound(Tenure held) -> outlive(held, nowMillis, effects);
            case State.Extending extending -> outlive(extending.held(), nowMillis, effects);
            case State.Stopped stopped -> stopped;
        };
    }

    private Exchange begin(long nowMillis) {
        return new Exchange(newTransactionId(), nowMillis, nowMillis, 0, nowMillis);
    }

    private Exchange sent(Exchange exchange, long nowMillis) {
        return exchange.sentAgain(
                nowMillis + settings.retransmission().waitMillis(exchange.sent() + 1, random));
    }

    private State discover(Exchange discovery, long nowMillis, List<Effect> effects) {
        effects.add(
                requests.discover(discovery.transactionId(), discovery.seconds(nowMillis), wanted));
        return new State.Selecting(sent(discovery, nowMillis));
    }

    private State request(State.Requesting requesting, long nowMillis, List<Effect> effects) {
        Exchange request = requesting.request();
        effects.add(
                requests.select(
                        request.transactionId(), requesting.secondsWaited(), requesting.offer()));
        return new State.Requesting(
                sent(request, nowMillis), requesting.offer(), requesting.secondsWaited());
    }

    /// Without an answer the lease is used on (RFC 2131 section 3.2).
    private State verify(Exchange request, Tenure held, long nowMillis, List<Effect> effects) {
        if (request.sent() == MOST_REQUESTS || nowMillis >= held.expireMillis()) {
            return outlive(held, nowMillis, effects);
        }
        effects.add(
                requests.verify(
                        request.transactionId(),
                        request.seconds(nowMillis),
                        held.lease().address()));
        return new State.Rebooting(sent(request, nowMillis), held);
    }

    /// What a lease's age demands.
    private State outlive(Tenure held, long nowMillis, List<Effect> effects) {
        if (nowMillis >= held.expireMillis()) {
            return lose(held.lease(), LeaseEvent.Reason.EXPIRED, nowMillis, effects);
        }
        return nowMillis < held.renewMillis()
                ? new State.Bound(held)
                : extend(held, nowMillis >= held.rebindMillis(), nowMillis, effects);
    }

    /// Every request has an id of its own, so that an answer tells from when the lease counts.
    private State extend(Tenure held, boolean isRebinding, long nowMillis, List<Effect> effects) {
        long limitMillis = isRebinding ? held.expireMillis() : held.rebindMillis();
        Exchange request =
                new Exchange(
                        newTransactionId(),
                        held.renewMillis(),
                        nowMillis,
                        1,
                        held.askAgainMillis(nowMillis, limitMillis));
        long seconds = request.seconds(nowMillis);
        effects.add(
                isRebinding
                        ? requests.rebind(request.transactionId(), seconds, held.lease())
                        : requests.renew(request.transactionId(), seconds, held.lease()));
        return new State.Extending(isRebinding, request, held);
    }

    private State answered(Reply reply, long nowMillis, List<Effect> effects) {
        return switch (state) {
            case State.Selecting(Exchange discovery) when reply.isUsableOffer() ->
                    request(
                            new State.Requesting(
                                    new Exchange(
                                            discovery.transactionId(),
                                            discovery.beganMillis(),
                                            nowMillis,
                                            0,
                                            nowMillis),
                                    reply,
                                    discovery.seconds(nowMillis)),
                            nowMillis,
                            effects);
            case State.Requesting(Exchange request, Reply offer, long _)
                    when isSame(offer, reply) ->
                    decided(reply, request, nowMillis, effects);
            case State.Rebooting(Exchange request, Tenure _) ->
                    decided(reply, request, nowMillis, effects);
            case State.Extending(boolean isRebinding, Exchange request, Tenure held)
                    when isRebinding || held.lease().server().equals(reply.server()) ->
                    decided(reply, request, nowMillis, effects);
            case State.Init _,
                    State.Selecting _,
                    State.Requesting _,
                    State.InitReboot _,
                    State.Bound _,
                    State.Extending _,
                    State.Stopped _ ->
                    state;
        };
    }

    private static boolean isSame(Reply offer, Reply reply) {
        return offer.server().equals(reply.server());
    }

    private State decided(Reply reply, Exchange request, long nowMillis, List<Effect> effects) {
        return switch (reply.type()) {
            case ACK ->
                    Dhcpv4Lease.tryOf(reply.message())
                            .map(lease -> Tenure.of(lease, request.firstSentMillis(), random))
                            .filter(tenure -> nowMillis < tenure.expireMillis())
                            .map(tenure -> bind(tenure, effects))
                            .orElse(state);
            case NAK ->
                    lease().map(lease -> lose(lease, LeaseEvent.Reason.REFUSED, nowMillis, effects))
                            .orElseGet(() -> refused(nowMillis));
            case DISCOVER, OFFER, REQUEST, DECLINE, RELEASE, INFORM -> state;
        };
    }

    private State refused(long nowMillis) {
        wanted = Optional.empty();
        return beginAgain(nowMillis);
    }

    private State bind(Tenure tenure, List<Effect> effects) {
        Optional<Dhcpv4Lease> before = lease();
        Dhcpv4Lease lease = tenure.lease();
        long granted = tenure.grantedMillis();
        effects.add(
                before.isPresent()
                        ? new LeaseEvent.Renewed(before.get(), lease, granted)
                        : new LeaseEvent.Acquired(lease, granted));
        failures = before.isPresent() ? 0 : failures;
        return new State.Bound(tenure);
    }

    private State lose(
            Dhcpv4Lease lease, LeaseEvent.Reason reason, long nowMillis, List<Effect> effects) {
        effects.add(new LeaseEvent.Lost(lease, reason));
        wanted =
                reason == LeaseEvent.Reason.EXPIRED
                        ? Optional.of(lease.address())
                        : Optional.empty();
        return beginAgain(nowMillis);
    }

    /// At once the first time; then later and later, so that a server that offers what it will not
    /// give does not keep the client busy.
    private State beginAgain(long nowMillis) {
        long wait = failures == 0 ? 0 : settings.retransmission().waitMillis(failures, random);
        failures++;
        return new State.Init(nowMillis + wait);
    }
}
