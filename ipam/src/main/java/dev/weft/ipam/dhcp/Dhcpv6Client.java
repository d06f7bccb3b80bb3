package dev.weft.ipam.dhcp;

import dev.weft.ipam.dhcp.Dhcpv6Exchange.Kind;
import dev.weft.wire.Dhcpv6;
import dev.weft.wire.Dhcpv6Association;
import dev.weft.wire.Dhcpv6Option;
import dev.weft.wire.Dhcpv6Status;
import dev.weft.wire.MalformedPacketException;
import dev.weft.wire.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/// A DHCPv6 client for addresses and prefixes (RFC 8415 section 18.2), as pure as [Dhcpv4Client]
/// and used like it.
///
/// It takes the first server that has something for it, where the RFC would wait a second for
/// better ones: somebody waits for a container. Lifetimes count from when the first copy of a
/// request was sent, and the shortest of a lease counts for all of it, so that nothing is used for
/// longer than any server thinks.
///
/// Not safe for use by several threads at once.
public final class Dhcpv6Client {
    private static final long MILLIS = 1000;
    private static final long LEAST_SOLICIT_SECONDS = 60;
    private static final long MOST_SOLICIT_SECONDS = 86_400;

    /// Clients that resume together ask within as long (section 18.2.3).
    private static final long CONFIRM_DELAY_MILLIS = 1_000;

    private static final long MOST_PAUSE_MILLIS = 120_000;

    private final Dhcpv6Settings settings;
    private final Dhcpv6Requests requests;
    private final RandomGenerator random;
    private Dhcpv6State state = Dhcpv6State.INIT;
    private Optional<Dhcpv6Exchange> exchange = Optional.empty();
    private Optional<Dhcpv6Tenure> tenure = Optional.empty();

    /// The server that a request goes to, and what it is about.
    private Slice server = Slice.EMPTY;

    private List<Dhcpv6Association> about = List.of();

    private long wakeUpMillis;
    private long mostSolicitMillis = Kind.SOLICIT.mostWaitMillis;

    /// How often in a row it ended badly to have found a server.
    private int failures;

    private Dhcpv6Client(Dhcpv6Settings settings, RandomGenerator random, long nowMillis) {
        this.settings = settings;
        this.requests = new Dhcpv6Requests(settings);
        this.random = random;
        this.wakeUpMillis = nowMillis;
    }

    /// A client that has nothing.
    ///
    /// @param random also chooses transaction ids, which others should not guess
    public static Dhcpv6Client starting(
            Dhcpv6Settings settings, RandomGenerator random, long nowMillis) {
        return new Dhcpv6Client(settings, random, nowMillis);
    }

    /// A client that has a lease from before, uses it, and asks whether it is still good.
    ///
    /// @param grantedMillis when the lease was granted, as the [Dhcpv6Effect] said it
    public static Dhcpv6Client resuming(
            Dhcpv6Settings settings,
            RandomGenerator random,
            Dhcpv6Lease lease,
            long grantedMillis,
            long nowMillis) {
        Dhcpv6Client client = new Dhcpv6Client(settings, random, nowMillis);
        client.tenure = Optional.of(Dhcpv6Tenure.of(lease, Math.min(grantedMillis, nowMillis)));
        client.wakeUpMillis = nowMillis + random.nextLong(CONFIRM_DELAY_MILLIS + 1);
        return client;
    }

    /// Where the client stands.
    public Dhcpv6State state() {
        return state;
    }

    /// The lease that may be used.
    public Optional<Dhcpv6Lease> lease() {
        return tenure.map(Dhcpv6Tenure::lease);
    }

