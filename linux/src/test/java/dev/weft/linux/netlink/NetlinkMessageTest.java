package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetlinkMessageTest {
    @Test
    void decodeAll_ofTwoMessages_readsHeadersAndBodies() {
        Slice datagram = message(17, 5).slice(message(16, 7).toSlice()).toSlice();
        assertThat(NetlinkMessage.decodeAll(datagram))
                .extracting(NetlinkMessage::sequence, m -> m.body().length())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(5, 1),
                        org.assertj.core.groups.Tuple.tuple(7, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void decodeAll_ofALengthThatCannotBe_isMalformed(int length) {
        Slice datagram = message(length, 1).toSlice().part(0, NetlinkMessage.HEADER_BYTES);
        assertThatThrownBy(() -> NetlinkMessage.decodeAll(datagram))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("claims " + length + " bytes of 16");
    }

    @Test
    void decodeAll_ofLessThanAHeader_isNothing() {
        assertThat(NetlinkMessage.decodeAll(Slice.EMPTY)).isEmpty();
        assertThat(NetlinkMessage.decodeAll(Slice.of(new byte[15]))).isEmpty();
    }

    /// A message that claims a length, padded to its end.
    private static ByteWriter message(int length, int sequence) {
        ByteWriter writer = new ByteWriter().s32(length).u16(16).u16(0).s32(sequence).s32(0);
        return length == 17 ? writer.u8(1).align() : writer;
    }
}
