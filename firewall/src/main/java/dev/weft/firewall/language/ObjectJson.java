package dev.weft.firewall.language;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.ObjectData;
import dev.weft.firewall.ObjectData.CtExpectation;
import dev.weft.firewall.ObjectData.CtTimeout;
import dev.weft.firewall.ObjectData.FollowedProtocol;
import java.util.Map;

/// What JSON has of a named object, beside its name.
final class ObjectJson {
    private final Reading reading;

    ObjectJson(Reading reading) {
        this.reading = reading;
    }

    void put(Json json, NftObject object) {
        object.data().ifPresent(data -> put(json, data));
    }

    private void put(Json json, ObjectData data) {
        switch (data) {
            case ObjectData.State state -> put(json, ObjectText.statement(reading, state));
            case FollowedProtocol helper ->
                    json.put("type", helper.helper())
                            .put("protocol", ObjectText.protocol(helper.protocol()))
                            .put("l3proto", helper.family().toString());
            case CtTimeout timeout ->
                    json.put("protocol", ObjectText.protocol(timeout.protocol()))
                            .put("l3proto", timeout.family().toString())
                            .put("policy", policy(timeout));
            case CtExpectation expectation ->
                    json.put("protocol", ObjectText.protocol(expectation.protocol()))
                            .put("dport", expectation.port())
                            .put("timeout", expectation.timeoutMillis())
                            .put("size", expectation.size())
                            .put("l3proto", expectation.family().toString());
            case ObjectData.SecurityMark mark -> json.put("context", mark.context());
            case ObjectData.Unread _ -> {}
        }
    }

    private static JsonElement policy(CtTimeout timeout) {
        Map<String, Integer> policy = TimeoutWords.policy(timeout);
        Json json = new Json();
        policy.forEach(json::put);
        return policy.isEmpty() ? JsonNull.INSTANCE : json.object();
    }

    /// In other words than in a rule: amounts in bytes, and what is usual as well.
    private static void put(Json json, Statement statement) {
        switch (statement) {
            case Statement.Counter counter ->
                    json.put("packets", counter.packets()).put("bytes", counter.bytes());
            case Statement.Quota quota ->
                    json.put("bytes", quota.bytes())
                            .put("used", quota.usedBytes())
                            .put("inv", new JsonPrimitive(quota.over()));
            case Statement.Limit limit -> put(json, limit);
            case Statement.Synproxy synproxy ->
                    json.put("mss", SynproxyWords.orZero(synproxy.maximumSegmentBytes()))
                            .put("wscale", SynproxyWords.orZero(synproxy.windowScale()))
                            .put(
                                    "flags",
                                    SynproxyWords.flags(synproxy.flags()).isEmpty()
                                            ? null
                                            : Json.strings(SynproxyWords.flags(synproxy.flags())));
            case Statement _ -> {}
        }
    }

    private static void put(Json json, Statement.Limit limit) {
        json.put("per", Units.per(limit.unitSeconds())).whenTrue("inv", limit.over());
        if (!limit.ofBytes()) {
            json.put("rate", limit.rate()).put("burst", limit.burst());
            return;
        }
        Units rate = Units.of(limit.rate());
        json.put("rate", rate.amount()).put("rate_unit", rate.unit());
        if (limit.burst() > 0) {
            Units burst = Units.of(limit.burst());
            json.put("burst", burst.amount()).put("burst_unit", burst.unit());
        }
    }
}
