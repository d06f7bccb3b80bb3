package dev.weft.firewall.ipset;

import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.linux.KernelException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.Refusal;
import dev.weft.linux.netlink.Slice;
import java.util.List;
import java.util.Optional;

/// Entries to be added or deleted, as many in a message as an attribute holds. Each has its number;
/// the kernel stops at the first it refuses and sends back that number (`ip_set_ad` and `call_ad`
/// in `net/netfilter/ipset/ip_set_core.c`).
///
/// @param entries numbered from 1
record IpSetEntryBatch(
        IpSetCommand command, String operation, String name, List<Attributes> entries) {
    /// An attribute's limit, less the list's own head.
    private static final int MOST_BYTES = 0xffff - 64;

    /// The head of an entry, and its number.
    private static final int ENTRY_BYTES = 4 + 8;

    static IpSetEntryBatch of(
            IpSetCommand command, String operation, String name, List<IpSetEntry> entries) {
        return new IpSetEntryBatch(
                command,
                operation,
                name,
                entries.stream().map(IpSetEntry::attributes).map(IpSetAttributes::marked).toList());
    }

    /// One message after the other, so that nothing is done behind an entry that was refused.
    void send(IpSetExchange exchange) {
        for (int from = 0; from < entries.size(); from = end(from)) {
            NetlinkRequest request = request(exchange, from, end(from));
            Optional<Refusal> refusal = exchange.attempt(request);
            if (refusal.isPresent()) {
                throw explained(exchange, refusal.get());
            }
        }
    }

    private int end(int from) {
        int bytes = 0;
        int to = from;
        while (to < entries.size()) {
            bytes += entries.get(to).encoded().length() + ENTRY_BYTES;
            if (bytes > MOST_BYTES && to > from) {
                break;
            }
            to++;
        }
        return to;
    }

    private NetlinkRequest request(IpSetExchange exchange, int from, int to) {
        return exchange.request(
                command,
                writer ->
                        writer.put(IpSetAttributes.NAME, name)
                                .put(IpSetAttributes.LINE, from + 1L)
                                .nest(IpSetAttributes.ENTRIES, list -> encode(list, from, to)),
                operation,
                "entries of set " + name);
    }

    /// The kernel insists that each says that it holds others.
    private void encode(AttributeWriter list, int from, int to) {
        for (int i = from; i < to; i++) {
            Attributes entry = entries.get(i);
            long line = i + 1L;
            list.nest(
                    IpSetAttributes.OPTIONS,
                    writer -> writer.all(entry).put(IpSetEntryAttributes.LINE, line));
        }
    }

    private KernelException explained(IpSetExchange exchange, Refusal refusal) {
        Optional<IpSet> set = exchange.find(name);
        String object =
                line(refusal.returned())
                        .filter(line -> line >= 1 && line <= entries.size())
                        .map(line -> describe(line, set))
                        .orElse("entries of set " + name);
        return IpSetExchange.explained(refusal, set.map(found -> found.type().storage()), object);
    }

    private String describe(long line, Optional<IpSet> set) {
        IpSetEntry entry = new IpSetEntry(entries.get((int) line - 1));
        String text = set.map(found -> entry.text(found.type()) + " ").orElse("");
        String number =
                entries.size() == 1 ? "" : "(entry " + line + " of " + entries.size() + ") ";
        return text + number + "of set " + name;
    }

    private static Optional<Long> line(Slice returned) {
        try {
            return returned.isEmpty()
                    ? Optional.empty()
                    : Attributes.decode(IpSetAttributes.TABLE, returned.from(NetfilterHeader.BYTES))
                            .find(IpSetAttributes.LINE);
        } catch (MalformedMessageException notWhatWasSent) {
            return Optional.empty();
        }
    }
}
