package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import java.util.List;

/// Whatever a datagram holds, taking it apart ends in messages or in a malformed one, and printing
/// in text.
final class EngineFuzzTest {
    private static final List<Codec<?>> CODECS =
            List.of(
                    Codecs.U8,
                    Codecs.U64,
                    Codecs.FLAG,
                    Codecs.STRING,
                    Codecs.HARDWARE_ADDRESS,
                    Codecs.ADDRESS,
                    Codecs.IPV4,
                    Codecs.IPV6,
                    Codecs.listOf(Codecs.U32, 1));

    private static final NetlinkRequest REQUEST =
            new NetlinkRequest(
                    16,
                    0,
                    Slice.of(new byte[16]),
                    Attributes.build(
                            ExtendedAck.TABLE,
                            writer ->
                                    writer.put(ExtendedAck.MESSAGE, "text")
                                            .nest(
                                                    ExtendedAck.POLICY,
                                                    policy ->
                                                            policy.put(
                                                                    ExtendedAck.Policy.MIN, 1L))),
                    "change",
                    "thing");

    @FuzzTest
    void anyDatagram_isMessagesOrMalformed(byte[] bytes) {
        try {
            for (NetlinkMessage message : NetlinkMessage.decodeAll(Slice.of(bytes))) {
                assertThat(message.toString()).isNotEmpty();
                describe(message);
            }
        } catch (MalformedMessageException expected) {
            // the only exception that bytes may lead to
        }
    }

    private static void describe(NetlinkMessage message) {
        Refusal.ofDone(message, REQUEST);
        Refusal.ofError(message, REQUEST)
                .ifPresent(
                        refusal -> assertThat(refusal.exception()).hasMessageContaining("thing"));
    }

    @FuzzTest
    void anyBytes_areAttributesOrMalformed(byte[] bytes) {
        try {
            Attributes attributes = Attributes.decode(ExtendedAck.TABLE, Slice.of(bytes));
            assertThat(attributes.toString()).startsWith("{");
            ExtendedAck.TABLE.all().forEach(attributes::nested);
            assertThat(Attributes.build(ExtendedAck.TABLE, w -> w.all(attributes)).encoded())
                    .isNotNull();
        } catch (MalformedMessageException expected) {
            // the only exception that bytes may lead to
        }
    }

    @FuzzTest
    void anyBytes_areAValueOrMalformed(byte[] bytes) {
        for (Codec<?> codec : CODECS) {
            try {
                assertThat(codec.decode(Slice.of(bytes))).isNotNull();
            } catch (MalformedMessageException expected) {
                // the only exception that bytes may lead to
            }
        }
    }
}
