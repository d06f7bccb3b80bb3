package dev.weft.ipam.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.cni.AttachmentId;
import dev.weft.cni.CniException;
import dev.weft.linux.file.BootId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SavedDhcpv6LeaseTest {
    private static final AttachmentId BOX = new AttachmentId("box", "eth0");

    @TempDir Path temporary;

    private static SavedDhcpv6Lease saved(long grantedMillis) {
        Dhcpv6Bench bench = new Dhcpv6Bench();
        bench.bind();
        return new SavedDhcpv6Lease(
                "net",
                BOX,
                "/var/run/netns/box",
                new BootId(new UUID(1, 2)),
                Bench.MAC,
                bench.lease(),
                grantedMillis);
    }

    @Test
    void lease_returnsFromItsBytes() {
        SavedDhcpv6Lease lease = saved(123_456);
        assertThat(SavedDhcpv6Lease.decode(lease.encode())).isEqualTo(lease);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"weftDhcpv6Lease\":1 | \"weftDhcpv6Lease\":2",
                "\"netns\" | \"elsewhere\"",
                "\"hardware\":\"02: | \"hardware\":\"zz:",
                "\"association\":7 | \"association\":8",
                "\"grantedMillis\":123456 | \"grantedMillis\":\"soon\"",
                "\"reply\":\"07 | \"reply\":\"0x",
                "\"reply\":\"07 | \"reply\":\"02",
                "-000000000002 | -00000000000x"
            })
    void damagedFile_isRefusedInWords(String from, String to) {
        String text = new String(saved(123_456).encode(), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        byte[] damaged = text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> SavedDhcpv6Lease.decode(damaged)).isInstanceOf(CniException.class);
    }

    @Test
    void fileOfAnyLength_isNotReadWhole() {
        byte[] tooLong = new byte[SavedLease.MAX_BYTES + 1];
        assertThatThrownBy(() -> SavedDhcpv6Lease.decode(tooLong))
                .isInstanceOf(CniException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void directory_hasTheLastOfEachAttachment() {
        LeaseDirectory directory = new LeaseDirectory(temporary.resolve("leases"));
        directory.save(saved(1));
        directory.save(saved(2));
        directory.forget("net", BOX);
        assertThat(directory.load().leases()).isEmpty();
        assertThat(directory.load().dhcpv6Leases()).containsExactly(saved(2));
        directory.forgetDhcpv6("net", BOX);
        directory.forgetDhcpv6("net", BOX);
        assertThat(directory.load().dhcpv6Leases()).isEmpty();
    }

    @FuzzTest
    void anyBytes_areALeaseOrRefused(byte[] content) {
        try {
            SavedDhcpv6Lease lease = SavedDhcpv6Lease.decode(content);
            assertThat(SavedDhcpv6Lease.decode(lease.encode())).isEqualTo(lease);
        } catch (CniException refused) {
            assertThat(refused.text()).isNotEmpty();
        }
    }
}
