package dev.weft.linux.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.IpFamily;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.testkit.KernelFeature;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

final class RuleKernelIT {
    private static JsonObject ip(Sandbox sandbox, String family, int priority) {
        return StreamSupport.stream(sandbox.ip(family, "rule", "show").spliterator(), false)
                .map(element -> element.getAsJsonObject())
                .filter(rule -> rule.get("priority").getAsInt() == priority)
                .findFirst()
                .orElseThrow();
    }

    private static Rule at(Sandbox sandbox, IpFamily family, long priority) {
        return sandbox.rules().list(family).stream()
                .filter(rule -> rule.priority() == priority)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void list_ofANewNamespace_hasTheKernelsOwn() {
        try (Sandbox sandbox = new Sandbox()) {
            assertThat(sandbox.rules().list(IpFamily.IPV4))
                    .extracting(Rule::table)
                    .containsExactly(RouteTable.LOCAL, RouteTable.MAIN, RouteTable.DEFAULT);
            assertThat(sandbox.rules().list()).hasSize(5);
        }
    }

    @Test
    void add_thatSelectsByMuch_readsBackAsAskedAndAsIproute2Says() {
        KernelFeature.assumeMachineRoot("name users that its namespace has not");
        try (Sandbox sandbox = new Sandbox()) {
            sandbox.veth("va", "vb");
            for (IpFamily family : IpFamily.values()) {
                boolean four = family == IpFamily.IPV4;
                IpPrefix source = IpPrefix.parse(four ? "10.1.0.0/16" : "2001:db8::/32");
                sandbox.rules()
                        .add(
                                RuleRequest.table(family, 70_000)
                                        .priority(50)
                                        .from(source)
                                        .comingInBy("va")
                                        .mark(0x10, 0xff)
                                        .inverted()
                                        .protocol(new RouteProtocol(99))
                                        .set(RuleAttributes.SUPPRESS_PREFIX_LENGTH, 0)
                                        .set(RuleAttributes.TUNNEL_ID, 9L)
                                        .set(RuleAttributes.IP_PROTOCOL, 6)
                                        .set(
                                                RuleAttributes.DESTINATION_PORTS,
                                                NumberRange.of(80, 89))
                                        .set(RuleAttributes.USERS, NumberRange.of(5, 6)));
                Rule rule = at(sandbox, family, 50);
                assertThat(rule.source()).isEqualTo(source);
                assertThat(rule.table()).isEqualTo(70_000);
                assertThat(rule.action()).isEqualTo(RuleAction.TABLE);
                assertThat(rule.has(RuleFlag.INVERT)).isTrue();
                assertThat(rule.attributes().find(RuleAttributes.MARK)).hasValue(0x10L);
                assertThat(rule.attributes().find(RuleAttributes.TUNNEL_ID)).hasValue(9L);
                assertThat(rule.attributes().find(RuleAttributes.USERS))
                        .hasValue(NumberRange.of(5, 6));
                assertThat(rule.attributes().find(RuleAttributes.PROTOCOL)).hasValue(99);
                JsonObject theirs = ip(sandbox, four ? "-4" : "-6", 50);
                assertThat(theirs.get("table").getAsString()).isEqualTo("70000");
                assertThat(theirs.get("fwmark").getAsString()).isEqualTo("0x10");
                assertThat(theirs.get("fwmask").getAsString()).isEqualTo("0xff");
                assertThat(theirs.get("iif").getAsString()).isEqualTo("va");
                assertThat(theirs.get("srclen").getAsInt()).isEqualTo(source.length());
                assertThat(theirs.has("not")).isTrue();
                sandbox.rules().delete(RuleRequest.of(rule));
                assertThat(sandbox.rules().list(family)).noneMatch(it -> it.priority() == 50);
            }
        }
    }

    @Test
    void add_ofEachAction_readsBack() {
        try (Sandbox sandbox = new Sandbox()) {
            for (int number = 6; number <= 8; number++) {
                RuleAction action = new RuleAction(number);
                sandbox.rules().add(RuleRequest.of(IpFamily.IPV4, action).priority(number));
                assertThat(at(sandbox, IpFamily.IPV4, number).action()).isEqualTo(action);
                assertThat(ip(sandbox, "-4", number).get("action").getAsString())
                        .isEqualTo(action.toString());
            }
            sandbox.rules().add(RuleRequest.goTo(IpFamily.IPV4, 32766).priority(9));
            assertThat(at(sandbox, IpFamily.IPV4, 9).attributes().find(RuleAttributes.GOTO))
                    .hasValue(32_766L);
        }
    }

    @Test
    void add_ofTheSameRule_isRefused() {
        try (Sandbox sandbox = new Sandbox()) {
            RuleRequest request = RuleRequest.table(IpFamily.IPV4, 100).priority(50);
            sandbox.rules().add(request);
            assertThatThrownBy(() -> sandbox.rules().add(request))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("rule 50")
                    .hasMessageContaining("EEXIST");
        }
    }
}
