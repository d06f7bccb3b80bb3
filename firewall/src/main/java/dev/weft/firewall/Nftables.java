package dev.weft.firewall;

import dev.weft.firewall.ElementAttributes.ListAttributes;
import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.firewall.value.Family;
import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.Attribute;
import dev.weft.linux.netlink.AttributeTable;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.Codecs;
import dev.weft.linux.netlink.NetlinkFlags;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// The ruleset of one network namespace. From any thread, one exchange at a time.
///
/// Keep it open: closing a socket after a deletion waits for the kernel's clean-up, ten
/// milliseconds and more.
public final class Nftables implements AutoCloseable {
    /// How often something guarded by the generation is begun again.
    static final int ATTEMPTS = 10;

    /// From where on a dump for each chain takes less time than one of all rules.
    private static final int MANY_RULES = 2_000;

    /// What is asked for at once, so that the answers fit into any socket's buffer.
    private static final int MOST_ANSWERS = 64;

    /// `NFNL_MSG_BATCH_BEGIN` and `NFNL_MSG_BATCH_END`.
    private static final int BATCH_BEGIN = 16;

    private static final int BATCH_END = 17;

    /// The subsystem, which a batch names in its header in network order.
    private static final int SUBSYSTEM_NUMBER = Kind.SUBSYSTEM >> 8;

    private static final AttributeTable BATCH = AttributeTable.named("batch");
    private static final Attribute<Integer> BATCH_GENERATION =
            BATCH.add(1, "NFNL_BATCH_GENID", Codecs.BE32);

    private static final NetlinkRequest BEGIN = begin(Attributes.empty(BATCH));
    private static final NetlinkRequest END =
            new NetlinkRequest(
                    BATCH_END,
                    0,
                    NetfilterHeader.of(0, SUBSYSTEM_NUMBER),
                    Attributes.empty(BATCH),
                    "change",
                    "the ruleset");

    private final NetlinkSocket socket;

