package dev.weft.linux.tc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.DecodeFuzz;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;

/// Whatever a message holds, reading it ends in values or in a malformed message, and printing it
/// in text.
final class TrafficFuzzTest {
    @FuzzTest
    void anyBytes_readAsAnyObject_areValuesOrMalformed(byte[] bytes) {
        TrafficAttributesTest.tables()
                .forEach(table -> DecodeFuzz.attributes(table, Slice.of(bytes.clone())));
        NetlinkMessage message = new NetlinkMessage(36, 0, 0, 0, Slice.of(bytes));
        try {
            read(Qdisc.decode(message));
            read(TrafficClass.decode(message));
            Filter filter = Filter.decode(message);
            read(filter);
            filter.actions().forEach(TrafficFuzzTest::readAction);
        } catch (MalformedMessageException expected) {
            // the only exception that bytes may lead to
        }
    }

    private static void read(TrafficObject object) {
        var text = object.toString();
        if (text.isEmpty()) {
            throw new AssertionError("an object prints as nothing");
        }
        object.statistics();
        object.kind()
                .ifPresent(kind -> {
                    for (Attribute<?> attribute : kind.options().all()) {
                        object.option(attribute);
                    }
                });
    }

    private static void readAction(Action action) {
        action.statistics();
        action.option(MirredAttributes.PARAMETERS);
        action.option(GactAttributes.PARAMETERS);
    }
}
