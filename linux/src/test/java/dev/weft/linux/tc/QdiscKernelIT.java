package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QdiscKernelIT {
    private final Sandbox host = new Sandbox();
    private final TcOracle tc = new TcOracle(host);
    private final Qdiscs qdiscs = new Qdiscs(host.socket());
    private final int link = host.veth("web0", "eth0").index();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void tbf_created_isWhatWasAskedAndWhatTcShows() {
        RateLimit rate = RateLimit.of(1_000_000, 10_000);
        Qdisc made =
                qdiscs.create(
                        QdiscRequest.tbf(link, TokenBucket.withLatency(rate, 25_000))
                                .handle(Handle.of(1, 0)));

        assertThat(made.kind()).hasValue(TrafficKind.TBF);
        assertThat(made.linkIndex()).isEqualTo(link);
        assertThat(made.parent()).isEqualTo(Handle.ROOT);
        TbfAttributes.Parameters read = made.option(TbfAttributes.PARAMETERS).orElseThrow();
        assertThat(read.rate().bytesPerSecond()).isEqualTo(1_000_000);
        assertThat(read.limitBytes()).isEqualTo(35_000);
        assertThat(read.bufferTicks()).isEqualTo(rate.burstTicks());
        assertThat(made.option(HtbAttributes.PARAMETERS)).isEmpty();

        JsonObject shown = tc.show("qdisc", "show", "dev", "web0").getFirst();
        assertThat(shown.get("kind").getAsString()).isEqualTo("tbf");
        assertThat(shown.get("handle").getAsString()).isEqualTo(made.handle().toString());
        JsonObject options = shown.getAsJsonObject("options");
        assertThat(options.get("rate").getAsLong()).isEqualTo(1_000_000);
        assertThat(options.get("burst").getAsString()).startsWith("10000b");
        assertThat(options.get("lat").getAsLong()).isEqualTo(25_000);
    }

    @Test
    void tbf_beyond32Bits_hasItsRate() {
        RateLimit rate = RateLimit.of(5_000_000_000L, 1 << 20);
        RateLimit peak = RateLimit.of(6_000_000_000L, 9000);
        Qdisc made =
                qdiscs.create(
                        QdiscRequest.tbf(link, TokenBucket.withLimit(rate, 1 << 21).peak(peak)));

        assertThat(made.option(TbfAttributes.RATE64)).hasValue(5_000_000_000L);
        assertThat(made.option(TbfAttributes.PEAK_RATE64)).hasValue(6_000_000_000L);
        assertThat(tc.text("qdisc", "show", "dev", "web0"))
                .contains("rate 40Gbit")
                .contains("peakrate 48Gbit");
    }

    @Test
    void htb_created_isWhatTcShows() {
        Qdisc made = qdiscs.create(QdiscRequest.htb(link, 0x30).handle(Handle.of(1, 0)));

        HtbAttributes.Global read = made.option(HtbAttributes.GLOBAL).orElseThrow();
        assertThat(read.defaultClass()).isEqualTo(0x30);
        JsonObject options =
                tc.show("qdisc", "show", "dev", "web0").getFirst().getAsJsonObject("options");
        assertThat(options.get("default").getAsString()).isEqualTo("0x30");
        assertThat(options.get("r2q").getAsInt()).isEqualTo(read.rateToQuantum());
        assertThat(options.get("direct_qlen").getAsLong())
                .isEqualTo(made.option(HtbAttributes.DIRECT_QUEUE_LENGTH).orElseThrow());
    }

    @Test
    void clsactAndIngress_hangWhereFiltersDo() {
        Qdisc clsact = qdiscs.create(QdiscRequest.clsact(link));
        int other = host.links().find("eth0").orElseThrow().index();
        Qdisc ingress = qdiscs.create(QdiscRequest.ingress(other));

        assertThat(clsact.handle()).hasToString("ffff:");
        assertThat(clsact.parent()).isEqualTo(Handle.INGRESS);
        assertThat(ingress.kindName()).isEqualTo("ingress");
        assertThat(tc.show("qdisc", "show", "dev", "eth0", "ingress").getFirst().get("parent"))
                .extracting(parent -> parent.getAsString())
                .isEqualTo(ingress.parent().toString());
    }

    @Test
    void replace_ofAnotherKind_tellsTheNewOne() {
        qdiscs.create(QdiscRequest.htb(link, 0).handle(Handle.of(1, 0)));
        TokenBucket bucket = TokenBucket.withLimit(RateLimit.of(1_000_000, 10_000), 20_000);
        Qdisc made = qdiscs.replace(QdiscRequest.tbf(link, bucket).handle(Handle.of(2, 0)));

        assertThat(made.kind()).hasValue(TrafficKind.TBF);
        assertThat(qdiscs.list(link)).extracting(Qdisc::handle).containsExactly(Handle.of(2, 0));
    }

    @Test
    void change_ofTheRate_keepsTheRest() {
        TokenBucket slow = TokenBucket.withLimit(RateLimit.of(1_000_000, 10_000), 20_000);
        TokenBucket fast = TokenBucket.withLimit(RateLimit.of(2_000_000, 10_000), 20_000);
        Qdisc made = qdiscs.create(QdiscRequest.tbf(link, slow));
        Qdisc changed = qdiscs.change(QdiscRequest.tbf(link, fast));

        assertThat(changed.handle()).isEqualTo(made.handle());
        assertThat(changed.option(TbfAttributes.PARAMETERS).orElseThrow().rate().bytesPerSecond())
                .isEqualTo(2_000_000);
    }

    @Test
    void delete_ofTheRoot_bringsTheDefaultBack() {
        qdiscs.create(QdiscRequest.htb(link, 0));
        assertThat(qdiscs.find(QdiscRequest.on(link))).isPresent();
        qdiscs.delete(QdiscRequest.on(link));
        assertThat(qdiscs.list(link)).noneMatch(qdisc -> qdisc.kindName().equals("htb"));
        assertThat(qdiscs.find(QdiscRequest.on(link).parent(Handle.NONE).handle(Handle.of(1, 0))))
                .isEmpty();
    }

    @Test
    void kindWithoutTable_isKeptAsBytes() {
        host.run(
                "tc", "qdisc", "add", "dev", "web0", "root", "handle", "7:", "pfifo", "limit", "5");
        Qdisc fifo = qdiscs.find(QdiscRequest.on(link)).orElseThrow();

        assertThat(fifo.kindName()).isEqualTo("pfifo");
        assertThat(fifo.kind()).isEmpty();
        assertThat(fifo.attributes().find(TrafficAttributes.OPTIONS).orElseThrow().u32(0))
                .isEqualTo(5);
        assertThat(fifo.statistics().orElseThrow().queue().drops()).isZero();
    }

    @Test
    void fqCodel_withOptions_isWhatTcShows() {
        TcOracle.assumeQdisc("fq_codel");
        Qdisc made =
                qdiscs.create(
                        QdiscRequest.of(TrafficKind.FQ_CODEL, link)
                                .options(options ->
                                        options.put(FqCodelAttributes.LIMIT, 1000L)
                                                .put(FqCodelAttributes.TARGET, 10_000L)));
        assertThat(made.option(FqCodelAttributes.LIMIT)).hasValue(1000L);
        JsonObject options =
                tc.show("qdisc", "show", "dev", "web0").getFirst().getAsJsonObject("options");
        assertThat(options.get("limit").getAsLong()).isEqualTo(1000);
        assertThat(options.get("target").getAsLong()).isBetween(9_998L, 10_000L);
    }

    @Test
    void create_refused_saysWhatWasAskedAndWhy() {
        qdiscs.create(QdiscRequest.clsact(link));
        assertThatThrownBy(() -> qdiscs.create(QdiscRequest.clsact(link)))
                .isInstanceOfSatisfying(
                        KernelException.class,
                        refused -> assertThat(refused.is(Errno.EEXIST)).isTrue())
                .hasMessageStartingWith(
                        "cannot create qdisc clsact under ffff:fff1 of link " + link + ": EEXIST");
        assertThatThrownBy(() -> qdiscs.create(QdiscRequest.of(TrafficKind.TBF, link)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("EINVAL");
    }

    @Test
    void ticks_ofThisKernel_areWhatIsCalculatedWith() throws IOException {
        String[] numbers = Files.readString(Path.of("/proc/net/psched")).split(" ", -1);
        assertThat(Integer.parseInt(numbers[0], 16)).isEqualTo(1000);
        assertThat(Integer.parseInt(numbers[1], 16)).isEqualTo(64);
        assertThat(Integer.parseInt(numbers[2], 16)).isEqualTo(1_000_000);
    }
}
