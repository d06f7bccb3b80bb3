package dev.weft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Dhcpv6Test {
    private static final Dhcpv6Association.Lent ADDRESS =
            new Dhcpv6Association.Lent(Samples.SIX_2, 128, 100, 200);
    private static final Dhcpv6Association.Lent PREFIX =
            new Dhcpv6Association.Lent(IpAddresses.parseV6("fd01::"), 56, 100, 200);

    private static Slice bytes(String hex) {
        return Slice.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static Dhcpv6Options options(String hex) {
        return Dhcpv6.decode(bytes("07 000001" + hex)).value().options();
    }

    /// The layout of RFC 8415 sections 21.4 and 21.6.
    @Test
    void addresses_standInTheirAssociation() {
        Dhcpv6Association association =
                new Dhcpv6Association(
                        false,
                        0x01020304,
                        10,
                        20,
                        Dhcpv6Options.of(Dhcpv6Option.address(Samples.SIX_2, 100, 200)));
        assertThat(association.option().data())
                .isEqualTo(
                        bytes(
                                "01020304 0000000a 00000014"
                                        + "0005 0018 fd000000000000000000000000000002"
                                        + "00000064 000000c8"));
        assertThat(Dhcpv6Options.of(association.option()).associations())
                .containsExactly(association);
        assertThat(association.lent()).containsExactly(ADDRESS);
    }

    /// The layout of RFC 8415 sections 21.21 and 21.22.
    @Test
    void prefixes_standInTheirAssociation() {
        Dhcpv6Association association = Dhcpv6Association.asked(true, 7, List.of(PREFIX));
        assertThat(association.option())
                .isEqualTo(
                        new Dhcpv6Option(
                                25,
                                bytes(
                                        "00000007 00000000 00000000"
                                                + "001a 0019 00000064 000000c8 38"
                                                + "fd010000000000000000000000000000")));
        assertThat(association.lent()).containsExactly(PREFIX);
    }

    @Test
    void optionOfMoreThanOnePlace_isThereSeveralTimes() {
        Dhcpv6Association first = Dhcpv6Association.asked(false, 1, List.of(ADDRESS));
        Dhcpv6Association second = Dhcpv6Association.asked(true, 1, List.of(PREFIX));
        assertThat(Dhcpv6Options.of(first.option(), second.option()).associations())
                .containsExactly(first, second);
    }

    @Test
    void lentForLessTimeThanPreferred_isIgnored() {
        var wrong = new Dhcpv6Association.Lent(Samples.SIX_2, 128, 201, 200);
        assertThat(Dhcpv6Association.asked(false, 1, List.of(wrong, ADDRESS)).lent())
                .containsExactly(ADDRESS);
    }

    @Test
    void prefixOfTooManyBits_isIgnored() {
        var wrong = new Dhcpv6Association.Lent(Samples.SIX_2, 129, 100, 200);
        assertThat(Dhcpv6Association.asked(true, 1, List.of(wrong)).lent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0003", "0003 00", "0003 0001", "0003 0002 00"})
    void optionBeyondTheEnd_isMalformed(String hex) {
        assertThatThrownBy(() -> options(hex)).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0003 000b 00000001 00000000 000000",
                "0003 000d 00000001 00000000 00000000 00",
                "0003 0010 00000001 00000000 00000000 0005 0001",
            })
    void malformedAssociation_isNone(String hex) {
        assertThat(options(hex).all()).hasSize(1);
        assertThat(options(hex).associations()).isEmpty();
    }

    @Test
    void addressOfTooFewBytes_isIgnored() {
        Dhcpv6Options options = options("0003 0012 00000001 00000000 00000000 0005 0002 ffff");
        assertThat(options.associations()).hasSize(1);
        assertThat(options.associations().getFirst().lent()).isEmpty();
    }

    @Test
    void status_isSuccessWhenNothingIsSaid() {
        assertThat(options("").status()).isEqualTo(new Dhcpv6Status(Dhcpv6Status.SUCCESS, ""));
        assertThat(options("000d 0001 00").status().code()).isEqualTo(Dhcpv6Status.SUCCESS);
        assertThat(options("000d 0004 0002 6e6f").status())
                .isEqualTo(new Dhcpv6Status(Dhcpv6Status.NO_ADDRESSES_AVAILABLE, "no"));
    }

    @Test
    void elapsedTime_isInHundredthsAndHasAnEnd() {
        assertThat(Dhcpv6Option.elapsed(1239).data()).isEqualTo(bytes("007b"));
        assertThat(Dhcpv6Option.elapsed(Long.MAX_VALUE).data()).isEqualTo(bytes("ffff"));
    }

    /// RFC 6355 section 4.
    @Test
    void uniqueIdentifier_isOfTypeFour() {
        assertThat(Dhcpv6Option.uniqueIdentifier(Slice.of(new byte[16])))
                .isEqualTo(bytes("0004" + "00".repeat(16)));
    }

    @Test
    void domainsAndServers_areRead() {
        Dhcpv6Options options =
                Dhcpv6Options.of(
                        Dhcpv6Option.domainSearch(List.of("a.example")),
                        Dhcpv6Option.addresses(23, List.of(Samples.SIX_1, Samples.SIX_2)),
                        Dhcpv6Option.u32(82, 120));
        assertThat(options.domainSearch()).containsExactly("a.example");
        assertThat(options.addresses(23)).containsExactly(Samples.SIX_1, Samples.SIX_2);
        assertThat(options.u32(82)).hasValue(120);
        assertThat(options.addresses(82)).isEmpty();
        assertThat(options.u32(23)).isEmpty();
    }

    @Test
    void relaysMessage_isAViewAlone() {
        Dhcpv6.View view = Dhcpv6.decode(bytes("0c 000000" + "00".repeat(32)));
        assertThat(view.isRelayed()).isTrue();
        assertThatThrownBy(view::value).isInstanceOf(MalformedPacketException.class);
    }
}