    /// When to call [#advance], if nothing else happens before; empty when never.
    public OptionalLong wakeUpMillis() {
        long expire = tenure.map(Dhcpv6Tenure::expireMillis).orElse(Tenure.NEVER);
        long next = Math.min(wakeUpMillis, expire);
        return next == Tenure.NEVER ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /// Does what is due.
    public List<Dhcpv6Effect> advance(long nowMillis) {
        List<Dhcpv6Effect> effects = new ArrayList<>();
        while (wakeUpMillis().orElse(Tenure.NEVER) <= nowMillis) {
            tenure.filter(held -> nowMillis >= held.expireMillis())
                    .ifPresentOrElse(
                            held -> lose(held, LeaseEvent.Reason.EXPIRED, nowMillis, effects),
                            () -> due(nowMillis, effects));
        }
        return List.copyOf(effects);
    }

    private void due(long nowMillis, List<Dhcpv6Effect> effects) {
        switch (state) {
            case INIT ->
                    tenure.ifPresentOrElse(
                            held -> verify(held, nowMillis, effects),
                            () -> solicit(nowMillis, effects));
            case BOUND -> outlive(nowMillis, effects);
            case RENEWING -> {
                if (nowMillis >= tenure.orElseThrow().rebindMillis()) {
                    outlive(nowMillis, effects);
                } else {
                    sendAgain(nowMillis, effects);
                }
            }
            case SOLICITING, REQUESTING, CONFIRMING, REBINDING, RELEASING, DECLINING -> {
                if (exchange.orElseThrow().isOver(nowMillis)) {
                    giveUp(nowMillis);
                } else {
                    sendAgain(nowMillis, effects);
                }
            }
            case STOPPED -> wakeUpMillis = Tenure.NEVER;
        }
    }

    /// Without an answer a lease is used on (RFC 8415 section 18.2.3).
    private void giveUp(long nowMillis) {
        switch (state) {
            case CONFIRMING -> hold(tenure.orElseThrow());
            case RELEASING -> stop();
            case DECLINING, REQUESTING -> beginAgain(nowMillis);
            case INIT, SOLICITING, BOUND, RENEWING, REBINDING, STOPPED ->
                    throw new IllegalStateException("nothing to give up: " + state);
        }
    }

    private void solicit(long nowMillis, List<Dhcpv6Effect> effects) {
        about = requests.wanted();
        ask(Dhcpv6State.SOLICITING, Kind.SOLICIT, nowMillis, effects);
    }

    /// Only addresses can be confirmed; a lease with prefixes is bound anew (section 18.2.12).
    private void verify(Dhcpv6Tenure held, long nowMillis, List<Dhcpv6Effect> effects) {
        about = Dhcpv6Requests.asked(held.lease().associations());
        if (held.lease().prefixes().isEmpty()) {
            ask(Dhcpv6State.CONFIRMING, Kind.CONFIRM, nowMillis, effects);
        } else {
            ask(Dhcpv6State.REBINDING, Kind.REBIND, nowMillis, effects);
        }
    }

    private void outlive(long nowMillis, List<Dhcpv6Effect> effects) {
        Dhcpv6Tenure held = tenure.orElseThrow();
        about = Dhcpv6Requests.asked(held.lease().associations());
        server = held.lease().server();
        if (nowMillis >= held.rebindMillis()) {
            ask(Dhcpv6State.REBINDING, Kind.REBIND, nowMillis, effects);
        } else {
            ask(Dhcpv6State.RENEWING, Kind.RENEW, nowMillis, effects);
        }
    }

    private void ask(Dhcpv6State next, Kind kind, long nowMillis, List<Dhcpv6Effect> effects) {
        state = next;
        exchange = Optional.of(Dhcpv6Exchange.of(kind, nowMillis, random));
        sendAgain(nowMillis, effects);
    }

    private void sendAgain(long nowMillis, List<Dhcpv6Effect> effects) {
        Dhcpv6Exchange asked = exchange.orElseThrow();
        effects.add(new Dhcpv6Effect.Send(requests.of(asked, server, about, nowMillis)));
        long most = asked.kind() == Kind.SOLICIT ? mostSolicitMillis : asked.kind().mostWaitMillis;
        Dhcpv6Exchange again = asked.sentAgain(nowMillis, most, random);
        exchange = Optional.of(again);
        wakeUpMillis =
                state == Dhcpv6State.RENEWING
                        ? Math.min(again.againMillis(), tenure.orElseThrow().rebindMillis())
                        : again.againMillis();
    }

    /// Does what is due, then takes what a UDP datagram to port 546 holds. Whatever is not the
    /// answer that the client waits for changes nothing.
    public List<Dhcpv6Effect> receive(Slice datagram, long nowMillis) {
        List<Dhcpv6Effect> effects = new ArrayList<>(advance(nowMillis));
        tryDecode(datagram)
                .filter(this::isAwaited)
                .ifPresent(message -> answered(message, nowMillis, effects));
        effects.addAll(advance(nowMillis));
        return List.copyOf(effects);
    }

    private static Optional<Dhcpv6> tryDecode(Slice datagram) {
        try {
            return Optional.of(Dhcpv6.decode(datagram).value());
        } catch (MalformedPacketException notForUs) {
            return Optional.empty();
        }
    }

    private boolean isAwaited(Dhcpv6 message) {
        Optional<Slice> sender = message.options().find(Dhcpv6Option.SERVER_IDENTIFIER);
        boolean isFromChosen =
                switch (state) {
                    case REQUESTING, RENEWING, RELEASING, DECLINING ->
                            sender.equals(Optional.of(server));
                    case SOLICITING, CONFIRMING, REBINDING -> sender.isPresent();
                    case INIT, BOUND, STOPPED -> false;
                };
        return isFromChosen
                && exchange.filter(asked -> asked.transactionId() == message.transactionId())
                        .isPresent()
                && message.options()
                        .find(Dhcpv6Option.CLIENT_IDENTIFIER)
                        .equals(Optional.of(settings.identifier()));
    }

    private void answered(Dhcpv6 message, long nowMillis, List<Dhcpv6Effect> effects) {
        message.options()
                .u32(Dhcpv6Option.SOLICIT_MAXIMUM_SECONDS)
                .ifPresent(this::limitSolicitations);
        if (state == Dhcpv6State.SOLICITING) {
            offered(message, nowMillis, effects);
        } else if (message.type() == Dhcpv6.REPLY) {
            replied(message, nowMillis, effects);
        }
    }

    private void offered(Dhcpv6 message, long nowMillis, List<Dhcpv6Effect> effects) {
        boolean isCommitted = message.options().find(Dhcpv6Option.RAPID_COMMIT).isPresent();
        if (message.type() == Dhcpv6.REPLY && isCommitted) {
            bind(message, nowMillis, effects);
        } else if (message.type() == Dhcpv6.ADVERTISE) {
            choose(message, nowMillis, effects);
        }
    }

    private void replied(Dhcpv6 reply, long nowMillis, List<Dhcpv6Effect> effects) {
        switch (state) {
            case REQUESTING, RENEWING, REBINDING -> decided(reply, nowMillis, effects);
            case CONFIRMING -> confirmed(reply.options().status().code(), nowMillis, effects);
            case RELEASING, DECLINING -> giveUp(nowMillis);
            case INIT, SOLICITING, BOUND, STOPPED -> {
                // No reply is awaited.
            }
        }
    }

    /// RFC 8415 section 21.24.
    private void limitSolicitations(long seconds) {
        if (seconds >= LEAST_SOLICIT_SECONDS && seconds <= MOST_SOLICIT_SECONDS) {
            mostSolicitMillis = seconds * MILLIS;
        }
    }

    private void choose(Dhcpv6 advertise, long nowMillis, List<Dhcpv6Effect> effects) {
        List<Dhcpv6Association> offered =
                Dhcpv6Requests.asked(Dhcpv6Lease.associations(advertise, settings.association()));
        if (!offered.isEmpty() && advertise.options().status().code() == Dhcpv6Status.SUCCESS) {
            about = offered;
            server = advertise.options().find(Dhcpv6Option.SERVER_IDENTIFIER).orElseThrow();
            ask(Dhcpv6State.REQUESTING, Kind.REQUEST, nowMillis, effects);
        }
    }

    /// A server that fails for no reason is asked again in its time (section 18.3.1).
    private void decided(Dhcpv6 reply, long nowMillis, List<Dhcpv6Effect> effects) {
        if (bind(reply, nowMillis, effects)
                || reply.options().status().code() == Dhcpv6Status.UNSPECIFIED_FAILURE) {
            return;
        }
        if (tenure.isEmpty()) {
            beginAgain(nowMillis);
        } else if (isTakenBack(reply)) {
            lose(tenure.get(), LeaseEvent.Reason.REFUSED, nowMillis, effects);
        }
    }

    /// Whether the server knows nothing of the lease, or ends it by lifetimes of nothing.
    private boolean isTakenBack(Dhcpv6 reply) {
        return Dhcpv6Lease.associations(reply, settings.association())
                .anyMatch(each ->
                        each.options().status().code() == Dhcpv6Status.NO_BINDING
                                || each.lent().stream().anyMatch(lent -> lent.validSeconds() == 0));
    }

    private void confirmed(int status, long nowMillis, List<Dhcpv6Effect> effects) {
        if (status == Dhcpv6Status.SUCCESS) {
            hold(tenure.orElseThrow());
        } else if (status == Dhcpv6Status.NOT_ON_LINK) {
            lose(tenure.orElseThrow(), LeaseEvent.Reason.REFUSED, nowMillis, effects);
        }
    }

    /// @return whether the reply has a lease
    private boolean bind(Dhcpv6 reply, long nowMillis, List<Dhcpv6Effect> effects) {
        long granted = exchange.orElseThrow().firstMillis();
        Optional<Dhcpv6Tenure> next =
                Dhcpv6Lease.tryOf(reply, settings.association())
                        .map(lease -> Dhcpv6Tenure.of(lease, granted))
                        .filter(held -> nowMillis < held.expireMillis());
        next.ifPresent(held -> {
            Dhcpv6Lease lease = held.lease();
            effects.add(
                    tenure.isPresent()
                            ? new Dhcpv6Effect.Renewed(tenure.get().lease(), lease, granted)
                            : new Dhcpv6Effect.Acquired(lease, granted));
            failures = tenure.isPresent() ? 0 : failures;
            tenure = next;
            hold(held);
        });
        return next.isPresent();
    }

    private void hold(Dhcpv6Tenure held) {
        state = Dhcpv6State.BOUND;
        exchange = Optional.empty();
        wakeUpMillis = held.renewMillis();
    }

    private void lose(
            Dhcpv6Tenure held,
            LeaseEvent.Reason reason,
            long nowMillis,
            List<Dhcpv6Effect> effects) {
        effects.add(new Dhcpv6Effect.Lost(held.lease(), reason));
        tenure = Optional.empty();
        beginAgain(nowMillis);
    }

    /// At once the first time, then later and later.
    private void beginAgain(long nowMillis) {
        long pause =
                failures == 0 ? 0 : Math.min(MILLIS << Math.min(failures, 10), MOST_PAUSE_MILLIS);
        failures++;
        state = Dhcpv6State.INIT;
        exchange = Optional.empty();
        wakeUpMillis = nowMillis + pause;
    }

    /// Gives back what the client has, and ends it. The message is repeated until a server has
    /// heard it, for some seconds, if the caller goes on calling.
    public List<Dhcpv6Effect> release(long nowMillis) {
        List<Dhcpv6Effect> effects = new ArrayList<>();
        Optional<Dhcpv6Tenure> held = tenure.filter(each -> nowMillis < each.expireMillis());
        stop();
        held.ifPresent(each -> {
            about = Dhcpv6Requests.asked(each.lease().associations());
            part(each, LeaseEvent.Reason.RELEASED, effects);
            ask(Dhcpv6State.RELEASING, Kind.RELEASE, nowMillis, effects);
        });
        return List.copyOf(effects);
    }

    /// Duplicate address detection found an address in use: it says so to the server and begins
    /// again. A prefix that was granted with it is lost too.
    public List<Dhcpv6Effect> decline(long nowMillis) {
        List<Dhcpv6Effect> effects = new ArrayList<>();
        tenure.filter(each -> nowMillis < each.expireMillis())
                .ifPresent(held -> {
                    about =
                            Dhcpv6Requests.asked(
                                    held.lease()
                                            .associations()
                                            .filter(each -> !each.isOfPrefixes()));
                    part(held, LeaseEvent.Reason.DECLINED, effects);
                    ask(Dhcpv6State.DECLINING, Kind.DECLINE, nowMillis, effects);
                });
        return List.copyOf(effects);
    }

    private void part(Dhcpv6Tenure held, LeaseEvent.Reason reason, List<Dhcpv6Effect> effects) {
        server = held.lease().server();
        tenure = Optional.empty();
        effects.add(new Dhcpv6Effect.Lost(held.lease(), reason));
    }

    private void stop() {
        state = Dhcpv6State.STOPPED;
        exchange = Optional.empty();
        tenure = Optional.empty();
        wakeUpMillis = Tenure.NEVER;
    }
}
