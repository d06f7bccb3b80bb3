package dev.weft.linux.netlink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.linux.KernelException;
import dev.weft.linux.Sandbox;
import dev.weft.linux.link.LinkAttributes;
import dev.weft.linux.link.LinkRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the kernel says about a refusal, in its own words and about attributes, reaches the
/// message.
final class ExtendedAckKernelIT {
    /// The family by which generic netlink tells of its families (`enum CTRL_ATTR_*`).
    private static final int CONTROLLER = 16;

    private static final int GET_FAMILY = 3;
    private static final AttributeTable FAMILY = AttributeTable.named("family");
    private static final Attribute<Integer> FAMILY_ID =
            FAMILY.add(1, "CTRL_ATTR_FAMILY_ID", Codecs.U16);
    private static final Attribute<String> FAMILY_NAME =
            FAMILY.add(2, "CTRL_ATTR_FAMILY_NAME", Codecs.STRING);

    /// `ETHTOOL_MSG_LINKINFO_GET`, which wants to be told of which link.
    private static final int GET_LINK = 2;

    private static final AttributeTable HARDWARE = AttributeTable.named("hardware");
    private static final Attribute<Slice> LINK =
            HARDWARE.add(1, "ETHTOOL_A_LINKINFO_HEADER", Codecs.BINARY);

    /// `RTM_SETSTATS`, with an attribute that is 0 or 1.
    private static final int SET_STATISTICS = 95;

    private static final AttributeTable COUNTING = AttributeTable.named("counting");
    private static final Attribute<Integer> IN_HARDWARE =
            COUNTING.add(2, "IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS", Codecs.U8);

    private final Sandbox host = new Sandbox();

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void textThatIsTooLong_isNamedWithTheBytesAllowed() {
        LinkRequest tooLong = LinkRequest.empty().set(LinkAttributes.NAME, "x".repeat(16));
        assertThatThrownBy(() -> host.links().change(1, tooLong))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "cannot change link 1: ERANGE (34, out of range): Attribute failed policy"
                                + " validation, at IFLA_IFNAME, allowed bytes up to 15");
    }

    @Test
    void numberOutOfRange_isNamedWithTheRange() {
        Attributes asked = Attributes.build(COUNTING, writer -> writer.put(IN_HARDWARE, 2));
        assertThatThrownBy(() ->
                        host.socket()
                                .request(
                                        NetlinkRequest.of(
                                                SET_STATISTICS,
                                                0,
                                                header -> header.s32(0).s32(1).s32(0),
                                                asked,
                                                "set counting of",
                                                "link 1")))
                .isInstanceOf(KernelException.class)
                .hasMessage(
                        "cannot set counting of link 1: ERANGE (34, out of range): integer out of"
                                + " range, at %s, allowed from 0 up to 1",
                        IN_HARDWARE);
    }

    @Test
    void attributeThatIsMissing_isNamed() {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkProtocol.GENERIC, host.namespace())) {
            NetlinkRequest nobody =
                    generic(
                            family(socket, "ethtool"),
                            GET_LINK,
                            Attributes.empty(HARDWARE),
                            "find");
            assertThatThrownBy(() -> socket.request(nobody))
                    .isInstanceOf(KernelException.class)
                    .hasMessage(
                            "cannot find a device: EINVAL (22, invalid argument): missing " + LINK);
        }
    }

    private static int family(NetlinkSocket socket, String name) {
        Attributes asked = Attributes.build(FAMILY, writer -> writer.put(FAMILY_NAME, name));
        NetlinkMessage answer = socket.single(generic(CONTROLLER, GET_FAMILY, asked, "look for"));
        return Attributes.decode(FAMILY, answer.body().from(4)).find(FAMILY_ID).orElseThrow();
    }

    /// `struct genlmsghdr`: command, version, padding.
    private static NetlinkRequest generic(
            int family, int command, Attributes attributes, String operation) {
        return NetlinkRequest.of(
                family, 0, header -> header.u8(command).u8(1), attributes, operation, "a device");
    }
}
