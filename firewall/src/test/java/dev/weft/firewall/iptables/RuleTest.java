package dev.weft.firewall.iptables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.MalformedMessageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules as `iptables-save` writes them, and as people do.
final class RuleTest {
    @Test
    void line_isReadIntoItsParts() {
        Rule rule =
                Rule.parse(
                        "[12:3400] -A INPUT -s 10.0.0.0/8 ! -i eth0 -p tcp -m multiport --dports"
                                + " 80,443 -m comment --comment \"he said \\\"hi\\\"\" -m tcp !"
                                + " --tcp-flags SYN,ACK SYN -j DNAT --to-destination 10.0.0.2:80"
                                + " --random");

        assertThat(rule)
                .isEqualTo(
                        new Rule(
                                "INPUT",
                                new Condition("10.0.0.0/8", false),
                                null,
                                new Condition("eth0", true),
                                null,
                                new Condition("tcp", false),
                                Fragments.ANY,
                                List.of(
                                        Match.of("multiport", Option.of("--dports", "80,443")),
                                        Match.of(
                                                "comment",
                                                Option.of("--comment", "he said \"hi\"")),
                                        Match.of(
                                                "tcp",
                                                new Option(
                                                        "--tcp-flags",
                                                        true,
                                                        List.of("SYN,ACK", "SYN")))),
                                Target.of(
                                        "DNAT",
                                        Option.of("--to-destination", "10.0.0.2:80"),
                                        Option.of("--random")),
                                new Counters(12, 3400)));
        assertThat(rule.comment()).hasValue("he said \"hi\"");
    }

