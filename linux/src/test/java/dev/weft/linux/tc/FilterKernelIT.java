package dev.weft.linux.tc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.tc.MirredAttributes.Way;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FilterKernelIT {
    private final Sandbox host = new Sandbox();
    private final TcOracle tc = new TcOracle(host);
    private final Qdiscs qdiscs = new Qdiscs(host.socket());
    private final Filters filters = new Filters(host.socket());
    private final int link = host.veth("web0", "eth0").index();
    private final int target = host.veth("copy0", "copy1").index();

    @BeforeEach
    void addPlace() {
        qdiscs.create(QdiscRequest.clsact(link));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void u32_withRedirect_isWhatWasAskedAndWhatTcShows() {
        filters.create(
                FilterRequest.u32(
                        link,
                        Handle.WAY_IN,
                        U32Selector.everything(),
                        ActionRequest.mirred(Way.REDIRECT_OUT, target)));

        Filter read = only(FilterRequest.on(link, Handle.WAY_IN), U32Attributes.SELECTOR);
        assertThat(read.priority()).isEqualTo(1);
        assertThat(read.protocol()).isEqualTo(FilterRequest.ALL_PROTOCOLS);
        assertThat(read.option(U32Attributes.SELECTOR)).hasValue(U32Selector.everything());
        Action action = read.actions().getFirst();
        MirredAttributes.Parameters mirred =
                action.option(MirredAttributes.PARAMETERS).orElseThrow();
        assertThat(action.kindName()).isEqualTo("mirred");
        assertThat(mirred.linkIndex()).isEqualTo(target);
        assertThat(mirred.way()).isEqualTo(Way.REDIRECT_OUT.number());
        assertThat(mirred.header().verdict()).isEqualTo(Verdict.STOLEN);
        assertThat(action.statistics()).isPresent();

        JsonObject shown = tc.show("filter", "show", "dev", "web0", "ingress").getLast();
        JsonObject shownAction =
                shown.getAsJsonObject("options").getAsJsonArray("actions").get(0).getAsJsonObject();
        assertThat(shownAction.get("mirred_action").getAsString()).isEqualTo("redirect");
        assertThat(shownAction.get("direction").getAsString()).isEqualTo("egress");
        assertThat(shownAction.get("to_dev").getAsString()).isEqualTo("copy0");
    }

    @Test
    void u32_withKeysAndClass_isWhatWasAskedAndWhatTcShows() {
        int other = host.links().find("eth0").orElseThrow().index();
        Handle root = Handle.of(1, 0);
        Handle sorted = Handle.of(1, 0x10);
        qdiscs.create(QdiscRequest.htb(other, 0).handle(root));
        U32Selector selector =
                U32Selector.matching(
                        U32Selector.Key.of(0x0a000000, 0xff000000, 16),
                        U32Selector.Key.of(80, 0xffff, 20));
        filters.create(
                FilterRequest.u32(other, root, selector, sorted).priority(2).protocol(0x0800));

        Filter read = only(FilterRequest.on(other, root), U32Attributes.SELECTOR);
        assertThat(read.option(U32Attributes.SELECTOR)).hasValue(selector);
        assertThat(read.option(U32Attributes.CLASS)).hasValue(sorted);
        assertThat(read.protocol()).isEqualTo(0x0800);
        JsonObject shown = tc.show("filter", "show", "dev", "eth0").getLast();
        assertThat(shown.get("pref").getAsInt()).isEqualTo(2);
        assertThat(shown.get("protocol").getAsString()).isEqualTo("ip");
        assertThat(shown.getAsJsonObject("options").get("flowid").getAsString()).isEqualTo("1:10");
        assertThat(shown.getAsJsonObject("options").get("fh").getAsString()).isEqualTo("800::800");
    }

    @Test
    void u32_withTwoActions_keepsTheirOrder() {
        filters.create(
                FilterRequest.u32(
                        link,
                        Handle.WAY_OUT,
                        U32Selector.everything(),
                        ActionRequest.mirred(Way.MIRROR_OUT, target),
                        ActionRequest.mirred(Way.REDIRECT_IN, target)));

        List<Action> actions =
                only(FilterRequest.on(link, Handle.WAY_OUT), U32Attributes.SELECTOR).actions();
        assertThat(actions).extracting(Action::place).containsExactly(1, 2);
        assertThat(actions)
                .extracting(a -> a.option(MirredAttributes.PARAMETERS).orElseThrow().way())
                .containsExactly(Way.MIRROR_OUT.number(), Way.REDIRECT_IN.number());
    }

    @Test
    void matchall_withMirror_isWhatWasAskedAndWhatTcShows() {
        TcOracle.assumeFilter("filter matchall", "matchall", "classid", "1:1");
        Filter made =
                filters.create(
                        FilterRequest.matchall(
                                link,
                                Handle.WAY_OUT,
                                ActionRequest.mirred(Way.MIRROR_OUT, target)));
        assertThat(made.kind()).hasValue(TrafficKind.MATCHALL);

        Filter read = only(FilterRequest.on(link, Handle.WAY_OUT), MatchallAttributes.ACTIONS);
        assertThat(read.priority()).isEqualTo(made.priority());
        assertThat(read.actions()).hasSize(1);
        JsonObject shown = tc.show("filter", "show", "dev", "web0", "egress").getLast();
        assertThat(shown.get("kind").getAsString()).isEqualTo("matchall");
        assertThat(shown.getAsJsonObject("options").getAsJsonArray("actions")).hasSize(1);
    }

    @Test
    void gact_withDrop_isWhatTcShows() {
        TcOracle.assumeFilter("action gact", "u32", "match", "u32", "0", "0", "action", "drop");
        filters.create(
                FilterRequest.u32(
                        link,
                        Handle.WAY_IN,
                        U32Selector.everything(),
                        ActionRequest.verdict(Verdict.SHOT)));

        Action action =
                only(FilterRequest.on(link, Handle.WAY_IN), U32Attributes.SELECTOR)
                        .actions()
                        .getFirst();
        assertThat(action.option(GactAttributes.PARAMETERS).orElseThrow().verdict())
                .isEqualTo(Verdict.SHOT);
    }

    @Test
    void filters_ofAChain_areApart() {
        filters.create(
                FilterRequest.u32(link, Handle.WAY_IN, U32Selector.everything(), Handle.NONE)
                        .set(TrafficAttributes.CHAIN, 5L));
        FilterRequest chain =
                FilterRequest.on(link, Handle.WAY_IN).set(TrafficAttributes.CHAIN, 5L);
        assertThat(only(chain, U32Attributes.SELECTOR).chain()).isEqualTo(5);
        assertThat(filters.list(chain.set(TrafficAttributes.CHAIN, 6L))).isEmpty();
    }

    @Test
    void filters_ofASharedBlock_areListedByBlock() {
        int other = host.links().find("eth0").orElseThrow().index();
        qdiscs.create(QdiscRequest.ingress(other).set(TrafficAttributes.INGRESS_BLOCK, 7L));
        filters.create(
                FilterRequest.inBlock(7)
                        .of(TrafficKind.U32)
                        .options(options ->
                                options.put(U32Attributes.SELECTOR, U32Selector.everything())));

        assertThat(only(FilterRequest.inBlock(7), U32Attributes.SELECTOR).parent().value())
                .isEqualTo(7);
        assertThat(qdiscs.list(other))
                .filteredOn(qdisc -> qdisc.kindName().equals("ingress"))
                .extracting(qdisc -> qdisc.attributes().find(TrafficAttributes.INGRESS_BLOCK))
                .containsExactly(java.util.Optional.of(7L));
    }

    @Test
    void delete_byPriority_leavesTheOthers() {
        FilterRequest first =
                FilterRequest.u32(link, Handle.WAY_IN, U32Selector.everything(), Handle.NONE);
        filters.create(first);
        filters.create(first.priority(2));
        FilterRequest all = FilterRequest.on(link, Handle.WAY_IN);

        filters.delete(all.priority(1).protocol(FilterRequest.ALL_PROTOCOLS));
        assertThat(filters.list(all)).extracting(Filter::priority).containsOnly(2);
        filters.delete(all);
        assertThat(filters.list(all)).isEmpty();
    }

    @Test
    void create_ofAKindUnknownToTheKernel_saysSo() {
        FilterRequest unknown =
                FilterRequest.on(link, Handle.WAY_IN)
                        .set(TrafficAttributes.KIND, "sieve")
                        .priority(1)
                        .protocol(FilterRequest.ALL_PROTOCOLS);
        assertThatThrownBy(() -> filters.create(unknown))
                .isInstanceOf(KernelException.class)
                .hasMessageStartingWith(
                        "cannot create filter sieve under ffff:fff2 of link " + link + ": ENOENT")
                .hasMessageContaining("classifier not found");
    }

    private Filter only(FilterRequest request, dev.weft.linux.netlink.Attribute<?> having) {
        List<Filter> rows =
                filters.list(request).stream()
                        .filter(row -> row.option(having).isPresent())
                        .toList();
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }
}
