package dev.weft.firewall.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Any bytes as an expression of any kind: they are read, if only as they are, and what was read
/// says the same again.
final class ExpressionFuzzTest {
    @FuzzTest
    void anyBytes_asEveryKind(byte[] bytes) {
        for (ExpressionKind kind : ExpressionKind.all()) {
            isReadAsItIs(kind, bytes);
        }
    }

    static List<Expression> samples() {
        return ExpressionSamples.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyByteOfASample_changed(Expression sample) {
        ExpressionKind kind = ExpressionKind.find(sample.name()).orElseThrow();
        byte[] encoded = sample.encode().encoded().bytes();
        for (int at = 0; at < encoded.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = encoded.clone();
                changed[at] ^= (byte) (1 << bit);
                isReadAsItIs(kind, changed);
            }
        }
        isReadAsItIs(kind, encoded);
    }

    private static void isReadAsItIs(ExpressionKind kind, byte[] bytes) {
        attributes(kind, bytes)
                .ifPresent(data -> {
                    Expression read = Expression.decode(kind.name(), data);
                    assertThat(read.name()).isEqualTo(kind.name());
                    assertThat(Expression.decode(kind.name(), read.encode())).isEqualTo(read);
                });
    }

    private static Optional<Attributes> attributes(ExpressionKind kind, byte[] bytes) {
        try {
            return Optional.of(Attributes.decode(kind.table(), Slice.of(bytes)));
        } catch (MalformedMessageException notAttributes) {
            return Optional.empty();
        }
    }
}
