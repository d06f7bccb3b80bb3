package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.linux.file.BootId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SavedLeaseTest {
    @TempDir Path temporary;

    private static SavedLease saved(String containerId, int priority) {
        Bench bench = new Bench().bound();
        return new SavedLease(
                "net",
                new AttachmentId(containerId, "eth0"),
                "/var/run/netns/box",
                new BootId(new UUID(1, 2)),
                Bench.SETTINGS,
                priority == 0 ? OptionalInt.empty() : OptionalInt.of(priority),
                bench.lease(),
                123_456);
    }

    @ParameterizedTest
    @CsvSource({"box, 0", "box, 100", "\"quoted\u00e9\", 1"})
    void lease_returnsFromItsBytes(String containerId, int priority) {
        SavedLease lease = saved(containerId, priority);
        assertThat(SavedLease.decode(lease.encode())).isEqualTo(lease);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"weftLease\":1 | \"weftLease\":2",
                "\"netns\" | \"elsewhere\"",
                "\"hardware\":\"02: | \"hardware\":\"zz:",
                "\"grantedMillis\":123456 | \"grantedMillis\":\"soon\"",
                "\"grantedMillis\":123456 | \"granted\":1",
                "\"requested\":[1, | \"requested\":[4294967297,",
                "\"requested\":[1, | \"requested\":[255,",
                "\"retransmission\":[4000, | \"retransmission\":[",
                "\"retransmission\":[4000, | \"retransmission\":[500,",
                "\"code\":61 | \"code\":53",
                "\"code\":61 | \"code\":256",
                "\"acknowledgement\":\"02 | \"acknowledgement\":\"0x",
                "\"acknowledgement\":\"0201 | \"acknowledgement\":\"0202",
                "63825363350105 | 63825363350106",
                "-000000000002 | -00000000000x"
            })
    void damagedFile_isRefusedInWords(String from, String to) {
        String text = new String(saved("box", 1).encode(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        byte[] damaged = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SavedLease.decode(damaged)).isInstanceOf(CniException.class);
    }

    @Test
    void fileOfAnyLength_isNotReadWhole() {
        assertThatThrownBy(() -> SavedLease.decode(new byte[SavedLease.MAX_BYTES + 1]))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void directory_hasTheLastOfEachAttachment() throws IOException {
        LeaseDirectory directory = new LeaseDirectory(temporary.resolve("leases"));
        assertThat(directory.load().leases()).isEmpty();
        directory.save(saved("a", 1));
        directory.save(saved("a", 2));
        directory.save(saved("b", 3));
        assertThat(directory.load().leases())
                .containsExactlyInAnyOrder(saved("a", 2), saved("b", 3));
        directory.forget("net", new AttachmentId("a", "eth0"));
        directory.forget("net", new AttachmentId("a", "eth0"));
        assertThat(directory.load())
                .isEqualTo(
                        new LeaseDirectory.Content(List.of(saved("b", 3)), List.of(), List.of()));
        try (var files = Files.list(temporary.resolve("leases"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void directory_tellsWhatItCannotRead() throws IOException {
        LeaseDirectory directory = new LeaseDirectory(temporary);
        directory.save(saved("a", 1));
        Files.writeString(temporary.resolve("half.lease"), "{\"weftLease\":1");
        Files.createDirectory(temporary.resolve("odd.lease"));
        Files.writeString(temporary.resolve("other"), "");
        LeaseDirectory.Content content = directory.load();
        assertThat(content.leases()).containsExactly(saved("a", 1));
        assertThat(content.unreadable())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("half.lease"))
                .anySatisfy(line -> assertThat(line).contains("odd.lease"));
    }

    @FuzzTest
    void anyContent_isALeaseOrRefused(byte[] content) {
        try {
            SavedLease lease = SavedLease.decode(content);
            assertThat(SavedLease.decode(lease.encode())).isEqualTo(lease);
            Bench bench = new Bench(lease.lease(), lease.grantedMillis(), 0);
            bench.advanceTo(0);
            bench.take(bench.client.release(1));
            assertThat(LeaseResult.of(lease.lease(), lease.priority()).addresses()).hasSize(1);
        } catch (CniException refused) {
            assertThat(refused.text()).isNotBlank();
        }
    }
}
