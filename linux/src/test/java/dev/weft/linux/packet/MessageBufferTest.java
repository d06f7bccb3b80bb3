package dev.weft.linux.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Slice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MessageBufferTest {
    /// A control message of level 1 with four bytes of data, padded.
    private static ByteBuffer put(ByteBuffer buffer, int type, int data) {
        return buffer.putLong(20).putInt(1).putInt(type).putInt(data).putInt(0);
    }

    private static Optional<Slice> find(ByteBuffer messages, int type) {
        byte[] bytes = new byte[messages.position()];
        messages.get(0, bytes);
        return MessageBuffer.control(Slice.of(bytes), 1, type);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
    }

    @Test
    void control_amongSeveral_isTheOneOfItsType() {
        ByteBuffer messages = put(put(buffer(), 35, 77), 52, 78);
        assertThat(find(messages, 35).orElseThrow().s32(0)).isEqualTo(77);
        assertThat(find(messages, 52).orElseThrow().s32(0)).isEqualTo(78);
        assertThat(find(messages, 53)).isEmpty();
        assertThat(find(buffer(), 35)).isEmpty();
    }

    @Test
    void control_longerThanItsRoom_isMalformed() {
        ByteBuffer messages = put(buffer(), 35, 77).putLong(0, 25);
        assertThatThrownBy(() -> find(messages, 1)).isInstanceOf(MalformedMessageException.class);
    }

    @FuzzTest
    void control_ofAnyBytes_endsWithDataOrIsMalformed(byte[] bytes) {
        try {
            Optional<Slice> data = MessageBuffer.control(Slice.of(bytes), 1, 35);
            assertThat(data.map(Slice::length).orElse(0)).isLessThan(bytes.length + 1);
        } catch (MalformedMessageException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }
}
