package dev.weft.firewall.event;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.Subscription;
import dev.weft.linux.netlink.Subscription.Notification;
import java.time.Duration;
import java.util.Optional;

/// The steps of traced packets of a namespace from now on.
///
/// One thread takes them; any thread may [#close], which wakes it.
public final class TraceEvents implements AutoCloseable {
    /// `NFNLGRP_NFTRACE` of `enum nfnetlink_groups`.
    private static final int GROUP = 9;

    private final Subscription subscription;

    /// What a reader is told.
    public sealed interface Told {
        /// A step of a packet.
        record Step(TraceEvent event) implements Told {}

        /// Steps were lost, as more came than were taken.
        record Lost() implements Told {}
    }

    private TraceEvents(Subscription subscription) {
        this.subscription = subscription;
    }

    /// Begins to listen in a namespace. Which packets are traced is up to the ruleset.
    public static TraceEvents open(NetworkNamespace namespace) {
        return new TraceEvents(
                Subscription.open(
                        NetlinkProtocol.NETFILTER, namespace, "traces of packets", GROUP));
    }

    /// The next step; nothing when none comes in time, or after [#close].
    ///
    /// @throws dev.weft.linux.MalformedMessageException when the kernel says what it never says
    public Optional<Told> next(Duration limit) {
        return subscription
                .next(limit)
                .map(notification ->
                        switch (notification) {
                            case Notification.Event(NetlinkMessage message) ->
                                    new Told.Step(TraceEvent.decode(message));
                            case Notification.Overrun() -> new Told.Lost();
                        });
    }

    @Override
    public void close() {
        subscription.close();
    }
}
