package dev.weft.firewall.event;

import dev.weft.firewall.Chain;
import dev.weft.firewall.ChainAttributes;
import dev.weft.firewall.Element;
import dev.weft.firewall.ElementAttributes.ListAttributes;
import dev.weft.firewall.Flowtable;
import dev.weft.firewall.FlowtableAttributes;
import dev.weft.firewall.GenerationAttributes;
import dev.weft.firewall.Kind;
import dev.weft.firewall.NftObject;
import dev.weft.firewall.NftSet;
import dev.weft.firewall.ObjectAttributes;
import dev.weft.firewall.Rule;
import dev.weft.firewall.RuleAttributes;
import dev.weft.firewall.SetAttributes;
import dev.weft.firewall.Table;
import dev.weft.firewall.TableAttributes;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.Family;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.Slice;
import java.util.List;

/// Something that happened to a ruleset.
public sealed interface RulesetEvent {
    /// It is there now, or is different now; the kernel does not tell which.
    record Added(Subject subject) implements RulesetEvent {}

    /// It is gone. Of rules and objects the kernel tells the whole, of sets and chains all that was
    /// declared.
    record Removed(Subject subject) implements RulesetEvent {}

    /// The changes that came before it were one transaction, and it is carried out.
    ///
    /// @param id as [dev.weft.firewall.Nftables#generation] counts
    /// @param processId of the one who made them, in the namespace of the reader's processes
    /// @param process its name, of 15 bytes at most
    record Generation(int id, int processId, String process) implements RulesetEvent {
        @Override
        public String toString() {
            return process + " (" + processId + ")";
        }
    }

    /// Events were lost, as more came than were taken. What is known by now is out of date: read
    /// the ruleset again.
    record Lost() implements RulesetEvent {}

    /// An event that Weft has no name for.
    record Unknown(int type, Slice body) implements RulesetEvent {}

    /// Reads a message of the group `NFNLGRP_NFTABLES`.
    ///
    /// @throws MalformedMessageException when it is not what its type says
    static RulesetEvent decode(NetlinkMessage message) {
        for (Kind kind : Kind.values()) {
            if (message.type() == kind.create()) {
                return new Added(subject(kind, message.body()));
            }
            if (message.type() == kind.delete()) {
                return new Removed(subject(kind, message.body()));
            }
        }
        return message.type() == Kind.NEW_GENERATION
                ? generation(attributes(GenerationAttributes.TABLE, message.body()))
                : new Unknown(message.type(), message.body());
    }

    private static Attributes attributes(AttributeTable table, Slice body) {
        return Attributes.decode(table, body.from(NetfilterHeader.BYTES));
    }

    private static Generation generation(Attributes attributes) {
        return new Generation(
                attributes.orElse(GenerationAttributes.ID, 0),
                attributes.orElse(GenerationAttributes.PROCESS_ID, 0),
                attributes.orElse(GenerationAttributes.PROCESS_NAME, ""));
    }

    private static Subject subject(Kind kind, Slice body) {
        Family family = Family.of(body.u8(0));
        return switch (kind) {
            case TABLE ->
                    new Subject.Named(new Table(family, attributes(TableAttributes.TABLE, body)));
            case CHAIN ->
                    new Subject.Named(new Chain(family, attributes(ChainAttributes.TABLE, body)));
            case RULE ->
                    new Subject.OfChain(new Rule(family, attributes(RuleAttributes.TABLE, body)));
            case SET ->
                    new Subject.Named(new NftSet(family, attributes(SetAttributes.TABLE, body)));
            case ELEMENT -> elements(family, attributes(ListAttributes.TABLE, body));
            case OBJECT ->
                    new Subject.Named(
                            new NftObject(family, attributes(ObjectAttributes.TABLE, body)));
            case FLOWTABLE ->
                    new Subject.Named(
                            new Flowtable(family, attributes(FlowtableAttributes.TABLE, body)));
        };
    }

    private static Subject elements(Family family, Attributes list) {
        Attributes name =
                Attributes.build(
                        SetAttributes.TABLE,
                        writer ->
                                writer.put(
                                                SetAttributes.TABLE_NAME,
                                                list.orElse(ListAttributes.TABLE_NAME, ""))
                                        .put(
                                                SetAttributes.NAME,
                                                list.orElse(ListAttributes.SET, "")));
        return new Subject.OfSet(
                new NftSet(family, name),
                list.orElse(ListAttributes.ELEMENTS, List.of()).stream()
                        .map(Element::new)
                        .toList());
    }
}
