package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Seeded;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Dhcpv4Test {
    private static final Dhcpv4 EMPTY =
            Dhcpv4.of(Dhcpv4.REPLY, 7, Samples.MAC_1, Dhcpv4Options.NONE);

    /// A message whose options' field, boot file and server name have these bytes.
    private static Dhcpv4.View message(String options, String bootFile, String serverName) {
        byte[] field = HexFormat.of().parseHex(options);
        ByteBuffer bytes = ByteBuffer.allocate(240 + field.length);
        bytes.put(Packet.encode(EMPTY), 0, 240);
        bytes.put(44, HexFormat.of().parseHex(serverName));
        bytes.put(108, HexFormat.of().parseHex(bootFile));
        bytes.put(240, field);
        return Dhcpv4.decode(Slice.of(bytes.array()));
    }

    private static Dhcpv4.View message(String options) {
        return message(options, "", "");
    }

    private static Slice bytes(String hex) {
        return Slice.of(HexFormat.of().parseHex(hex));
    }

    private static String hex(Dhcpv4Option option) {
        return option.data().toString();
    }

    private static Inet4Address ip(String text) {
        return IpAddresses.parseV4(text);
    }

    @Test
    void overloadedFields_areReadFieldThenFileThenName() {
        Dhcpv4.View message = message("c801aa 340103 ff".replace(" ", ""), "c801bbff", "c801ccff");
        assertThat(message.options().find(200)).contains(bytes("aabbcc"));
        assertThat(message.options().all()).hasSize(1);
        assertThat(message.value().serverName()).isEqualTo(Slice.EMPTY);
        assertThat(message.value().bootFile()).isEqualTo(Slice.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"00,aa", "01,aabb", "02,aacc", "03,aabbcc"})
    void overload_saysWhichFieldsCount(String overload, String joined) {
        Dhcpv4.View message = message("c801aa3401" + overload + "ff", "c801bbff", "c801ccff");
        assertThat(message.options().find(200)).contains(bytes(joined));
    }

    @Test
    void overload_inTheBootFile_isNone() {
        Dhcpv4.View message = message("340101ff", "340102ff", "c801ccff");
        assertThat(message.options().all()).isEmpty();
        assertThat(message.value().serverName()).isEqualTo(bytes("c801ccff"));
    }

    @Test
    void names_loseOnlyTheZerosBehindThem() {
        Dhcpv4 value = message("ff", "2f62", "78").value();
        assertThat(value.bootFile()).isEqualTo(bytes("2f62"));
        assertThat(value.serverName()).isEqualTo(bytes("78"));
        assertThat(Dhcpv4.decode(Slice.of(Packet.encode(value))).value()).isEqualTo(value);
    }

    @Test
    void longOption_isSentInPiecesAndJoined() {
        byte[] long600 = new byte[600];
        long600[599] = 7;
        Dhcpv4Option option = new Dhcpv4Option(121, Slice.of(long600));
        Slice sent =
                Slice.of(Packet.encode(Dhcpv4.of(2, 1, Samples.MAC_1, Dhcpv4Options.of(option))));
        assertThat(sent.part(240, 2)).isEqualTo(bytes("79ff"));
        assertThat(sent.part(240 + 257, 2)).isEqualTo(bytes("79ff"));
        assertThat(sent.part(240 + 514, 2)).isEqualTo(bytes("795a"));
        assertThat(Dhcpv4.decode(sent).options().all()).containsExactly(option);
    }

    @Test
    void paddingBetweenAndAfterOptions_isNoOption() {
        Dhcpv4.View message = message("0000c801aa00c901bb00ff0000");
        assertThat(message.options().all())
                .extracting(Dhcpv4Option::code)
                .containsExactly(200, 201);
        assertThat(message.payload().length()).isEqualTo(2);
    }

    @Test
    void optionsWithoutAnEnd_areThere() {
        assertThat(message("c801aa").options().find(200)).contains(bytes("aa"));
        assertThat(message("c801aa").payload()).isEqualTo(Slice.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"c8", "c802aa", "c801aac9", "c8ff"})
    void optionBeyondTheEnd_isMalformed(String options) {
        assertThatThrownBy(() -> message(options).options())
                .isInstanceOf(MalformedPacketException.class);
        assertThat(message(options).payload().length()).isLessThanOrEqualTo(1);
    }

    @Test
    void joinedOptionOfMoreThanAPacket_isMalformed() {
        String piece = "c8ff" + "00".repeat(255);
        assertThatThrownBy(() -> message(piece.repeat(258)).options())
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void bootpMessage_hasNoOptionsAndNoValue() {
        Slice bootp = Slice.of(new byte[300]);
        Dhcpv4.View view = Dhcpv4.decode(bootp);
        assertThat(view.options()).isEqualTo(Dhcpv4Options.NONE);
        assertThatThrownBy(view::value).isInstanceOf(MalformedPacketException.class);
    }

    /// The examples of RFC 3442.
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0, 00",
        "10.0.0.0, 8, 080a",
        "10.0.0.0, 24, 180a0000",
        "10.17.0.0, 16, 100a11",
        "10.27.129.0, 24, 180a1b81",
        "10.229.0.128, 25, 190ae50080",
        "10.198.122.47, 32, 200ac67a2f"
    })
    void classlessRoute_isWrittenAsInTheRfc(String destination, int bits, String descriptor) {
        ClasslessRoute route = new ClasslessRoute(ip(destination), bits, ip("10.0.0.1"));
        Dhcpv4Option option = Dhcpv4Option.classlessRoutes(List.of(route, route));
        assertThat(hex(option)).isEqualTo((descriptor + "0a000001").repeat(2));
        assertThat(Dhcpv4Options.of(option).classlessRoutes()).contains(List.of(route, route));
    }

    @Test
    void classlessRoute_losesTheBitsBehindItsPrefix() {
        var sloppy = new Dhcpv4Option(121, bytes("0d0aff 0a000001".replace(" ", "")));
        assertThat(Dhcpv4Options.of(sloppy).classlessRoutes())
                .contains(List.of(new ClasslessRoute(ip("10.248.0.0"), 13, ip("10.0.0.1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"21", "210a0000000a000001", "180a", "080a0a0000", "000a00000100"})
    void malformedClasslessRoutes_areNone(String data) {
        var option = new Dhcpv4Option(121, bytes(data));
        assertThat(Dhcpv4Options.of(option).classlessRoutes()).isEmpty();
    }

    /// The example of RFC 3397 section 3: two names in three pieces, with a pointer.
    @Test
    void domainSearch_isReadAsInTheRfc() {
        Dhcpv4.View message =
                message(
                        "770903656e67056170706c"
                                + "77096503636f6d00096d61"
                                + "7709726b6574696e67c004"
                                + "ff");
        assertThat(message.options().domainSearch())
                .containsExactly("eng.apple.com", "marketing.apple.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c000",
                "0161c000",
                "0161",
                "00",
                "01610162",
                "40616200",
                "0161c0",
                "016100c005",
                "01 61 00 01 62 c0 03",
                "010a00",
                "0161002",
            })
    void malformedDomainSearch_isNone(String data) {
        String hex = data.replace(" ", "");
        var option = new Dhcpv4Option(119, bytes(hex.length() % 2 == 0 ? hex : hex + "0"));
        assertThat(Dhcpv4Options.of(option).domainSearch()).isEmpty();
    }

    @Test
    void optionOfAnotherLength_isNoNumberAndNoAddress() {
        Dhcpv4Options options =
                Dhcpv4Options.of(
                        new Dhcpv4Option(51, bytes("0102")),
                        new Dhcpv4Option(26, bytes("01020304")),
                        new Dhcpv4Option(54, bytes("0102030405")),
                        new Dhcpv4Option(53, bytes("09")));
        assertThat(options.u32(51)).isEmpty();
        assertThat(options.u16(26)).isEmpty();
        assertThat(options.address(54)).isEmpty();
        assertThat(options.addresses(54)).isEmpty();
        assertThat(options.messageType()).isEmpty();
    }

    @Test
    void text_losesTheZerosBehindIt() {
        var option = new Dhcpv4Option(15, bytes("610000"));
        assertThat(Dhcpv4Options.of(option).text(15)).contains("a");
    }

    /// RFC 4361 section 6.1: type 255, then the association, then the DUID.
    @Test
    void nodeIdentifier_hasTypeAssociationAndUniqueIdentifier() {
        assertThat(hex(Dhcpv4Option.nodeIdentifier(0x01020304, bytes("0004aabb"))))
                .isEqualTo("ff010203040004aabb");
        Slice name = Slice.of("box/net/eth0".getBytes(StandardCharsets.UTF_8));
        assertThat(hex(Dhcpv4Option.clientIdentifier(0, name))).isEqualTo("00" + name);
    }

    @Test
    void pieces_areTheWholeWhereverTheyAreCut() {
        Seeded.forAll(
                100,
                random -> {
                    byte[] data = random.bytes(random.between(0, 100));
                    StringBuilder pieces = new StringBuilder();
                    int at = 0;
                    do {
                        int length = random.between(0, data.length - at);
                        pieces.append("c8").append(HexFormat.of().toHexDigits((byte) length));
                        pieces.append(HexFormat.of().formatHex(data, at, at + length));
                        at += length;
                    } while (at < data.length);
                    assertThat(message(pieces + "ff").options().find(200)).contains(Slice.of(data));
                });
    }
}
