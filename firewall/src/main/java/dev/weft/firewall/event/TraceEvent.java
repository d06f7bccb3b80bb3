package dev.weft.firewall.event;

import dev.weft.firewall.Kind;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.Family;
import dev.weft.firewall.value.Verdict;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// One step of a packet on its way through a ruleset.
///
/// Headers, devices and the connection come with the first event of a packet in each chain of a
/// hook alone.
///
/// @param family of the table
/// @param attributes of [TraceAttributes]
public record TraceEvent(Family family, Attributes attributes) {

    /// What it tells (`enum nft_trace_types`).
    public enum Type {
        /// No rule of a base chain decided; its policy did.
        POLICY(1),
        /// A chain came to its end, or a rule returned from it.
        RETURN(2),
        /// A rule matched.
        RULE(3);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        static Optional<Type> find(int number) {
            return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
        }
    }

    /// The connection that a packet belongs to.
    ///
    /// @param id as conntrack events give it
    /// @param reply whether it goes to the one who began the connection
    /// @param status bits of `enum ip_conntrack_status`
    public record Connection(int id, boolean reply, int status) {}

    /// Reads a message of the group `NFNLGRP_NFTRACE`.
    ///
    /// @throws MalformedMessageException when it is none
    static TraceEvent decode(NetlinkMessage message) {
        if (message.type() != Kind.TRACE) {
            throw new MalformedMessageException("no trace but a message of type " + message.type());
        }
        return new TraceEvent(
                Family.of(message.body().u8(0)),
                Attributes.decode(
                        TraceAttributes.TABLE, message.body().from(NetfilterHeader.BYTES)));
    }

    /// Which packet it is: the same for all events of one; numbers come again in time.
    public int id() {
        return attributes.orElse(TraceAttributes.ID, 0);
    }

    public String table() {
        return attributes.orElse(TraceAttributes.TABLE_NAME, "");
    }

    public String chain() {
        return attributes.orElse(TraceAttributes.CHAIN, "");
    }

    /// What it tells; nothing when Weft has no name for it.
    public Optional<Type> type() {
        return attributes.find(TraceAttributes.TYPE).flatMap(Type::find);
    }

    /// The handle of the rule that matched.
    public Optional<Long> rule() {
        return attributes.find(TraceAttributes.RULE_HANDLE);
    }

    /// What the rule or the policy decided.
    ///
    /// @throws MalformedMessageException when it is no verdict
    public Optional<Verdict> verdict() {
        return attributes
                .find(TraceAttributes.VERDICT)
                .map(Verdict::decode)
                .or(() ->
                        attributes.find(TraceAttributes.POLICY).map(code -> new Verdict(code, "")));
    }

    /// The link layer's header; empty when the packet has none, or was shown before.
    public Slice linkHeader() {
        return attributes.orElse(TraceAttributes.LINK_HEADER, Slice.EMPTY);
    }

    /// The beginning of the network layer's header; empty when it was shown before.
    public Slice networkHeader() {
        return attributes.orElse(TraceAttributes.NETWORK_HEADER, Slice.EMPTY);
    }

    /// The beginning of the transport layer's header; empty for fragments, or when it was shown
    /// before.
    public Slice transportHeader() {
        return attributes.orElse(TraceAttributes.TRANSPORT_HEADER, Slice.EMPTY);
    }

    /// The index of the device it came in by.
    public Optional<Integer> inputIndex() {
        return attributes.find(TraceAttributes.INPUT_INDEX);
    }

    /// The index of the device it goes out by.
    public Optional<Integer> outputIndex() {
        return attributes.find(TraceAttributes.OUTPUT_INDEX);
    }

    /// Its mark, unless that is zero.
    public Optional<Integer> mark() {
        return attributes.find(TraceAttributes.MARK);
    }

    /// The connection it belongs to, once that is looked up (since Linux 6.16).
    public Optional<Connection> connection() {
        return attributes
                .find(TraceAttributes.CONNECTION_ID)
                .map(id ->
                        new Connection(
                                id,
                                attributes.orElse(TraceAttributes.CONNECTION_DIRECTION, 0) == 1,
                                attributes.orElse(TraceAttributes.CONNECTION_STATUS, 0)));
    }

    /// What the packet is to its connection, in bits as `ct state` compares them (since Linux
    /// 6.16).
    public Optional<Integer> connectionState() {
        return attributes.find(TraceAttributes.CONNECTION_STATE);
    }

    /// In the manner of `nft monitor trace`, with the rule by its handle.
    @Override
    public String toString() {
        String where = family + " " + table() + " " + chain();
        String what = type().map(type -> " " + type.name().toLowerCase(Locale.ROOT)).orElse("");
        String handle = rule().map(number -> " handle " + number).orElse("");
        String outcome = verdict().map(verdict -> " (verdict " + verdict + ")").orElse("");
        return "trace id "
                + HexFormat.of().toHexDigits(id())
                + " "
                + where
                + what
                + handle
                + outcome;
    }
}
