package dev.weft.firewall.language;

import dev.weft.firewall.NftObject;
import dev.weft.firewall.ObjectData;
import dev.weft.firewall.ObjectData.CtExpectation;
import dev.weft.firewall.ObjectData.CtTimeout;
import dev.weft.firewall.ObjectData.FollowedProtocol;
import dev.weft.firewall.value.DataType;
import dev.weft.firewall.value.Datum;
import dev.weft.firewall.value.Surroundings;
import dev.weft.firewall.value.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// What stands between the braces of a named object.
final class ObjectText {
    private final Reading reading;
    private final StatementText statements;

    ObjectText(Reading reading, StatementText statements) {
        this.reading = reading;
        this.statements = statements;
    }

    List<String> lines(NftObject object) {
        return object.data().map(this::lines).orElse(List.of());
    }

    private List<String> lines(ObjectData data) {
        return switch (data) {
            case ObjectData.State state -> lines(statement(reading, state));
            case FollowedProtocol helper ->
                    List.of(
                            "type \""
                                    + helper.helper()
                                    + "\" protocol "
                                    + protocol(helper.protocol()),
                            "l3proto " + helper.family());
            case CtTimeout timeout ->
                    List.of(
                            "protocol " + protocol(timeout.protocol()),
                            "l3proto " + timeout.family(),
                            "policy = { " + policy(timeout) + " }");
            case CtExpectation expectation ->
                    List.of(
                            "protocol " + protocol(expectation.protocol()),
                            "dport " + expectation.port(),
                            "timeout "
                                    + TimeText.of(Duration.ofMillis(expectation.timeoutMillis())),
                            "size " + expectation.size(),
                            "l3proto " + expectation.family());
            case ObjectData.SecurityMark mark -> List.of(TermText.quoted(mark.context()));
            case ObjectData.Unread unread -> List.of("[" + unread.encode() + "]");
        };
    }

    static Statement statement(Reading reading, ObjectData.State state) {
        return reading.statements(List.of(state.expression())).getFirst();
    }

    static String protocol(int number) {
        return DataType.INET_PROTO.literal(Datum.u8(number), Surroundings.none()).text();
    }

    private static String policy(CtTimeout timeout) {
        return TimeoutWords.policy(timeout).entrySet().stream()
                .map(state -> state.getKey() + " : " + state.getValue())
                .collect(Collectors.joining(", "));
    }

    /// As in a rule, without the keyword.
    private List<String> lines(Statement statement) {
        return switch (statement) {
            case Statement.Counter counter -> List.of(behind("counter", counter));
            case Statement.Quota quota -> List.of(behind("quota", quota));
            case Statement.Limit limit -> List.of(StatementText.rate(limit));
            case Statement.Synproxy synproxy -> lines(synproxy);
            case Statement other -> List.of(statements.of(other));
        };
    }

    private String behind(String keyword, Statement statement) {
        return statements.of(statement).substring(keyword.length()).strip();
    }

    /// `nft` has a line for the flags, with a blank between their places.
    private static List<String> lines(Statement.Synproxy synproxy) {
        String mss = "mss " + SynproxyWords.orZero(synproxy.maximumSegmentBytes());
        String scale = "wscale " + SynproxyWords.orZero(synproxy.windowScale());
        if (SynproxyWords.flags(synproxy.flags()).isEmpty()) {
            return List.of(mss, scale);
        }
        String flags =
                SynproxyWords.timestamp(synproxy.flags())
                        + " "
                        + SynproxyWords.selectiveAcknowledgement(synproxy.flags());
        return List.of(mss, scale, flags);
    }
}
