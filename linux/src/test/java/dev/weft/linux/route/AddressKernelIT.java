package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import java.net.InetAddress;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class AddressKernelIT {
    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text);
    }

    private static Address only(Sandbox sandbox, int link, IpFamily family) {
        return sandbox.addresses().list(link).stream()
                .filter(address -> address.family() == family)
                .filter(address -> !address.address().isLinkLocalAddress())
                .reduce((one, other) -> {
                    throw new AssertionError("two addresses: " + one + ", " + other);
                })
                .orElseThrow();
    }

    private static JsonObject info(Sandbox sandbox, String family) {
        return sandbox.ipOne(family, "address", "show", "dev", "va", "scope", "global")
                .getAsJsonArray("addr_info")
                .get(0)
                .getAsJsonObject();
    }

    @Test
    void add_ofIpv4_readsBackAsAskedAndAsIproute2Says() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            sandbox.addresses()
                    .add(
                            link,
                            AddressRequest.of(prefix("10.0.0.1/24"))
                                    .broadcast()
                                    .flag(AddressFlag.NO_PREFIX_ROUTE)
                                    .set(AddressAttributes.LABEL, "va:web")
                                    .set(AddressAttributes.PROTOCOL, 77)
                                    .set(AddressAttributes.ROUTE_PRIORITY, 500L)
                                    .set(
                                            AddressAttributes.LIFETIMES,
                                            AddressLifetimes.of(1000, 2000)));
            Address address = only(sandbox, link, IpFamily.IPV4);
            assertThat(address.prefix()).isEqualTo(prefix("10.0.0.1/24"));
            assertThat(address.peer()).isEmpty();
            assertThat(address.has(AddressFlag.NO_PREFIX_ROUTE)).isTrue();
            assertThat(address.has(AddressFlag.PERMANENT)).isFalse();
            assertThat(address.attributes().find(AddressAttributes.PROTOCOL)).hasValue(77);
            assertThat(address.attributes().find(AddressAttributes.ROUTE_PRIORITY)).hasValue(500L);
            assertThat(address.attributes().find(AddressAttributes.LIFETIMES).orElseThrow())
                    .satisfies(lifetimes -> {
                        assertThat(lifetimes.preferredSeconds()).isBetween(990L, 1000L);
                        assertThat(lifetimes.validSeconds()).isBetween(1990L, 2000L);
                    });
            JsonObject theirs = info(sandbox, "-4");
            assertThat(theirs.get("local").getAsString()).isEqualTo("10.0.0.1");
            assertThat(theirs.get("broadcast").getAsString())
                    .isEqualTo(
                            address.attributes()
                                    .find(AddressAttributes.BROADCAST)
                                    .map(InetAddress::getHostAddress)
                                    .orElseThrow())
                    .isEqualTo("10.0.0.255");
            assertThat(theirs.get("label").getAsString()).isEqualTo("va:web");
            assertThat(theirs.get("metric").getAsInt()).isEqualTo(500);
            assertThat(theirs.get("noprefixroute").getAsBoolean()).isTrue();
        }
    }

    @Test
    void add_withPeer_readsBackBothEnds() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            AddressRequest request =
                    AddressRequest.of(prefix("10.0.0.1")).peer(prefix("10.0.0.2/32"));
            sandbox.addresses().add(link, request);
            Address address = only(sandbox, link, IpFamily.IPV4);
            assertThat(address.address()).isEqualTo(prefix("10.0.0.1").address());
            assertThat(address.peer()).hasValue(prefix("10.0.0.2").address());
            assertThat(info(sandbox, "-4").get("address").getAsString()).isEqualTo("10.0.0.2");
            sandbox.addresses().delete(link, AddressRequest.of(address));
            assertThat(sandbox.addresses().list(IpFamily.IPV4)).isEmpty();
        }
    }

    @Test
    void add_ofIpv6_readsBackAsAskedAndAsIproute2Says() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            IpPrefix asked = prefix("2001:db8::1/64");
            sandbox.addresses()
                    .add(link, AddressRequest.of(asked).flag(AddressFlag.NO_DUPLICATE_DETECTION));
            Address address = only(sandbox, link, IpFamily.IPV6);
            assertThat(address.prefix()).isEqualTo(asked);
            assertThat(address.has(AddressFlag.PERMANENT)).isTrue();
            assertThat(address.has(AddressFlag.TENTATIVE)).isFalse();
            JsonObject theirs = info(sandbox, "-6");
            assertThat(theirs.get("local").getAsString()).isEqualTo("2001:db8::1");
            assertThat(theirs.get("nodad").getAsBoolean()).isTrue();
        }
    }

    @Test
    void replace_ofTheSameAddress_changesItAndOfAnotherLengthAddsOne() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            AddressRequest request = AddressRequest.of(prefix("10.0.0.1/24"));
            sandbox.addresses().add(link, request);
            sandbox.addresses()
                    .replace(
                            link,
                            request.set(AddressAttributes.LIFETIMES, AddressLifetimes.of(50, 100)));
            assertThat(only(sandbox, link, IpFamily.IPV4).has(AddressFlag.PERMANENT)).isFalse();
            sandbox.addresses().replace(link, AddressRequest.of(prefix("10.0.0.1/16")));
            assertThat(sandbox.addresses().list(IpFamily.IPV4))
                    .extracting(address -> address.prefix().length())
                    .containsExactlyInAnyOrder(24, 16);
        }
    }

    @Test
    void refusals_nameTheAddressAndTheReason() {
        try (Sandbox sandbox = new Sandbox()) {
            int link = sandbox.veth("va", "vb").index();
            Addresses addresses = sandbox.addresses();
            AddressRequest request = AddressRequest.of(prefix("10.0.0.1/24"));
            addresses.add(link, request);
            assertThatThrownBy(() -> addresses.add(link, request))
                    .asInstanceOf(InstanceOfAssertFactories.type(KernelException.class))
                    .satisfies(refused -> assertThat(refused.is(Errno.EEXIST)).isTrue())
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("address 10.0.0.1/24 of link " + link);
            assertThatThrownBy(() -> addresses.delete(link, prefix("10.0.0.9/24")))
                    .asInstanceOf(InstanceOfAssertFactories.type(KernelException.class))
                    .matches(refused -> refused.is(Errno.EADDRNOTAVAIL));
            assertThat(addresses.list(999)).isEmpty();
        }
    }
}
