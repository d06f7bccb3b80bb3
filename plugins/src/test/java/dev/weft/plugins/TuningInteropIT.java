package dev.weft.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Reply;
import dev.weft.plugins.chained.Tuning;
import dev.weft.plugins.site.Steps;
import dev.weft.testkit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tuning beside the reference plugin of Debian 12, which is 1.1.1: it has no `txQLen` yet,
/// replaces `IFNAME` in ADD alone, and compares addresses as text.
final class TuningInteropIT {
    private static final String KEYS =
            "\"sysctl\":{\"net.ipv4.conf.eth0.arp_filter\":\"1\"},\"mac\":\"c2:11:22:33:44:57\","
                    + "\"mtu\":1454,\"promisc\":true,\"allmulti\":true,";

    private final ChainedSandbox sandbox = new ChainedSandbox(Steps.NONE);
    private final Path backup = sandbox.directory().resolve("data/c1_eth0.json");
    private final Tuning tuning = new Tuning(sandbox.site(), sandbox.directory().resolve("none"));
    private final JsonObject configuration =
            sandbox.configuration(
                    CniVersion.V1_0_0, KEYS + "\"dataDir\":\"" + backup.getParent() + "\",");

    @BeforeEach
    void requireReference() {
        assumeTrue(ChainedSandbox.hasReference(), "containernetworking-plugins is not installed");
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void madeByEither_theResultTheBackupAndTheLink_areTheSame() throws IOException {
        Command.Result theirs = sandbox.callReference("tuning", "ADD", configuration).orFail();
        String theirBackup = Files.readString(backup);
        JsonObject theirLink = sandbox.link();
        sandbox.callReference("tuning", "DEL", configuration).orFail();

        Reply ours = sandbox.call(tuning, "ADD", configuration).requireSuccess();

        JsonObject expected = JsonParser.parseString(theirs.stdout()).getAsJsonObject();
        expected.remove("dns");
        assertThat(JsonParser.parseString(ours.output())).isEqualTo(expected);
        assertThat(Files.readString(backup)).isEqualTo(theirBackup);
        assertThat(sandbox.link()).isEqualTo(theirLink);
    }

    @Test
    void madeByOurs_isCheckedAndDeletedByTheirs() {
        JsonObject before = sandbox.link();
        sandbox.call(tuning, "ADD", configuration).requireSuccess();
        sandbox.callReference("tuning", "CHECK", configuration).orFail();
        sandbox.callReference("tuning", "DEL", configuration).orFail();
        assertThat(sandbox.link()).isEqualTo(before);
        assertThat(backup).doesNotExist();
        sandbox.call(tuning, "DEL", configuration).requireSuccess();
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void madeByTheirs_isCheckedAndDeletedByOurs() {
        JsonObject before = sandbox.link();
        sandbox.callReference("tuning", "ADD", configuration).orFail();
        sandbox.call(tuning, "CHECK", configuration).requireSuccess();
        sandbox.call(tuning, "DEL", configuration).requireSuccess();
        assertThat(sandbox.link()).isEqualTo(before);
        assertThat(sandbox.files()).isEmpty();
    }

    @Test
    void madeByTheirs_andAgainByOurs_keepsTheFirstValues() {
        JsonObject before = sandbox.link();
        sandbox.callReference("tuning", "ADD", configuration).orFail();
        sandbox.call(tuning, "ADD", configuration).requireSuccess();
        sandbox.call(tuning, "DEL", configuration).requireSuccess();
        assertThat(sandbox.link()).isEqualTo(before);
        assertThat(sandbox.files()).isEmpty();
    }
}
