package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.linux.tc.Handle;
import dev.weft.linux.tc.QdiscRequest;
import dev.weft.linux.tc.Qdiscs;
import dev.weft.linux.tc.TbfAttributes;
import dev.weft.plugins.chained.Bandwidth;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import dev.weft.testkit.KernelFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bandwidth beside the reference plugin of Debian 12.
final class BandwidthInteropIT {
    private static final String BLOCK = "bwpf0bca4ac77cd";
    private static final String BOTH =
            "\"ingressRate\":1000000,\"ingressBurst\":80000,\"egressRate\":8000000,"
                    + "\"egressBurst\":160000,";

    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Bandwidth bandwidth = new Bandwidth(sandbox.site());
    private final JsonObject configuration = sandbox.configuration(CniVersion.V1_0_0, BOTH);

    @BeforeEach
    void requireReference() {
        assumeTrue(ChainedSandbox.hasReference(), "containernetworking-plugins is not installed");
        KernelFeature.assumeLinkKind("ifb");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /// Without the last interface's address, which the kernel chooses.
    private static JsonObject result(String text) {
        JsonObject result = JsonParser.parseString(text).getAsJsonObject();
        result.remove("dns");
        result.getAsJsonArray("interfaces").get(2).getAsJsonObject().remove("mac");
        return result;
    }

    private String buckets() {
        return sandbox.onHost("tc -d qdisc show dev veth0 root")
                + sandbox.onHost("tc -d qdisc show dev " + BLOCK);
    }

    @Test
    void madeByEither_resultAndBuckets_areTheSame() {
        Command.Result theirs = sandbox.callReference("bandwidth", "ADD", configuration).orFail();
        String theirBuckets = buckets();
        sandbox.callReference("bandwidth", "DEL", configuration).orFail();
        sandbox.onHost("tc qdisc del dev veth0 root");
        sandbox.onHost("tc qdisc del dev veth0 ingress");

        Reply ours = sandbox.call(bandwidth, "ADD", configuration).requireSuccess();

        assertThat(result(ours.output())).isEqualTo(result(theirs.stdout()));
        assertThat(buckets()).isEqualTo(theirBuckets);
    }

    @ParameterizedTest
    @CsvSource({
        "1000000,80000",
        "123456789,12345678",
        "40000000000,400000",
        "800,80000",
        "100000000,12000",
        "7777777,777777",
        "999999999,1234567",
        "10000000,2147483647",
        "33333,8008",
        "8000,64000",
    })
    void numbers_areTheReferencePlugins(long rate, long burst) {
        JsonObject limited =
                sandbox.configuration(
                        CniVersion.V1_0_0,
                        "\"ingressRate\":" + rate + ",\"ingressBurst\":" + burst + ",");
        sandbox.callReference("bandwidth", "ADD", limited).orFail();
        TbfAttributes.Parameters theirs = parameters();
        sandbox.onHost("tc qdisc del dev veth0 root");

        sandbox.call(bandwidth, "ADD", limited).requireSuccess();

        assertThat(parameters()).isEqualTo(theirs);
        sandbox.callReference("bandwidth", "CHECK", limited).orFail();
    }

    private TbfAttributes.Parameters parameters() {
        int index = sandbox.site().links().find("veth0").orElseThrow().index();
        return new Qdiscs(sandbox.site().socket())
                .find(QdiscRequest.on(index).handle(Handle.of(1, 0)))
                .flatMap(qdisc -> qdisc.option(TbfAttributes.PARAMETERS))
                .orElseThrow();
    }

    @Test
    void burstOfHours_isCut_whereTheReferencePluginWrapsAround_andBothAreAccepted() {
        JsonObject limited =
                sandbox.configuration(
                        CniVersion.V1_0_0, "\"ingressRate\":1000000,\"ingressBurst\":2147483647,");
        sandbox.callReference("bandwidth", "ADD", limited).orFail();
        assertThat(parameters().bufferTicks()).isLessThan(0xffff_ffffL);
        sandbox.call(bandwidth, "CHECK", limited).requireSuccess();
        sandbox.call(bandwidth, "ADD", limited).requireSuccess();
        assertThat(parameters().bufferTicks()).isEqualTo(0xffff_ffffL);
        sandbox.call(bandwidth, "CHECK", limited).requireSuccess();
    }

    @Test
    void burstOfNoMicrosecond_works_whereTheReferencePluginFails() {
        JsonObject limited =
                sandbox.configuration(
                        CniVersion.V1_0_0, "\"ingressRate\":100000000000,\"ingressBurst\":8000,");
        assertThat(sandbox.callReference("bandwidth", "ADD", limited).exit()).isEqualTo(1);
        sandbox.call(bandwidth, "ADD", limited).requireSuccess();
        sandbox.call(bandwidth, "CHECK", limited).requireSuccess();
    }

    @Test
    void madeByOurs_isCheckedAndDeletedByTheirs() {
        sandbox.call(bandwidth, "ADD", configuration).requireSuccess();
        sandbox.callReference("bandwidth", "CHECK", configuration).orFail();
        sandbox.callReference("bandwidth", "DEL", configuration).orFail();
        assertThat(sandbox.onHost("ip link show")).doesNotContain("bwp");
        sandbox.call(bandwidth, "DEL", configuration).requireSuccess();
        assertThat(sandbox.onHost("tc qdisc show dev veth0")).doesNotContain("tbf", "clsact");
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void madeByTheirs_isCheckedAndDeletedByOurs() {
        String before = sandbox.snapshot();
        sandbox.callReference("bandwidth", "ADD", configuration).orFail();
        sandbox.call(bandwidth, "CHECK", configuration).requireSuccess();
        sandbox.call(bandwidth, "DEL", configuration).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }

    @Test
    void madeByTheirs_andAgainByOurs_isReplaced() {
        String before = sandbox.snapshot();
        sandbox.callReference("bandwidth", "ADD", configuration).orFail();
        sandbox.call(bandwidth, "ADD", configuration).requireSuccess();
        sandbox.call(bandwidth, "CHECK", configuration).requireSuccess();
        assertThat(sandbox.onHost("ip -o link show type ifb").lines()).hasSize(1);
        sandbox.call(bandwidth, "DEL", configuration).requireSuccess();
        assertThat(sandbox.snapshot()).isEqualTo(before);
    }
}
