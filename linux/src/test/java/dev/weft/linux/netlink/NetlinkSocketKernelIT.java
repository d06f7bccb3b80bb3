package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.Link;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkInfoAttributes;
import dev.weft.linux.link.Links;
import dev.weft.linux.sys.Memory;
import dev.weft.linux.sys.Syscalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NetlinkSocketKernelIT {
    private static final int RTM_NEWLINK = 16;
    private static final int RTM_DELLINK = 17;
    private static final int RTM_NEWROUTE = 24;
    private static final int RTM_GETROUTE = 26;
    private static final int RTM_NEWLINKPROP = 108;
    private static final int RTNLGRP_NEXTHOP = 32;
    private static final int ROUTES = 2000;

    private final Sandbox host = new Sandbox();
    private final NetlinkSocket socket = host.socket();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void batch_withFailuresInside_namesEachAndCarriesOutTheRest() {
        List<NetlinkRequest> requests =
                List.of(
                        bridge("br0"),
                        bridge("br0"),
                        bridge("br1"),
                        link(RTM_DELLINK, 0, 9999, Attributes.empty(LinkAttributes.TABLE), "gone"));
        KernelException failed =
                catchThrowableOfType(KernelException.class, () -> socket.batch(requests));

        assertThat(failed.object()).isEqualTo("br0");
        assertThat(failed.is(Errno.EEXIST)).isTrue();
        assertThat(failed.getSuppressed()).hasSize(1);
        assertThat(failed.getSuppressed()[0]).hasMessageStartingWith("cannot ask gone: ENODEV");
        assertThat(host.links().find("br1")).isPresent();
    }

    @Test
    void dump_ofThousandsOfRows_hasThemAll() {
        addRoutes();
        assertThat(routes()).isEqualTo(ROUTES);
        assertThat(host.ip("route", "show", "type", "blackhole")).hasSize(ROUTES);
    }

    @Test
    void dump_whoseDecoderFails_leavesTheSocketUsable() {
        addRoutes();
        assertThatThrownBy(() ->
                        socket.dump(
                                allRoutes(),
                                message -> {
                                    throw new IllegalStateException("no");
                                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(routes()).isEqualTo(ROUTES);
    }

    @Test
    void answer_above32KiB_isReadWhole() {
        Link lo = host.links().find("lo").orElseThrow();
        int names = 400;
        for (int i = 0; i < names; i += 50) {
            int first = i;
            Attributes properties =
                    Attributes.build(
                            LinkAttributes.TABLE,
                            writer ->
                                    writer.nest(
                                            LinkAttributes.ALTERNATIVE_NAMES,
                                            list -> fiftyNames(list, first)));
            int flags = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE | NetlinkFlags.APPEND;
            socket.request(link(RTM_NEWLINKPROP, flags, lo.index(), properties, "names"));
        }

        Slice read =
                host.links()
                        .find("lo")
                        .orElseThrow()
                        .attributes()
                        .payload(LinkAttributes.ALTERNATIVE_NAMES.number())
                        .orElseThrow();
        assertThat(read.length()).isGreaterThan(32 << 10);
    }

    private static void fiftyNames(AttributeWriter list, int first) {
        for (int i = first; i < first + 50; i++) {
            String digits = Integer.toString(i);
            list.put(LinkAttributes.ALTERNATIVE_NAME, "n".repeat(100) + digits);
        }
    }

    @Test
    void requests_fromManyThreads_getTheirOwnAnswers()
            throws InterruptedException, ExecutionException {
        int links = 8;
        for (int i = 0; i < links; i++) {
            socket.request(bridge("br" + i));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> found = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String name = "br" + i % links;
                found.add(threads.submit(() -> host.links().find(name).orElseThrow().name()));
            }
            for (int i = 0; i < found.size(); i++) {
                assertThat(found.get(i).get()).isEqualTo("br" + i % links);
            }
        }
    }

    @Test
    void close_whileOthersAsk_comesBetweenTheirRequests() throws InterruptedException {
        NetlinkSocket asked = NetlinkSocket.open(NetlinkProtocol.ROUTE, host.namespace());
        Links links = new Links(asked);
        CountDownLatch answers = new CountDownLatch(100);
        List<FutureTask<Integer>> askers =
                Stream.generate(() -> new FutureTask<>(() -> askForEver(links, answers)))
                        .limit(4)
                        .toList();
        askers.forEach(Thread::startVirtualThread);
        answers.await();
        asked.close();

        assertThat(askers)
                .allSatisfy(asker ->
                        assertThatThrownBy(asker::get)
                                .cause()
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessage("the descriptor is closed"));
    }

    private static int askForEver(Links links, CountDownLatch answers) {
        while (true) {
            assertThat(links.find("lo")).isPresent();
            answers.countDown();
        }
    }

    @Test
    void messages_ofAnotherProcess_areNotAnswers() {
        try (NetlinkChannel ours = channel();
                NetlinkChannel stranger = channel()) {
            ByteWriter lie = new ByteWriter();
            bridge("lie").encode(lie, 1, 0);
            sendTo(stranger, ours.portId(), lie);
            ByteWriter request = new ByteWriter();
            bridge("br0").encode(request, 1, NetlinkFlags.ACK);
            ours.send(request, "create", "bridge br0");

            List<NetlinkMessage> answers = NetlinkMessage.decodeAll(ours.receive("create", "br0"));
            assertThat(answers)
                    .extracting(NetlinkMessage::type)
                    .containsExactly(NetlinkMessage.ERROR);
        }
    }

    @Test
    void sockets_ofOneProcess_haveDifferentPorts() {
        try (NetlinkChannel first = channel();
                NetlinkChannel second = channel()) {
            assertThat(first.portId()).isNotEqualTo(second.portId()).isNotZero();
        }
    }

    @Test
    void subscription_toAGroupAbove31_isToldOfEvents() {
        try (Subscription nexthops =
                Subscription.open(
                        NetlinkProtocol.ROUTE, host.namespace(), "next hops", RTNLGRP_NEXTHOP)) {
            host.run("ip", "link", "set", "lo", "up");
            host.run("ip", "nexthop", "add", "id", "1", "blackhole");
            assertThat(nexthops.next(Duration.ofSeconds(30)))
                    .get()
                    .isInstanceOfSatisfying(
                            Subscription.Notification.Event.class,
                            event -> assertThat(event.message().type()).isEqualTo(104));
        }
    }

    @Test
    void attribute_ofAWrongSize_isNamedWithItsPath() {
        AttributeTable bridge = dev.weft.linux.link.BridgeAttributes.TABLE;
        Attributes wrong =
                named("br0")
                        .and(writer ->
                                writer.nest(
                                        LinkAttributes.INFO,
                                        info ->
                                                info.put(LinkInfoAttributes.KIND, "bridge")
                                                        .nest(
                                                                LinkInfoAttributes.DATA,
                                                                data ->
                                                                        data.raw(
                                                                                5,
                                                                                payload ->
                                                                                        payload.u8(
                                                                                                1)))));
        assertThat(bridge.nameOf(5)).isEqualTo("IFLA_BR_STP_STATE");
        assertThatThrownBy(() -> socket.request(create(wrong, "br0")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("at IFLA_LINKINFO.IFLA_INFO_DATA.IFLA_BR_STP_STATE");
    }

    @Test
    void attribute_outOfRange_isSaidInTheKernelsWords() {
        Attributes small = bridge("br0").attributes().and(w -> w.put(LinkAttributes.MTU, 1));
        assertThatThrownBy(() -> socket.request(create(small, "br0")))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("mtu less than device minimum");
    }

    private NetlinkChannel channel() {
        return host.namespace().open(() -> NetlinkChannel.open(NetlinkProtocol.ROUTE));
    }

    private static void sendTo(NetlinkChannel from, int portId, ByteWriter message) {
        Memory address = Memory.ofAuto(12).putU16(0, 16).putS32(4, portId);
        int length = message.length();
        Memory copy = Memory.ofAuto(length).put(0, message.array(), 0, length);
        long sent = Syscalls.sendto(from.descriptor(), copy, length, 0, address);
        assertThat(sent).isEqualTo(length);
    }

    private static Attributes named(String name) {
        return Attributes.build(LinkAttributes.TABLE, w -> w.put(LinkAttributes.NAME, name));
    }

    private static NetlinkRequest bridge(String name) {
        Attributes attributes =
                named(name)
                        .and(w ->
                                w.nest(
                                        LinkAttributes.INFO,
                                        info -> info.put(LinkInfoAttributes.KIND, "bridge")));
        return create(attributes, name);
    }

    private static NetlinkRequest create(Attributes attributes, String name) {
        return link(RTM_NEWLINK, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE, 0, attributes, name);
    }

    private static NetlinkRequest link(
            int type, int flags, int index, Attributes attributes, String object) {
        return NetlinkRequest.of(
                type, flags, w -> w.s32(0).s32(index).s32(0).s32(0), attributes, "ask", object);
    }

    /// Blackholes, which need no link: `struct rtmsg` of the main table, destination as attribute.
    private void addRoutes() {
        AttributeTable table = AttributeTable.named("route");
        Attribute<Integer> destination = table.add(1, "RTA_DST", Codecs.BE32);
        int flags = NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE;
        socket.batch(
                IntStream.range(0, ROUTES)
                        .mapToObj(i ->
                                NetlinkRequest.of(
                                        RTM_NEWROUTE,
                                        flags,
                                        w -> w.u8(2).u8(32).u16(0).u8(254).u8(3).u8(0).u8(6).s32(0),
                                        Attributes.build(
                                                table, w -> w.put(destination, 0x0a000000 + i)),
                                        "add",
                                        "route " + i))
                        .toList());
    }

    private static NetlinkRequest allRoutes() {
        Attributes none = Attributes.empty(AttributeTable.named("route"));
        return NetlinkRequest.of(RTM_GETROUTE, 0, w -> w.u8(2).zeros(11), none, "list", "routes");
    }

    private long routes() {
        return socket.dump(allRoutes(), message -> message.body().u8(7)).consistentRows().stream()
                .filter(type -> type == 6)
                .count();
    }
}
