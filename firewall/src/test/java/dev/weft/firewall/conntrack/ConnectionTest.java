package dev.weft.firewall.conntrack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.firewall.value.TransportProtocol;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.IpPrefix;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Bytes of a kernel (6.18) and of conntrack(8) 1.4.7.
final class ConnectionTest {
    private static final InetAddress A = IpPrefix.parseAddress("10.0.0.1");
    private static final InetAddress B = IpPrefix.parseAddress("10.0.0.2");

    /// A TCP connection whose source is translated to 9.9.9.9, in zone 7.
    private static final String TCP =
            """
            020000003400018014000180080001000a000001080002000a0000021c00028005000100
            06000000060002000001000006000300001600003400028014000180080001000a000002
            08000200090909091c000280050001000600000006000200001600000600030000010000
            0600120000070000080003000000019e080008000000000008000c00b0f9037408000b00
            000000010800070000000e0f300004802c00018005000100030000000500020000000000
            0500030000000000060004000a000000060005000a0000001c0009800c00010000000000
            000000000c00020000000000000000001c000a800c00010000000000000000000c000200
            0000000000000000100014800c00010018ea41ba81e1e75a1c0018800800010000000000
            08000200000000000800030000000000
            """;

    /// An echo of IPv6.
    private static final String ECHO =
            """
            0a000000540001802c00018014000300fd00000000000000000000000000000114000400
            fd00000000000000000000000000000224000280050001003a0000000600070000090000
            05000800800000000500090000000000540002802c00018014000300fd00000000000000
            000000000000000214000400fd0000000000000000000000000000012400028005000100
            3a0000000600070000090000050008008100000005000900000000000800030000000008
            080008000000000008000c00de0532be08000b00000000010800070000000e0f1c000980
            0c00010000000000000000000c00020000000000000000001c000a800c00010000000000
            000000000c0002000000000000000000100014800c00010018ea41ba82013ea71c001880
            080001000000000008000200000000000800030000000000
            """;

    /// What `conntrack -I` sends for a flow of TCP.
    private static final String THEIR_REQUEST =
            """
            3400018014000180080001000a000001080002000a0000021c0002800500010006000000
            0600020000010000060003000002000034000280140001800800 01000a000002
            080002000a0000011c000280050001000610000006000200000200000600030000010000
            080003000000000e0800070000000064080008000000000620000480
            1c0001800500010003100000060004000a0a0000060005000a0a00000600120000090000
            """;

