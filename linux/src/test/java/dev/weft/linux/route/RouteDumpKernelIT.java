package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Dumps of a table that another thread keeps changing: begun again a bounded number of times, then
/// handed out with a warning.
final class RouteDumpKernelIT {
    /// Enough rows for several datagrams, between which the table can change.
    private static final int STEADY = 2000;

    /// Whether a change falls into a dump is chance, and nearly always does: dumps are repeated
    /// until one did.
    private static final int MAX_DUMPS = 5000;

    private static List<NetlinkRequest> steadyAddresses(int link) {
        return IntStream.range(0, STEADY)
                .mapToObj(i -> IpPrefix.parse("10.9." + i / 250 + "." + (i % 250 + 1)))
                .map(address -> Addresses.toAdd(link, AddressRequest.of(address)))
                .toList();
    }

    private static long steady(Dump<Optional<Address>> dump) {
        return dump.rows().stream()
                .flatMap(Optional::stream)
                .filter(row -> row.prefix().toString().startsWith("10.9."))
                .count();
    }

    /// The decoder is called once an attempt is over: it ends the changes, so the next one is
    /// whole.
    @Test
    void dump_interruptedOnce_isBegunAgain() throws InterruptedException {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            sandbox.socket().batch(steadyAddresses(link));
            boolean begunAgain = false;
            for (int i = 0; i < MAX_DUMPS && !begunAgain; i++) {
                AtomicInteger decoded = new AtomicInteger();
                try (Changes changes = new Changes(sandbox, link)) {
                    Dump<Optional<Address>> dump =
                            dump(
                                    sandbox,
                                    message -> {
                                        changes.end();
                                        decoded.incrementAndGet();
                                        return Address.decode(message);
                                    });
                    assertThat(dump.consistent()).isTrue();
                    assertThat(steady(dump)).isEqualTo(STEADY);
                    begunAgain = decoded.get() > dump.rows().size();
                }
            }
            assertThat(begunAgain).as("a dump was interrupted").isTrue();
        }
    }

    @Test
    void dump_interruptedEachTime_saysThatItIsNotWhole() throws InterruptedException {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            sandbox.socket().batch(steadyAddresses(link));
            try (Changes _ = new Changes(sandbox, link)) {
                Dump<Optional<Address>> dump = dump(sandbox, Address::decode);
                for (int i = 1; i < MAX_DUMPS && dump.consistent(); i++) {
                    assertThat(steady(dump)).isEqualTo(STEADY);
                    dump = dump(sandbox, Address::decode);
                }
                assertThat(dump.consistent()).isFalse();
                assertThatThrownBy(dump::consistentRows)
                        .isInstanceOf(KernelException.class)
                        .hasMessageContaining("EINTR");
            }
            assertThat(sandbox.addresses().dump().consistent()).isTrue();
        }
    }

    private static Dump<Optional<Address>> dump(
            Sandbox sandbox, Function<NetlinkMessage, Optional<Address>> decoder) {
        return sandbox.socket().dump(Addresses.toList(IpFamily.IPV4.number(), 0), decoder);
    }

    /// A thread that adds an address and takes it off again, from construction until closed.
    private static final class Changes implements AutoCloseable {
        private static final IpPrefix CHANGING = IpPrefix.parse("10.1.0.1/32");

        private final CountDownLatch begun = new CountDownLatch(1);
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Thread thread;

        Changes(Sandbox sandbox, int link) throws InterruptedException {
            thread = Thread.ofPlatform().start(() -> change(sandbox, link));
            begun.await();
        }

        private void change(Sandbox sandbox, int link) {
            try (NetlinkSocket own =
                    NetlinkSocket.open(NetlinkProtocol.ROUTE, sandbox.namespace())) {
                Addresses addresses = new Addresses(own);
                while (!stop.get()) {
                    addresses.add(link, AddressRequest.of(CHANGING));
                    addresses.delete(link, CHANGING);
                    begun.countDown();
                }
            } finally {
                begun.countDown();
            }
        }

        /// Returns when the last change is done.
        void end() {
            stop.set(true);
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        @Override
        public void close() {
            end();
        }
    }
}
