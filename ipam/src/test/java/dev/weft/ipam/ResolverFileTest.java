package dev.weft.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.cni.Dns;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResolverFileTest {

    @Test
    void lines_accumulate() {
        assertThat(
                        ResolverFile.parse(
                                """
                                 nameserver 1.1.1.1 2.2.2.2
                                #nameserver 3.3.3.3
                                ; domain no
                                search a b
                                search\tc
                                domain d e
                                domain f
                                options x
                                options y:1 z
                                nameserver
                                nameserver fd00::1 # ours
                                sortlist 10.0.0.0
                                """))
                .isEqualTo(
                        new Dns(
                                List.of("1.1.1.1", "fd00::1"),
                                Optional.of("f"),
                                List.of("a", "b", "c"),
                                List.of("x", "y:1", "z")));
    }

    @Test
    void emptyFile_saysNothing() {
        assertThat(ResolverFile.parse("")).isEqualTo(Dns.none());
    }
}
