package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Dumps of a table that another thread keeps changing: begun again a bounded number of times, then
/// handed out with a warning.
final class RouteDumpKernelIT {
    private static final int STEADY = 1000;
    private static final int DUMPS = 10;

    private static AddressRequest address(int number) {
        return AddressRequest.of(IpPrefix.parse("10.9." + number / 250 + "." + (number % 250 + 1)));
    }

    @Test
    void dump_whileAddressesChange_isWholeOrSaysThatItIsNot() throws InterruptedException {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            for (int i = 0; i < STEADY; i++) {
                sandbox.addresses().add(link, address(i));
            }
            AtomicBoolean stop = new AtomicBoolean();
            Thread changing = Thread.ofPlatform().start(() -> change(sandbox, link, stop));
            List<Dump<Address>> dumps = new ArrayList<>();
            try {
                for (int i = 0; i < DUMPS; i++) {
                    dumps.add(sandbox.addresses().dump());
                }
            } finally {
                stop.set(true);
                changing.join();
            }
            assertThat(dumps)
                    .filteredOn(Dump::consistent)
                    .allSatisfy(dump -> assertThat(steady(dump)).isEqualTo(STEADY));
            assertThat(dumps)
                    .filteredOn(dump -> !dump.consistent())
                    .allSatisfy(dump ->
                            assertThatThrownBy(dump::consistentRows)
                                    .isInstanceOf(KernelException.class)
                                    .hasMessageContaining("EINTR"));
            assertThat(sandbox.addresses().dump().consistent()).isTrue();
        }
    }

    private static void change(Sandbox sandbox, int link, AtomicBoolean stop) {
        try (NetlinkSocket own = NetlinkSocket.open(NetlinkProtocol.ROUTE, sandbox.namespace())) {
            Addresses addresses = new Addresses(own);
            while (!stop.get()) {
                addresses.add(link, AddressRequest.of(IpPrefix.parse("10.1.0.1/32")));
                addresses.delete(link, IpPrefix.parse("10.1.0.1/32"));
            }
        }
    }

    private static long steady(Dump<Address> dump) {
        return dump.rows().stream()
                .filter(row -> row.prefix().toString().startsWith("10.9."))
                .count();
    }

    @Test
    void change_withoutPrivilege_saysWhatToDoAndReadingIsFree() {
        try (Sandbox sandbox = new Sandbox()) {
            String said =
                    sandbox.run(
                            "setpriv",
                            "--bounding-set=-net_admin",
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Unprivileged.class.getName());
            assertThat(said)
                    .contains("0 routes")
                    .contains("cannot add blackhole route to 10.0.0.0/8: EPERM")
                    .contains("CAP_NET_ADMIN");
            assertThat(sandbox.routes().list()).isEmpty();
        }
    }

    /// What a program without CAP_NET_ADMIN meets.
    static final class Unprivileged {
        private Unprivileged() {}

        public static void main(String[] arguments) {
            try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.ROUTE)) {
                Routes routes = new Routes(socket);
                System.out.println(routes.list().size() + " routes");
                routes.add(RouteRequest.to(IpPrefix.parse("10.0.0.0/8")).type(RouteType.BLACKHOLE));
            } catch (KernelException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
