package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Subscription.Notification;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SubscriptionKernelIT {
    private static final int RTNLGRP_LINK = 1;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static Subscription subscribe(Sandbox sandbox) {
        return Subscription.open(
                NetlinkProtocol.ROUTE, sandbox.namespace(), "link events", RTNLGRP_LINK);
    }

    /// The links that are told of, up to the first word of one.
    private static Set<Integer> toldUntil(Subscription subscription, int link) {
        Set<Integer> told = new HashSet<>();
        while (!told.contains(link)) {
            Optional<Notification> next = subscription.next(LIMIT);
            assertThat(next).isPresent();
            if (next.get() instanceof Notification.Event(NetlinkMessage message)) {
                told.add(message.body().s32(4));
            }
        }
        return told;
    }

    @Test
    void pausedSubscription_isToldOfNothing_untilItResumes() {
        try (Sandbox sandbox = new Sandbox();
                Subscription subscription = subscribe(sandbox)) {
            int before = sandbox.veth("a0", "a1").index();
            subscription.pause();
            int meanwhile = sandbox.veth("b0", "b1").index();
            assertThat(subscription.next(Duration.ZERO)).isEmpty();
            subscription.resume();
            int after = sandbox.veth("c0", "c1").index();
            assertThat(toldUntil(subscription, after)).doesNotContain(before, meanwhile);
        }
    }

    @Test
    void pausedSubscription_forgetsThatItWasOverrun() {
        try (Sandbox sandbox = new Sandbox();
                Subscription subscription = subscribe(sandbox)) {
            subscription.receiveRoom(1);
            for (int i = 0; i < 20; i++) {
                sandbox.veth("a" + i, "b" + i);
            }
            subscription.pause();
            assertThat(subscription.next(Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void closedSubscription_isToldOfNothing_whateverIsCalled() {
        try (Sandbox sandbox = new Sandbox()) {
            Subscription subscription = subscribe(sandbox);
            sandbox.veth("a0", "a1");
            subscription.close();
            subscription.pause();
            subscription.resume();
            assertThat(subscription.next(Duration.ZERO)).isEmpty();
        }
    }
}
