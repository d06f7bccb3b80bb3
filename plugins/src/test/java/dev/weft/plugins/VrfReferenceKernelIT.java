package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.plugins.chained.Vrf;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `vrf` beside the reference plugin of Debian 12, which is 1.1.1. By its name it runs in the
/// virtual machine, whose kernel has such links.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
final class VrfReferenceKernelIT {
    private ChainedSandbox sandbox;
    private Vrf vrf;
    private JsonObject configuration;

    @BeforeEach
    void open() {
        KernelFeature.assumeLinkKind("vrf");
        assumeTrue(ChainedSandbox.hasReference(), "containernetworking-plugins is not installed");
        sandbox = new ChainedSandbox(Steps.NONE);
        vrf = new Vrf(sandbox.site());
        configuration = sandbox.configuration(CniVersion.V1_0_0, "\"vrfname\": \"blue\",");
        NatLab.in(sandbox.container(), VrfKernelIT.ROUTES);
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private Reply ours(String command) {
        return sandbox.call(vrf, command, configuration).requireSuccess();
    }

    private Command.Result theirs(String command) {
        return sandbox.callReference(Vrf.TYPE, command, configuration).orFail();
    }

    /// The VRF's table, its member, and what that has; without what follows a carrier.
    private String inside() {
        String shown =
                NatLab.in(
                        sandbox.container(),
                        "ip -d link show blue | grep -o 'vrf table [0-9]*';"
                                + "ip -br link show master blue;"
                                + "ip route show vrf blue; ip -6 route show vrf blue;"
                                + "ip -br address show eth0");
        return VrfKernelIT.settled(shown);
    }

    /// Routes that the kernel takes on the way into the VRF are lost; later releases move some.
    @Test
    void madeByEither_resultAndVrf_areTheSame_butForRoutesThatTheReferenceLoses() {
        Reply ours = ours("ADD");
        String our = inside();
        ours("DEL");
        Command.Result theirs = theirs("ADD");
        String their = inside();
        JsonObject expected = JsonParser.parseString(theirs.stdout()).getAsJsonObject();
        expected.remove("dns");
        assertThat(JsonParser.parseString(ours.output())).isEqualTo(expected);
        assertThat(our.lines().filter(line -> line.contains(" via "))).hasSize(3);
        assertThat(our.lines().filter(line -> !line.contains(" via ")))
                .containsExactlyElementsOf(their.lines().toList());
    }

    @Test
    void madeByOurs_isCheckedAndDeletedByTheirs_andTheRecordByOurs() {
        ours("ADD");
        theirs("CHECK");
        theirs("DEL");
        assertThat(sandbox.inContainer("ip -br link")).doesNotContain("blue");
        ours("DEL");
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void madeByTheirs_isCheckedAndDeletedByOurs() {
        theirs("ADD");
        ours("CHECK");
        ours("DEL");
        assertThat(sandbox.inContainer("ip -br link")).doesNotContain("blue").contains("eth0");
        ours("DEL");
    }
}
