package dev.weft.firewall.event;

import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.Subscription;
import dev.weft.linux.netlink.Subscription.Notification;
import java.time.Duration;
import java.util.Optional;

/// All that happens to the ruleset of a namespace from now on, by whomever.
///
/// One thread takes events; any thread may [#close], which wakes it.
public final class RulesetEvents implements AutoCloseable {
    /// `NFNLGRP_NFTABLES` of `enum nfnetlink_groups`.
    private static final int GROUP = 7;

    private final Subscription subscription;

    private RulesetEvents(Subscription subscription) {
        this.subscription = subscription;
    }

    /// Begins to listen in a namespace.
    public static RulesetEvents open(NetworkNamespace namespace) {
        return new RulesetEvents(
                Subscription.open(
                        NetlinkProtocol.NETFILTER, namespace, "events of the ruleset", GROUP));
    }

    /// The next event; nothing when none comes in time, or after [#close].
    ///
    /// @throws dev.weft.linux.MalformedMessageException when the kernel says what it never says
    public Optional<RulesetEvent> next(Duration limit) {
        return subscription
                .next(limit)
                .map(notification ->
                        switch (notification) {
                            case Notification.Event(NetlinkMessage message) ->
                                    RulesetEvent.decode(message);
                            case Notification.Overrun() -> new RulesetEvent.Lost();
                        });
    }

    @Override
    public void close() {
        subscription.close();
    }
}
