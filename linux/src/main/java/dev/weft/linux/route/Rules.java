package dev.weft.linux.route;

import dev.weft.linux.IpFamily;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Dump;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Watch;
import java.util.List;

/// The policy rules of one namespace: which tables a packet's route is looked for in, in which
/// order.
public final class Rules {
    static final int RTM_NEWRULE = 32;
    static final int RTM_DELRULE = 33;
    private static final int RTM_GETRULE = 34;

    private final NetlinkSocket socket;

    /// The rules that a socket's namespace has.
    ///
    /// @param socket of [NetlinkProtocol#ROUTE], which stays the caller's
    public Rules(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// Adds a rule.
    ///
    /// @throws KernelException EEXIST when the same one is there
    public void add(RuleRequest request) {
        change(RTM_NEWRULE, NetlinkFlags.CREATE | NetlinkFlags.EXCLUSIVE, "add", request);
    }

    /// Deletes the first rule that has everything the request names.
    ///
    /// @throws KernelException ENOENT when there is none
    public void delete(RuleRequest request) {
        change(RTM_DELRULE, 0, "delete", request);
    }

    private void change(int type, int flags, String operation, RuleRequest request) {
        RuleHeader header = request.header();
        socket.request(
                NetlinkRequest.of(
                        type,
                        flags,
                        header::encode,
                        request.attributes(),
                        operation,
                        request.toString()));
    }

    /// All rules of both families.
    ///
    /// @throws KernelException EINTR when they kept changing while they were read
    public List<Rule> list() {
        return dump().consistentRows();
    }

    /// The rules of a family, in the order they are asked.
    public List<Rule> list(IpFamily family) {
        return dump(family.number()).consistentRows();
    }

    /// All rules, and whether they were read in one piece.
    public Dump<Rule> dump() {
        return dump(0);
    }

    private Dump<Rule> dump(int family) {
        return Rows.dump(
                socket,
                NetlinkRequest.of(
                        RTM_GETRULE,
                        0,
                        new RuleHeader(family, 0, 0, 0, 0, 0, 0)::encode,
                        Attributes.empty(RuleAttributes.TABLE),
                        "list",
                        "rules"),
                Rule::decode);
    }

    /// Follows the rules of a namespace.
    public static Watch<?, Rule> watch(NetworkNamespace namespace) {
        return Watch.open(NetlinkProtocol.ROUTE, namespace, new WatchedRules());
    }
}
