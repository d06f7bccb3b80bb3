package dev.weft.firewall.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weft.firewall.expression.Bitwise;
import dev.weft.firewall.expression.ByteOrder;
import dev.weft.firewall.expression.Compare;
import dev.weft.firewall.expression.Compare.Operator;
import dev.weft.firewall.expression.Counter;
import dev.weft.firewall.expression.Ct;
import dev.weft.firewall.expression.CtKey;
import dev.weft.firewall.expression.Expression;
import dev.weft.firewall.expression.ExtensionHeader;
import dev.weft.firewall.expression.Immediate;
import dev.weft.firewall.expression.Lookup;
import dev.weft.firewall.expression.Meta;
import dev.weft.firewall.expression.MetaKey;
import dev.weft.firewall.expression.MetaSet;
import dev.weft.firewall.expression.Payload;
import dev.weft.firewall.expression.PayloadSet;
import dev.weft.firewall.expression.Register;
import dev.weft.firewall.expression.Reject;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.Verdict;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is read out of steps, one rule of reading a test; the steps are those of `nft`.
final class ReadingTest {
    private static final Register FIRST = Register.FIRST;
    private static final List<Family> FAMILIES = List.of(Family.values());
    private static final Expression IS_IPV4 = equal(Datum.u8(2));
    private static final Expression IS_TCP = equal(Datum.u8(6));

    private static String read(Family family, Expression... expressions) {
        StatementText text = new StatementText(family, Surroundings.none());
        return Reading.of(family).statements(List.of(expressions)).stream()
                .map(text::of)
                .collect(Collectors.joining(" "));
    }

    private static Expression network(int offset, int bytes) {
        return new Payload(Payload.Base.NETWORK, offset, bytes, FIRST);
    }

    private static Expression transport(int offset, int bytes) {
        return new Payload(Payload.Base.TRANSPORT, offset, bytes, FIRST);
    }

    private static Expression meta(MetaKey key) {
        return new Meta(key, FIRST);
    }

    private static Expression compare(Operator operator, Datum value) {
        return new Compare(operator, FIRST, value);
    }

    private static Expression equal(Datum value) {
        return compare(Operator.EQUAL, value);
    }

    private static Expression masked(Datum mask, Datum xor) {
        return new Bitwise(FIRST, FIRST, mask, xor);
    }

