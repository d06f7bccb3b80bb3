package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TrafficClassKernelIT {
    private static final Handle CLASS = Handle.of(1, 0x10);

    private final Sandbox host = new Sandbox();
    private final Qdiscs qdiscs = new Qdiscs(host.socket());
    private final TrafficClasses classes = new TrafficClasses(host.socket());
    private final int link = host.veth("web0", "eth0").index();

    @BeforeEach
    void addDiscipline() {
        qdiscs.create(QdiscRequest.htb(link, 0x10).handle(Handle.of(1, 0)));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void htbClass_created_isWhatWasAskedAndWhatTcShows() {
        HtbClass asked =
                new HtbClass(
                        new RateLimit(1_000_000, 15_360, LinkLayer.ETHERNET, 4, 64),
                        RateLimit.of(10_000_000_000L, 100_000),
                        3,
                        5000);
        TrafficClass made = classes.create(ClassRequest.htb(link, CLASS, asked));

        HtbAttributes.Parameters read = made.option(HtbAttributes.PARAMETERS).orElseThrow();
        assertThat(made.handle()).isEqualTo(CLASS);
        assertThat(read.rate().bytesPerSecond()).isEqualTo(1_000_000);
        assertThat(read.rate().overheadBytes()).isEqualTo(4);
        assertThat(read.bufferTicks()).isEqualTo(asked.rate().burstTicks());
        assertThat(read.ceilingBufferTicks()).isEqualTo(asked.ceiling().burstTicks());
        assertThat(read.quantumBytes()).isEqualTo(5000);
        assertThat(read.priority()).isEqualTo(3);
        assertThat(made.option(HtbAttributes.CEILING64)).hasValue(10_000_000_000L);

        assertThat(new TcOracle(host).text("class", "show", "dev", "web0"))
                .contains("class htb 1:10 root prio 3 quantum 5000 rate 8Mbit overhead 4")
                .contains("ceil 80Gbit")
                .contains("burst 15Kb");
    }

    @Test
    void htbClass_withADisciplineBelow_namesIt() {
        classes.create(ClassRequest.htb(link, CLASS, HtbClass.of(RateLimit.of(1_000_000, 10_000))));
        TokenBucket bucket = TokenBucket.withLimit(RateLimit.of(500_000, 5_000), 10_000);
        qdiscs.create(QdiscRequest.tbf(link, bucket).parent(CLASS).handle(Handle.of(0x20, 0)));

        TrafficClass parent =
                classes.list(link).stream()
                        .filter(row -> row.handle().equals(CLASS))
                        .findFirst()
                        .orElseThrow();
        assertThat(parent.leaf()).isEqualTo(Handle.of(0x20, 0));
        assertThat(parent.statistics()).isPresent();
    }

    @Test
    void delete_ofAClass_takesItAway() {
        classes.create(ClassRequest.htb(link, CLASS, HtbClass.of(RateLimit.of(1_000_000, 10_000))));
        assertThat(classes.find(ClassRequest.on(link, CLASS))).isPresent();
        classes.delete(ClassRequest.on(link, CLASS));
        assertThat(classes.find(ClassRequest.on(link, CLASS))).isEmpty();
        assertThat(classes.list(link)).isEmpty();
    }

    @Test
    void create_underADisciplineThatIsNot_saysSo() {
        HtbClass any = HtbClass.of(RateLimit.of(1_000_000, 10_000));
        assertThatThrownBy(() -> classes.create(ClassRequest.htb(link, Handle.of(9, 1), any)))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith(
                        "cannot create class htb 9:1 under 9: of link " + link + ": ");
    }
}