    private static Slice bytes(String hex) {
        return Slice.of(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    private static Connection connection(String hex) {
        return Connection.decode(new NetlinkMessage(0x100, 0, 0, 0, bytes(hex)));
    }

    @Test
    void kernelsMessage_ofATranslatedConnection_isReadWhole() {
        Connection connection = connection(TCP);

        assertThat(connection.original()).isEqualTo(Tuple.of(TransportProtocol.TCP, A, 1, B, 22));
        assertThat(connection.reply())
                .isEqualTo(
                        Tuple.of(
                                TransportProtocol.TCP, B, 22, IpPrefix.parseAddress("9.9.9.9"), 1));
        assertThat(connection.tcpState()).contains(TcpState.ESTABLISHED);
        assertThat(connection.zone()).isEqualTo(7);
        assertThat(connection.zone(Direction.REPLY)).isEqualTo(7);
        assertThat(connection.status())
                .containsExactly(
                        ConnectionStatus.SEEN_REPLY,
                        ConnectionStatus.ASSURED,
                        ConnectionStatus.CONFIRMED,
                        ConnectionStatus.SOURCE_NAT,
                        ConnectionStatus.SOURCE_NAT_DONE,
                        ConnectionStatus.DESTINATION_NAT_DONE);
        assertThat(connection.timeout()).contains(Duration.ofSeconds(3599));
        assertThat(connection.id()).contains(2_969_109_364L);
        assertThat(connection.started()).contains(Instant.ofEpochSecond(0, 0x18ea41ba81e1e75aL));
        assertThat(connection)
                .hasToString(
                        "tcp      6 3599 ESTABLISHED src=10.0.0.1 dst=10.0.0.2 sport=1 dport=22"
                                + " packets=0 bytes=0 src=10.0.0.2 dst=9.9.9.9 sport=22 dport=1"
                                + " packets=0 bytes=0 [ASSURED] mark=0 zone=7 use=1");
    }

    @Test
    void kernelsMessage_ofAnEcho_isAnEchoAndItsAnswer() {
        Connection connection = connection(ECHO);

        Tuple echo =
                Tuple.echo(IpPrefix.parseAddress("fd00::1"), IpPrefix.parseAddress("fd00::2"), 9);
        assertThat(connection.original()).isEqualTo(echo);
        assertThat(connection.reply()).isEqualTo(echo.reversed());
        assertThat(echo.reversed().reversed()).isEqualTo(echo);
        assertThat(connection.tcpState()).isEmpty();
        assertThat(connection)
                .hasToString(
                        "icmpv6   58 3599 src=fd00::1 dst=fd00::2 type=128 code=0 id=9 packets=0"
                                + " bytes=0 [UNREPLIED] src=fd00::2 dst=fd00::1 type=129 code=0"
                                + " id=9 packets=0 bytes=0 mark=0 use=1");
    }

    @Test
    void tuples_encoded_areTheKernelsBytes() {
        for (String message : new String[] {TCP, ECHO}) {
            Connection connection = connection(message);
            assertThat(connection.original().encode())
                    .isEqualTo(
                            connection
                                    .attributes()
                                    .find(ConnectionAttributes.ORIGINAL)
                                    .orElseThrow());
            assertThat(connection.reply().encode())
                    .isEqualTo(
                            connection.attributes().find(ConnectionAttributes.REPLY).orElseThrow());
        }
    }

    @Test
    void identity_isTuplesZoneAndId() {
        assertThat(connection(TCP).identity().encoded())
                .isEqualTo(
                        bytes(
                                """
                                3400018014000180080001000a000001080002000a0000021c00028005000100
                                0600000006000200000100000600030000160000
                                060012000007000008000c00b0f90374
                                """));
    }

    @Test
    void requestToMake_namesWhatConntrackNames() {
        Attributes theirs = Attributes.decode(ConnectionAttributes.TABLE, bytes(THEIR_REQUEST));
        Attributes ours =
                ConnectionRequest.of(Tuple.of(TransportProtocol.TCP, A, 1, B, 2))
                        .tcpState(TcpState.ESTABLISHED)
                        .timeout(Duration.ofSeconds(100))
                        .mark(6)
                        .status(ConnectionStatus.ASSURED, ConnectionStatus.SEEN_REPLY)
                        .zone(9)
                        .toMake();

        assertThat(ours.find(ConnectionAttributes.ORIGINAL))
                .isEqualTo(theirs.find(ConnectionAttributes.ORIGINAL));
        assertThat(ours.find(ConnectionAttributes.REPLY).map(Tuple::decode))
                .isEqualTo(theirs.find(ConnectionAttributes.REPLY).map(Tuple::decode));
        assertThat(ours.find(ConnectionAttributes.STATUS))
                .isEqualTo(theirs.find(ConnectionAttributes.STATUS));
        assertThat(ours.find(ConnectionAttributes.TIMEOUT_SECONDS))
                .isEqualTo(theirs.find(ConnectionAttributes.TIMEOUT_SECONDS));
        assertThat(ours.find(ConnectionAttributes.MARK))
                .isEqualTo(theirs.find(ConnectionAttributes.MARK));
        assertThat(ours.find(ConnectionAttributes.ZONE))
                .isEqualTo(theirs.find(ConnectionAttributes.ZONE));
    }

    @Test
    void labels_encodedAndDecoded_areTheSame() {
        BitSet labels = new BitSet();
        assertThat(Labels.decode(Labels.encode(labels))).isEqualTo(labels);
        labels.set(3);
        labels.set(127);
        assertThat(Labels.decode(Labels.encode(labels))).isEqualTo(labels);
        labels.set(128);
        assertThatThrownBy(() -> Labels.encode(labels))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("0 to 127, not 128");
    }

    @Test
    void whatCannotBe_isRefusedWithTheReason() {
        ConntrackFilter all = ConntrackFilter.all();
        assertThatThrownBy(() ->
                        new Tuple(
                                A,
                                IpPrefix.parseAddress("::1"),
                                TransportProtocol.TCP,
                                new Transport.None()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("one family");
        assertThatThrownBy(() -> Tuple.of(TransportProtocol.UDP, A, 65_536, B, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> Tuple.echo(A, B, -1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new TransportProtocol(256))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> all.destinationPorts(2, 1))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> all.mark(3, 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("outside of mask");
        assertThatThrownBy(() -> all.zone(70_000)).isInstanceOf(InvalidRequestException.class);
    }
}