    private static Datum bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Datum.of(bytes);
    }

    @Test
    void guard_isLeftOutWhenAFieldSaysTheSame() {
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.L4PROTO),
                                IS_TCP,
                                transport(2, 2),
                                equal(Datum.port(80))))
                .isEqualTo("tcp dport 80");
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.NFPROTO),
                                IS_IPV4,
                                network(12, 4),
                                equal(bytes(10, 0, 0, 1))))
                .isEqualTo("ip saddr 10.0.0.1");
    }

    @Test
    void guard_staysBeforeWhatIsNoComparison() {
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.L4PROTO),
                                IS_TCP,
                                new Counter(0, 0),
                                transport(2, 2),
                                equal(Datum.port(80))))
                .isEqualTo("meta l4proto tcp counter packets 0 bytes 0 tcp dport 80");
    }

    @Test
    void guardOfAnotherLayer_stays() {
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.NFPROTO),
                                IS_IPV4,
                                meta(MetaKey.L4PROTO),
                                IS_TCP,
                                transport(2, 2),
                                equal(Datum.port(80))))
                .isEqualTo("meta nfproto ipv4 tcp dport 80");
    }

    @Test
    void protocolOfTheHeader_isLeftOutInTablesOfOneFamilyAlone() {
        Expression[] rule = {network(9, 1), IS_TCP, transport(2, 2), equal(Datum.port(80))};

        assertThat(read(Family.IP, rule)).isEqualTo("tcp dport 80");
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.NFPROTO),
                                IS_IPV4,
                                rule[0],
                                rule[1],
                                rule[2],
                                rule[3]))
                .isEqualTo("ip protocol tcp tcp dport 80");
    }

    @Test
    void bytesOfNoKnownHeader_areNamedByTheirPlace() {
        assertThat(read(Family.INET, network(12, 4), equal(bytes(1, 1, 1, 1))))
                .isEqualTo("@nh,96,32 0x1010101");
        assertThat(read(Family.INET, transport(2, 2), equal(Datum.port(80))))
                .isEqualTo("th dport 80");
    }

    @Test
    void fieldsLoadedAtOnce_areReadApart() {
        assertThat(
                        read(
                                Family.IP,
                                meta(MetaKey.L4PROTO),
                                IS_TCP,
                                transport(0, 4),
                                equal(bytes(0, 1, 0, 2))))
                .isEqualTo("tcp sport 1 tcp dport 2");
    }

    @Test
    void prefixes_areReadFromShortLoadsAndFromMasks() {
        assertThat(read(Family.IP, network(12, 2), equal(bytes(10, 1))))
                .isEqualTo("ip saddr 10.1.0.0/16");
        assertThat(
                        read(
                                Family.IP,
                                network(16, 4),
                                masked(bytes(255, 255, 254, 0), bytes(0, 0, 0, 0)),
                                compare(Operator.NOT_EQUAL, bytes(10, 1, 2, 0))))
                .isEqualTo("ip daddr != 10.1.2.0/23");
    }

    @Test
    void partsOfBytes_areFoundByTheirMask() {
        assertThat(
                        read(
                                Family.IP,
                                network(1, 1),
                                masked(bytes(0xfc), bytes(0)),
                                equal(bytes(0x20))))
                .isEqualTo("ip dscp cs1");
        assertThat(
                        read(
                                Family.IP6,
                                network(1, 3),
                                masked(bytes(0x0f, 0xff, 0xff), bytes(0, 0, 0)),
                                equal(bytes(0, 0, 12))))
                .isEqualTo("ip6 flowlabel 12");
    }

    @Test
    void maskedFlags_areReadAsFlags() {
        Expression load = new Ct(CtKey.STATE, FIRST);
        Expression mask = masked(Datum.u32(10), Datum.u32(0));

        assertThat(read(Family.IP, load, mask, compare(Operator.NOT_EQUAL, Datum.u32(0))))
                .isEqualTo("ct state established,new");
        assertThat(read(Family.IP, load, mask, equal(Datum.u32(0))))
                .isEqualTo("ct state ! established,new");
        assertThat(read(Family.IP, load, equal(Datum.u32(8)))).isEqualTo("ct state == new");
    }

    @Test
    void bounds_areReadAsARange_ofNumbersInNetworkOrder() {
        assertThat(
                        read(
                                Family.IP,
                                meta(MetaKey.MARK),
                                new ByteOrder(ByteOrder.Conversion.TO_NETWORK, FIRST, FIRST, 4, 4),
                                compare(Operator.AT_LEAST, bytes(0, 0, 0, 0x10)),
                                compare(Operator.AT_MOST, bytes(0, 0, 0, 0x20))))
                .isEqualTo("meta mark 0x00000010-0x00000020");
    }

    @Test
    void registersBehindOneAnother_areReadAsOneKey() {
        Register second = new Register(1);
        assertThat(
                        read(
                                Family.INET,
                                meta(MetaKey.L4PROTO),
                                IS_TCP,
                                meta(MetaKey.NFPROTO),
                                IS_IPV4,
                                network(12, 4),
                                new Payload(Payload.Base.TRANSPORT, 2, 2, second),
                                new Lookup("known", FIRST, true)))
                .isEqualTo("ip saddr . tcp dport != @known");
    }

    @Test
    void writtenBytes_areReadAsTheFieldThatChanges() {
        assertThat(read(Family.IP, network(8, 2), masked(bytes(0, 0xff), bytes(3, 0)), write(8, 2)))
                .isEqualTo("ip ttl set 3");
        assertThat(read(Family.IP, new Immediate(FIRST, bytes(10, 0, 0, 1)), write(12, 4)))
                .isEqualTo("ip saddr set 10.0.0.1");
    }

    private static Expression write(int offset, int bytes) {
        return new PayloadSet(
                Payload.Base.NETWORK,
                offset,
                bytes,
                FIRST,
                PayloadSet.Checksum.INTERNET,
                10,
                false);
    }

    @Test
    void changedMark_isReadAsAndThenOr() {
        assertThat(
                        read(
                                Family.IP,
                                meta(MetaKey.MARK),
                                masked(Datum.u32(0xef), Datum.u32(0x10)),
                                new MetaSet(MetaKey.MARK, FIRST)))
                .isEqualTo("meta mark set meta mark & 0x000000ff | 0x00000010");
    }

    @Test
    void sameBytesOfIcmp_areTheFieldOfTheMessage() {
        Expression[] unreachable = {
            meta(MetaKey.L4PROTO),
            equal(Datum.u8(1)),
            transport(0, 1),
            equal(Datum.u8(3)),
            transport(6, 2),
            equal(Datum.port(1400))
        };
        assertThat(read(Family.IP, unreachable)).isEqualTo("icmp mtu 1400");

        Expression[] echo = unreachable.clone();
        echo[3] = equal(Datum.u8(8));
        assertThat(read(Family.IP, echo)).isEqualTo("icmp type echo-request icmp sequence 1400");
    }

    @Test
    void options_areNamedByNumberAndPlace() {
        assertThat(
                        read(
                                Family.IP6,
                                new ExtensionHeader(
                                        ExtensionHeader.Protocol.IPV6, 44, 0, 1, true, FIRST),
                                equal(Datum.u8(1))))
                .isEqualTo("exthdr frag exists");
        assertThat(
                        read(
                                Family.IP,
                                new ExtensionHeader(
                                        ExtensionHeader.Protocol.TCP, 2, 2, 2, false, FIRST),
                                equal(Datum.port(1400))))
                .isEqualTo("tcp option maxseg size 1400");
    }

    @Test
    void refusal_saysWhichPacketsItIsFor() {
        Reject unreachable = new Reject(Reject.Kind.ICMP_UNREACHABLE, 3);

        assertThat(read(Family.IP, unreachable)).isEqualTo("reject");
        assertThat(read(Family.INET, meta(MetaKey.NFPROTO), IS_IPV4, unreachable))
                .isEqualTo("reject with icmp port-unreachable");
    }

    @Test
    void leftoversOfAStatement_areNoPartOfTheNextKey() {
        assertThat(
                        read(
                                Family.IP,
                                new Meta(MetaKey.MARK, new Register(1)),
                                new Compare(Operator.EQUAL, new Register(1), Datum.u32(1)),
                                network(12, 4),
                                new Lookup("known", FIRST, false),
                                new Immediate(Register.VERDICT, Verdict.ACCEPT)))
                .isEqualTo("meta mark 0x00000001 ip saddr @known accept");
    }

    @Test
    void anyExpressions_readAsStatementsWithText() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Expression> expressions = new RandomExpressions(random::nextInt).next();
            Family family = FAMILIES.get(seed % FAMILIES.size());

            assertThatCode(() -> read(family, expressions.toArray(Expression[]::new)))
                    .as("seed %d: %s", seed, expressions)
                    .doesNotThrowAnyException();
        }
    }
}
