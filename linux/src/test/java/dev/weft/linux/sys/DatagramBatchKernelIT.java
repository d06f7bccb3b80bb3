package dev.weft.linux.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Several datagrams in one call, over a pair of Unix sockets, which need no network.
final class DatagramBatchKernelIT {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int ENTRY_BYTES = 64;
    private static final int LENGTH_OFFSET = 56;
    private static final int DATA_BYTES = 32;

    @Test
    void recvmmsg_afterSendmmsg_takesEveryDatagramInOrder() {
        Memory name = Memory.ofAuto(16).putU16(0, AF_UNIX);
        name.put(2, "\0weft-batch".getBytes(StandardCharsets.US_ASCII), 0, 11);
        List<String> texts = List.of("one", "three", "");
        try (Descriptor receiver = socket();
                Descriptor sender = socket();
                Batch sent = new Batch(texts.size());
                Batch received = new Batch(texts.size() + 1)) {
            assertThat(Syscalls.bind(receiver.number(), name)).isZero();
            IntStream.range(0, texts.size()).forEach(i -> sent.put(i, texts.get(i), name));

            int count = Syscalls.sendmmsg(sender.number(), sent.headers, texts.size(), 0);
            int taken =
                    Syscalls.recvmmsg(
                            receiver.number(), received.headers, texts.size() + 1, MSG_DONTWAIT);

            assertThat(count).isEqualTo(texts.size());
            assertThat(taken).isEqualTo(texts.size());
            assertThat(IntStream.range(0, taken).mapToObj(received::text)).isEqualTo(texts);
        }
    }

    @Test
    void sendmsg_ofTheFirstHeader_sendsItAlone() {
        Memory name = Memory.ofAuto(14).putU16(0, AF_UNIX);
        name.put(2, "\0weft-single".getBytes(StandardCharsets.US_ASCII), 0, 12);
        try (Descriptor receiver = socket();
                Descriptor sender = socket();
                Batch sent = new Batch(1);
                Batch received = new Batch(2)) {
            assertThat(Syscalls.bind(receiver.number(), name)).isZero();
            sent.put(0, "alone", name);

            assertThat(Syscalls.sendmsg(sender.number(), sent.headers, 0)).isEqualTo(5);
            assertThat(Syscalls.recvmmsg(receiver.number(), received.headers, 2, MSG_DONTWAIT))
                    .isEqualTo(1);
            assertThat(received.text(0)).isEqualTo("alone");
        }
    }

    private static Descriptor socket() {
        return Descriptor.of(Syscalls.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0), "open", "socket");
    }

    /// An array of `struct mmsghdr`, a `struct iovec` for each, and what they point at.
    private static final class Batch implements AutoCloseable {
        final Memory headers;
        private final Memory vectors;
        private final Memory data;

        Batch(int count) {
            headers = Memory.allocate((long) count * ENTRY_BYTES);
            vectors = Memory.allocate(count * 16L);
            data = Memory.allocate((long) count * DATA_BYTES);
            for (int i = 0; i < count; i++) {
                vectors.putS64(i * 16L, data.address() + (long) i * DATA_BYTES);
                vectors.putS64(i * 16L + 8, DATA_BYTES);
                headers.putS64(entry(i) + 16, vectors.address() + i * 16L);
                headers.putS64(entry(i) + 24, 1);
            }
        }

        private static long entry(int index) {
            return (long) index * ENTRY_BYTES;
        }

        void put(int index, String text, Memory destination) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            data.put((long) index * DATA_BYTES, bytes, 0, bytes.length);
            vectors.putS64(index * 16L + 8, bytes.length);
            headers.putS64(entry(index), destination.address());
            headers.putS32(entry(index) + 8, (int) destination.size());
        }

        String text(int index) {
            return data.string(
                    (long) index * DATA_BYTES, headers.s32(entry(index) + LENGTH_OFFSET));
        }

        @Override
        public void close() {
            headers.close();
            vectors.close();
            data.close();
        }
    }
}
