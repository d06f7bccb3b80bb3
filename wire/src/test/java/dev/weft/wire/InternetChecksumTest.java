package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.Seeded;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class InternetChecksumTest {
    /// RFC 1071 section 1, word by word.
    private static int naive(byte[] bytes) {
        int sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    @Test
    void exampleOfTheRfc_hasItsSum() {
        byte[] example = HexFormat.of().parseHex("0001f203f4f5f6f7");
        assertThat(InternetChecksum.of(Slice.of(example))).isEqualTo(~0xddf2 & 0xffff);
    }

    @Test
    void anyBytes_haveTheChecksumOfTheNaiveSum() {
        Seeded.forAll(
                500,
                random -> {
                    byte[] bytes = random.bytes(random.between(0, 70));
                    if (random.flip()) {
                        Arrays.fill(bytes, (byte) 0xff);
                    }
                    int skipped = random.between(0, bytes.length);
                    Slice odd = Slice.of(bytes).from(skipped);
                    assertThat(InternetChecksum.of(odd)).isEqualTo(naive(odd.toByteArray()));
                });
    }

    @Test
    void changedWord_updatesToTheChecksumOfTheWhole() {
        Seeded.forAll(
                500,
                random -> {
                    byte[] bytes = random.bytes(40);
                    Slice slice = Slice.of(bytes);
                    int before = InternetChecksum.of(slice);
                    int at = 2 * random.between(0, 19);
                    int oldWord = slice.u16(at);
                    byte[] change = random.bytes(2);
                    System.arraycopy(change, 0, bytes, at, 2);
                    assertThat(InternetChecksum.update(before, oldWord, slice.u16(at)))
                            .isEqualTo(InternetChecksum.of(slice));
                });
    }

    @Test
    void segmentWithItsChecksum_isIntactBehindBothPseudoHeaders() {
        for (String name : new String[] {"tcp data", "tcp ipv6", "udp", "udp ipv6"}) {
            Packet packet = Packet.decode(LinkType.ETHERNET, Slice.of(Samples.frame(name)));
            Layer transport = packet.layers().getLast();
            assertThat(packet.checksum(transport)).as(name).isEqualTo(ChecksumState.GOOD);
        }
    }

    @Test
    void udpChecksumOfZero_isSentAsAllOnes() {
        // The payload is chosen so that everything else adds up to all ones.
        Ipv4 ip = Ipv4.of(Samples.IP_1, Samples.IP_2, IpProtocol.UDP);
        var udp = new Udp(1, 2);
        byte[] zeros = Packet.encode(Slice.of(new byte[2]), ip, udp);
        Slice checksum = Slice.of(zeros, 26, 2);
        byte[] packet = Packet.encode(checksum, ip, udp);
        assertThat(Slice.of(packet).u16(26)).isEqualTo(0xffff);
        Packet decoded = Packet.decode(LinkType.RAW, Slice.of(packet));
        assertThat(decoded.checksum(decoded.layers().getLast())).isEqualTo(ChecksumState.GOOD);
    }
}