    private Nftables(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The ruleset of a namespace.
    public static Nftables open(NetworkNamespace namespace) {
        return new Nftables(NetlinkSocket.open(NetlinkProtocol.NETFILTER, namespace));
    }

    /// The ruleset of the caller's namespace.
    public static Nftables open() {
        return new Nftables(NetlinkSocket.open(NetlinkProtocol.NETFILTER));
    }

    private static NetlinkRequest begin(Attributes attributes) {
        return new NetlinkRequest(
                BATCH_BEGIN,
                0,
                NetfilterHeader.of(0, SUBSYSTEM_NUMBER),
                attributes,
                "change",
                "the ruleset");
    }

    /// Makes all changes of a batch, or none.
    ///
    /// @throws KernelException of the first change that was refused, naming it; nothing is changed
    public void apply(Batch batch) {
        exchange(BEGIN, batch, 0);
    }

    /// As [#apply], telling the rules as the kernel made them, with their handles.
    public List<Rule> applyAndTell(Batch batch) {
        return exchange(BEGIN, batch, NetlinkFlags.ECHO).stream()
                .filter(message -> message.type() == Kind.RULE.create())
                .map(message -> decode(message, RuleAttributes.TABLE, Rule::new))
                .toList();
    }

    /// Plans a batch after what it reads here and makes its changes, if nobody changed the ruleset
    /// meanwhile; otherwise plans anew, a bounded number of times.
    ///
    /// @param plan is called at least once, and again after each foreign change
    /// @throws KernelException ERESTART when others kept changing the ruleset
    public void apply(Supplier<Batch> plan) {
        for (int i = 1; ; i++) {
            int generation = generation();
            Batch batch = plan.get();
            try {
                exchange(
                        begin(
                                Attributes.build(
                                        BATCH, writer -> writer.put(BATCH_GENERATION, generation))),
                        batch,
                        0);
                return;
            } catch (KernelException failed) {
                if (!failed.is(Errno.ERESTART) || i == ATTEMPTS) {
                    throw failed;
                }
            }
        }
    }

    private List<NetlinkMessage> exchange(NetlinkRequest begin, Batch batch, int flags) {
        if (batch.isEmpty()) {
            return List.of();
        }
        try {
            return socket.transaction(begin, batch.placed(flags), END);
        } catch (KernelException refused) {
            throw Refusals.named(refused, batch);
        }
    }

    /// A number that every change of the namespace's ruleset moves on.
    public int generation() {
        NetlinkMessage answer =
                socket.ask(
                        get(
                                Kind.GET_GENERATION,
                                0,
                                Attributes.empty(GenerationAttributes.TABLE),
                                "generation"));
        return attributes(answer, GenerationAttributes.TABLE).orElse(GenerationAttributes.ID, 0);
    }

    /// Everything that a reading of several dumps found, when nothing changed between them; reads
    /// again otherwise, a bounded number of times.
    ///
    /// @throws KernelException EINTR when it kept changing
    public <T> T consistent(Supplier<T> reading) {
        for (int i = 0; i < ATTEMPTS; i++) {
            int before = generation();
            T found = reading.get();
            if (generation() == before) {
                return found;
            }
        }
        throw KernelException.of(Errno.EINTR.number(), "read", "a ruleset that keeps changing");
    }

    /// All tables of all families.
    public List<Table> tables() {
        return all(Kind.TABLE, TableAttributes.TABLE, Table::new);
    }

    /// The chains of a table.
    public List<Chain> chains(Table table) {
        return dump(
                        Kind.CHAIN,
                        table.family().number(),
                        Attributes.empty(ChainAttributes.TABLE),
                        Chain::new)
                .stream()
                .filter(chain -> chain.table().equals(table.name()))
                .toList();
    }

    /// The rules of a table, chain by chain, in order.
    public List<Rule> rules(Table table) {
        return ofTable(
                Kind.RULE, RuleAttributes.TABLE_NAME, RuleAttributes.TABLE, table, Rule::new);
    }

    /// The rules of a chain, in order.
    public List<Rule> rules(Chain chain) {
        Attributes filter =
                Attributes.build(
                        RuleAttributes.TABLE,
                        writer ->
                                writer.put(RuleAttributes.TABLE_NAME, chain.table())
                                        .put(RuleAttributes.CHAIN, chain.name()));
        return dump(Kind.RULE, chain.family().number(), filter, Rule::new);
    }

    /// The sets and maps of a table, those that belong to one rule among them.
    public List<NftSet> sets(Table table) {
        return ofTable(Kind.SET, SetAttributes.TABLE_NAME, SetAttributes.TABLE, table, NftSet::new);
    }

    /// The counters, quotas and other named objects of a table.
    public List<NftObject> objects(Table table) {
        return ofTable(
                Kind.OBJECT,
                ObjectAttributes.TABLE_NAME,
                ObjectAttributes.TABLE,
                table,
                NftObject::new);
    }

    /// The flowtables of a table.
    public List<Flowtable> flowtables(Table table) {
        return ofTable(
                Kind.FLOWTABLE,
                FlowtableAttributes.TABLE_NAME,
                FlowtableAttributes.TABLE,
                table,
                Flowtable::new);
    }

    /// An object as it is, which begins anew at once: a counter at nothing, a quota unused.
    ///
    /// @throws KernelException ENOENT when it is not there
    public NftObject reset(NftObject object) {
        NetlinkRequest request =
                new NetlinkRequest(
                        Kind.RESET_OBJECT,
                        0,
                        NetfilterHeader.of(object.family().number()),
                        object.identity(),
                        "reset",
                        object.toString());
        return decode(socket.ask(request), ObjectAttributes.TABLE, NftObject::new);
    }

    /// The elements of a set or map, each once. Those that expire while it is read may take others
    /// with them.
    ///
    /// @throws KernelException EINTR when the kernel kept reordering them
    public List<Element> elements(NftSet set) {
        Attributes filter =
                Attributes.build(
                        ListAttributes.TABLE,
                        writer ->
                                writer.put(ListAttributes.TABLE_NAME, set.table())
                                        .put(ListAttributes.SET, set.name()));
        return SetDump.read(
                set, () -> dump(Kind.ELEMENT, set.family().number(), filter, Nftables::elementsOf));
    }

    /// Those of some elements that a set or map has, as it has them. What that takes does not
    /// depend on how many others there are.
    ///
    /// @param keys of single keys, not of intervals
    /// @return nothing of a set that is not there
    public List<Element> find(NftSet set, List<Element> keys) {
        List<Element> found = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += MOST_ANSWERS) {
            List<Element> some = keys.subList(from, Math.min(from + MOST_ANSWERS, keys.size()));
            Optional<List<Element>> all = lookUp(set, some);
            if (all.isPresent()) {
                found.addAll(all.get());
            } else if (some.size() > 1) {
                some.forEach(key -> lookUp(set, List.of(key)).ifPresent(found::addAll));
            }
        }
        return found;
    }

    /// Nothing when one of them is not there.
    private Optional<List<Element>> lookUp(NftSet set, List<Element> keys) {
        List<Attributes> wanted = keys.stream().map(key -> key.identity().attributes()).toList();
        Attributes list =
                Attributes.build(
                        ListAttributes.TABLE,
                        writer ->
                                writer.put(ListAttributes.TABLE_NAME, set.table())
                                        .put(ListAttributes.SET, set.name())
                                        .put(ListAttributes.ELEMENTS, wanted));
        return ifThere(() ->
                socket
                        .request(get(Kind.ELEMENT.get(), set.family().number(), list, "elements"))
                        .stream()
                        .flatMap(message ->
                                decode(message, ListAttributes.TABLE, Nftables::elementsOf)
                                        .stream())
                        .toList());
    }