    /// Each line is what iptables 1.8.9 printed.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-A INPUT",
                "-A INPUT -f -g FOO",
                "-A FORWARD ! -f -j DROP",
                "-A INPUT -m comment --comment foo",
                "-A INPUT -m comment --comment \"\" -j LOG --log-prefix \"a b \"",
                "-A INPUT -m comment --comment \"it\\\\\\'s\"",
                "-A INPUT -m comment --comment \"a\tb  \\\"q\\\" \\\\ \\'x\\' $ `\" -j ACCEPT",
                "-A FOO -p tcp -m tcp --dport 80 -m comment --comment \"x.y\" -c 5 6 -j ACCEPT",
                "-A INPUT -m comment --comment foo -c 0 18446744073709551615",
                "-A FORWARD -p udp -m udp --dport 53 -j MARK --set-xmark 0x5/0xffffffff",
                "-A FORWARD -d 10.1.2.3/32 -i eth+ ! -o lo",
                "-A FORWARD -p tcp -m conntrack ! --ctstate NEW -m tcp ! --tcp-flags"
                        + " FIN,SYN,RST,ACK SYN",
                "-A FORWARD -s 10.0.0.0/255.0.255.0",
                "-A FORWARD -m string --hex-string \"|0061|\" --algo bm",
                "-A FORWARD ! -s 1.2.3.4/32 ! -d 5.6.7.8/31 -p sctp",
                "-A FORWARD -m set ! --match-set foo src,dst -j SET --add-set bar src --exist",
                "-A FORWARD -d fd00::1/128 -p ipv6-icmp -m icmp6 --icmpv6-type 135 -j ACCEPT",
                "-A FORWARD -m u32 --u32 \"0x0>>0x16&0x3c@0x4>>0x10=0x35\"",
                "-A FORWARD -m novelty --weird -m novelty2 ! --odd a b c -j FUTURE --knob 1"
            })
    void printedLine_isPrintedAlike(String line) {
        assertThat(Rule.parse(line))
                .hasToString(
                        line.replace(
                                "\"0x0>>0x16&0x3c@0x4>>0x10=0x35\"",
                                "0x0>>0x16&0x3c@0x4>>0x10=0x35"));
    }

    @Test
    void valuesThatLookLikeOptions_stayValues() {
        Rule rule = Rule.of("INPUT", "-m", "comment", "--comment", "-j", "-j", "ACCEPT");

        assertThat(rule.comment()).hasValue("-j");
        assertThat(Rule.parse(rule.toString())).isEqualTo(rule);
        assertThat(rule.specification())
                .containsExactly("-m", "comment", "--comment", "-j", "-j", "ACCEPT");
    }

    @Test
    void optionsWithoutMatch_belongToTheProtocols() {
        assertThat(Rule.of("INPUT", "-p", "6", "--dport", "80", "-j", "ACCEPT").matches())
                .containsExactly(Match.of("tcp", Option.of("--dport", "80")));
        assertThat(Rule.of("INPUT", "-p", "icmpv6", "--icmpv6-type", "1").matches())
                .containsExactly(Match.of("icmp6", Option.of("--icmpv6-type", "1")));
    }

    @Test
    void negationBehindTheOption_isReadAsBefore() {
        assertThat(Rule.parse("-A INPUT -s ! 10.0.0.1 -p tcp -m tcp --dport ! 80"))
                .isEqualTo(Rule.parse("-A INPUT ! -s 10.0.0.1 -p tcp -m tcp ! --dport 80"));
    }

    @Test
    void dataOfAnUnknownTarget_isKept() {
        String line = "-A INPUT -j FUTURE [8 bytes of unknown target data]";

        assertThat(Rule.parse(line)).hasToString(line);
        assertThat(Rule.parse(line).target()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-P INPUT ACCEPT",
                "-A",
                "-A INPUT -s",
                "-A INPUT -j",
                "-A INPUT --dport 80",
                "-A INPUT -j ACCEPT -j DROP",
                "-A INPUT -s 1.2.3.4 -s 1.2.3.5",
                "-A INPUT !",
                "-A INPUT ! -j ACCEPT",
                "-A INPUT -m comment --comment \"open",
                "-A INPUT -c 1 x",
                "[1:] -A INPUT",
                "[1:99999999999999999999] -A INPUT",
                "-A INPUT -m foo --bar -f stray"
            })
    void otherLine_isRefused(String line) {
        assertThatThrownBy(() -> Rule.parse(line)).isInstanceOf(MalformedMessageException.class);
        assertThat(Rule.tryParse(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-p tcp --dport 80 -j ACCEPT | -p tcp -m tcp --dport 80 -j ACCEPT",
                "-p tcp -m tcp -j ACCEPT | -p 6 -j ACCEPT",
                "-s 10.0.0.1 | -s 10.0.0.1/32",
                "-s fd00::1 | -s fd00:0::1/128",
                "-s 10.1.2.3/8 | -s 10.0.0.0/255.0.0.0",
                "-s 0/0 -p all -i + -d ::/0 | -j ACCEPT -c 0 0",
                "-p ICMPV6 | -p ipv6-icmp",
                "-p tcp --destination-port 1:2 --source-port 3 | -p tcp --dport 1:2 --sport 3",
                "-p tcp --syn | -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN",
                "-p tcp ! --syn | -p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN",
                "-m state --state RELATED,ESTABLISHED | -m conntrack --ctstate ESTABLISHED,RELATED",
                "-j MARK --set-mark 0x5 | -j MARK --set-xmark 0x5/0xffffffff",
                "-j REJECT | -j REJECT --reject-with icmp-port-unreachable"
            })
    void otherSpelling_isTheSameRule(String one, String other) {
        String same = other.replace("-j ACCEPT -c 0 0", "-c 7 8");

        assertThat(Rule.parse("-A INPUT " + one).isSameAs(Rule.parse("-A INPUT " + same)))
                .as("%s / %s", one, same)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-s 10.0.0.1 | ! -s 10.0.0.1",
                "-s 10.0.0.1 | -d 10.0.0.1",
                "! -s 0/0 | -j ACCEPT",
                "-s 10.0.0.0/255.0.255.0 | -s 10.0.0.0/8",
                "-p tcp | -p udp",
                "-j FOO | -g FOO",
                "-p tcp --dport 80 | -p tcp ! --dport 80",
                "-m mark --mark 1 | -m mark --mark 2",
                "-m comment --comment a | -m comment --comment b",
                "-f | ! -f"
            })
    void otherMeaning_isAnotherRule(String one, String other) {
        assertThat(Rule.parse("-A INPUT " + one).isSameAs(Rule.parse("-A INPUT " + other)))
                .isFalse();
    }

    @Test
    void rule_isMadeOfRecordsThatMapToJson() {
        assertThat(Rule.class.getRecordComponents())
                .extracting(component -> component.getType().getSimpleName())
                .containsOnly("String", "Condition", "Fragments", "List", "Target", "Counters");
        assertThat(Target.class.getRecordComponents())
                .extracting(component -> component.getType().getSimpleName())
                .containsOnly("String", "boolean", "List");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t",
                "-tnat",
                "--table",
                "--tab",
                "--table=nat",
                "-vtnat",
                "-A",
                "-F",
                "--flush",
                "--wait",
                "-w",
                "-M/tmp/x",
                "--modprobe=/tmp/x",
                "--modp",
                "-6",
                "--ipv6",
                "a\nCOMMIT",
                "a\rb",
                "a\0b"
            })
    void wordThatIsNoPartOfARule_isRefused(String word) {
        assertThatThrownBy(() -> Rule.of("INPUT", "-p", "tcp", word, "x"))
                .isInstanceOf(InvalidRequestException.class);
    }
}
