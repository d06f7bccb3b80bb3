package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.plugins.chained.Sbr;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Source-based routing beside the reference plugin of Debian 12, which is 1.1.1: it has no keys of
/// its own yet, and also copies routes of one family into the tables of the other, where no rule
/// leads to them.
final class SbrInteropIT {
    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Sbr sbr = new Sbr(sandbox.site());
    private final JsonObject configuration = sandbox.configuration(CniVersion.V1_0_0, "");

    @BeforeEach
    void requireReference() {
        assumeTrue(ChainedSandbox.hasReference(), "containernetworking-plugins is not installed");
        sandbox.inContainer("ip route add default via 10.9.0.1");
        sandbox.inContainer("ip route add 10.77.0.0/16 via 10.9.0.1");
        sandbox.inContainer("ip route add 10.78.0.0/16 dev eth0");
        sandbox.inContainer("ip -6 route add default via fd09::1");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private List<String> tables() {
        return List.of(
                sandbox.inContainer("ip rule"),
                sandbox.inContainer("ip -6 rule"),
                sandbox.inContainer("ip route show table 100"),
                sandbox.inContainer("ip -6 route show table 101"),
                sandbox.inContainer("ip route show table main"),
                sandbox.inContainer("ip -6 route show table main"));
    }

    @Test
    void madeByEither_resultAndTables_areTheSame() {
        Reply ours = sandbox.call(sbr, "ADD", configuration).requireSuccess();
        List<String> ourTables = tables();
        sandbox.call(sbr, "DEL", configuration).requireSuccess();

        Command.Result theirs = sandbox.callReference("sbr", "ADD", configuration).orFail();

        JsonObject expected = JsonParser.parseString(theirs.stdout()).getAsJsonObject();
        expected.remove("dns");
        assertThat(JsonParser.parseString(ours.output())).isEqualTo(expected);
        assertThat(ourTables).isEqualTo(tables());
    }

    @Test
    void madeByOurs_isDeletedByTheirs_andTheRecordByOurs() {
        sandbox.call(sbr, "ADD", configuration).requireSuccess();
        sandbox.callReference("sbr", "CHECK", configuration).orFail();
        sandbox.callReference("sbr", "DEL", configuration).orFail();
        assertThat(sandbox.inContainer("ip rule")).doesNotContain("lookup 100");
        sandbox.call(sbr, "DEL", configuration).requireSuccess();
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void madeByTheirs_isCheckedAndDeletedByOurs() {
        String rules = sandbox.inContainer("ip rule") + sandbox.inContainer("ip -6 rule");
        sandbox.callReference("sbr", "ADD", configuration).orFail();
        sandbox.call(sbr, "CHECK", configuration).requireSuccess();
        sandbox.call(sbr, "DEL", configuration).requireSuccess();
        assertThat(sandbox.inContainer("ip rule") + sandbox.inContainer("ip -6 rule"))
                .isEqualTo(rules);
        sandbox.call(sbr, "DEL", configuration).requireSuccess();
    }
}