    /// A chain as it is, if it is there.
    public Optional<Chain> find(Chain chain) {
        return ifThere(() -> decode(one(chain), ChainAttributes.TABLE, Chain::new));
    }

    /// A named object as it is, with how many refer to it, if it is there.
    public Optional<NftObject> find(NftObject object) {
        return ifThere(() -> decode(one(object), ObjectAttributes.TABLE, NftObject::new));
    }

    /// A table as it is, if it is there.
    public Optional<Table> find(Table table) {
        return ifThere(() -> only(table));
    }

    private static <T> Optional<T> ifThere(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static List<Element> elementsOf(Family family, Attributes list) {
        return list.orElse(ListAttributes.ELEMENTS, List.of()).stream().map(Element::new).toList();
    }

    /// One table with everything in it, of one generation.
    ///
    /// @throws KernelException ENOENT when it is not there
    public TableContent read(Table table) {
        return consistent(() -> {
            List<Chain> chains = chains(table);
            return new Contents(
                            List.of(only(table)),
                            chains,
                            rules(chains, () -> rules(table)),
                            sets(table),
                            objects(table),
                            flowtables(table))
                    .assemble(this::elements)
                    .getFirst();
        });
    }

    /// All tables of all families with everything in them, of one generation. What it costs is one
    /// dump for each kind of object, however many tables there are, one for each set, and in a
    /// large ruleset one for each chain with rules.
    public List<TableContent> read() {
        return consistent(() -> {
            List<Chain> chains = all(Kind.CHAIN, ChainAttributes.TABLE, Chain::new);
            return new Contents(
                            tables(),
                            chains,
                            rules(chains, () -> all(Kind.RULE, RuleAttributes.TABLE, Rule::new)),
                            all(Kind.SET, SetAttributes.TABLE, NftSet::new),
                            all(Kind.OBJECT, ObjectAttributes.TABLE, NftObject::new),
                            all(Kind.FLOWTABLE, FlowtableAttributes.TABLE, Flowtable::new))
                    .assemble(this::elements);
        });
    }

    /// The rules of chains. For each message of a dump of all of them, some eighty rules, the
    /// kernel goes through all rules from the first one on (`nf_tables_dump_rules`), so many are
    /// read quicker chain by chain.
    private List<Rule> rules(List<Chain> chains, Supplier<List<Rule>> all) {
        return chains.stream().mapToInt(Chain::uses).sum() < MANY_RULES
                ? all.get()
                : chains.stream()
                        .filter(chain -> chain.uses() > 0)
                        .flatMap(chain -> rules(chain).stream())
                        .toList();
    }

    private Table only(Table table) {
        return decode(one(table), TableAttributes.TABLE, Table::new);
    }

    private NetlinkMessage one(FirewallObject object) {
        NetlinkRequest request =
                new NetlinkRequest(
                        object.kind().get(),
                        0,
                        NetfilterHeader.of(object.family().number()),
                        object.identity(),
                        "read",
                        object.toString());
        return socket.ask(request);
    }

    private <T> List<T> all(
            Kind kind, AttributeTable attributes, BiFunction<Family, Attributes, T> row) {
        return dump(kind, 0, Attributes.empty(attributes), row);
    }

    private <T> List<T> ofTable(
            Kind kind,
            Attribute<String> name,
            AttributeTable attributes,
            Table table,
            BiFunction<Family, Attributes, T> row) {
        Attributes filter = Attributes.build(attributes, writer -> writer.put(name, table.name()));
        return dump(kind, table.family().number(), filter, row);
    }

    private <T> List<T> dump(
            Kind kind, int family, Attributes filter, BiFunction<Family, Attributes, T> row) {
        String object = kind.name().toLowerCase(Locale.ROOT) + "s";
        return socket.dump(
                        get(kind.get(), family, filter, object),
                        message -> decode(message, filter.table(), row))
                .consistentRows();
    }

    private static NetlinkRequest get(int type, int family, Attributes attributes, String object) {
        return new NetlinkRequest(
                type, 0, NetfilterHeader.of(family), attributes, "read", "nftables " + object);
    }

    private static <T> T decode(
            NetlinkMessage message, AttributeTable table, BiFunction<Family, Attributes, T> row) {
        return row.apply(Family.of(message.body().u8(0)), attributes(message, table));
    }

    private static Attributes attributes(NetlinkMessage message, AttributeTable table) {
        return Attributes.decode(table, message.body().from(NetfilterHeader.BYTES));
    }

    @Override
    public void close() {
        socket.close();
    }
}
