package dev.weft.firewall.ipset;

import dev.weft.linux.Errno;
import dev.weft.linux.InvalidRequestException;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkProtocol;
import dev.weft.linux.netlink.NetlinkSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The IP sets of one network namespace. From any thread, one exchange at a time.
///
/// Refusals are [KernelException]s in words; [IpSetError#of] names those that are ipset's own.
public final class IpSets implements AutoCloseable {
    private static final int MOST_NAME_BYTES = 31;

    private final IpSetExchange exchange;

    private IpSets(NetlinkSocket socket) {
        exchange = new IpSetExchange(socket);
    }

    /// The sets of a namespace.
    ///
    /// @throws KernelException when the kernel has no IP sets, or none that speaks as Weft does
    public static IpSets open(NetworkNamespace namespace) {
        return opened(NetlinkSocket.open(NetlinkProtocol.NETFILTER, namespace));
    }

    /// The sets of the caller's namespace, as [#open(NetworkNamespace)].
    public static IpSets open() {
        return opened(NetlinkSocket.open(NetlinkProtocol.NETFILTER));
    }

    private static IpSets opened(NetlinkSocket socket) {
        try {
            return new IpSets(socket);
        } catch (KernelException failed) {
            socket.close();
            throw failed;
        }
    }

    /// A name, if a set can have it.
    static String checked(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MOST_NAME_BYTES) {
            throw new InvalidRequestException(
                    "a set's name has 1 to 31 bytes, which '" + name + "' has not");
        }
        return name;
    }

    /// The version of the protocol that Weft and the kernel speak: 7, or 6 before Linux 4.20.
    public int protocol() {
        return exchange.protocol();
    }

    /// The newest revision of a type that the kernel has for a family.
    ///
    /// @param familyNumber 2, 10, or 0 for types without addresses
    /// @throws KernelException when it has none
    public int revision(IpSetType type, int familyNumber) {
        return exchange.single(
                        IpSetCommand.TYPE,
                        writer ->
                                writer.put(IpSetAttributes.TYPE, type.name())
                                        .put(IpSetAttributes.FAMILY, familyNumber),
                        "find",
                        "type of set " + type)
                .orElse(IpSetAttributes.REVISION, 0);
    }

    /// Makes a set that must not be there yet.
    ///
    /// @throws KernelException EEXIST when one has its name
    public void create(IpSetRequest request) {
        create(request, IpSetCommand.CREATE_NEW);
    }

    /// Makes a set, or keeps one of the same name, type and options.
    ///
    /// @throws KernelException EEXIST when one that differs has its name
    public void createIfAbsent(IpSetRequest request) {
        create(request, IpSetCommand.CREATE);
    }

    private void create(IpSetRequest request, IpSetCommand command) {
        int family = request.familyNumber();
        int revision = revision(request.type(), family);
        exchange.change(
                command,
                writer ->
                        writer.put(IpSetAttributes.NAME, request.name())
                                .put(IpSetAttributes.TYPE, request.type().name())
                                .put(IpSetAttributes.REVISION, revision)
                                .put(IpSetAttributes.FAMILY, family)
                                .put(IpSetAttributes.OPTIONS, request.options()),
                "create",
                request.toString());
    }

    /// Removes a set that no rule and no other set refers to.
    ///
    /// @return whether it was there
    /// @throws KernelException [IpSetError#IN_USE] when something refers to it
    public boolean destroy(String name) {
        try {
            exchange.change(IpSetCommand.DESTROY, named(name), "destroy", "set " + name);
            return true;
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return false;
            }
            throw failed;
        }
    }

    /// Removes all entries of a set.
    ///
    /// @throws KernelException ENOENT when there is no such set
    public void flush(String name) {
        exchange.change(IpSetCommand.FLUSH, named(name), "flush", "set " + name);
    }

    /// Gives a set another name.
    ///
    /// @throws KernelException [IpSetError#SECOND_NAME] when another set has it,
    ///   [IpSetError#REFERENCED] when something refers to the set
    public void rename(String name, String newName) {
        exchange.change(
                IpSetCommand.RENAME,
                pair(name, checked(newName)),
                "rename",
                "set " + name + " to " + newName);
    }

    /// Exchanges what two sets of the same type hold, at once for all who use them.
    ///
    /// @throws KernelException [IpSetError#TYPES_DIFFER], [IpSetError#SECOND_NAME] when there is no
    ///   second set
    public void swap(String name, String other) {
        exchange.change(
                IpSetCommand.SWAP, pair(name, other), "swap", "sets " + name + " and " + other);
    }

    private static Consumer<AttributeWriter> pair(String name, String other) {
        return named(name).andThen(writer -> writer.put(IpSetAttributes.TYPE, other));
    }

    static Consumer<AttributeWriter> named(String name) {
        return writer -> writer.put(IpSetAttributes.NAME, name);
    }

    /// All sets, without their entries.
    public List<IpSet> list() {
        return exchange.headers(writer -> {}, "sets");
    }

    /// A set without its entries, if it is there.
    public Optional<IpSet> find(String name) {
        return exchange.find(name);
    }

    /// A set with its entries.
    ///
    /// @throws KernelException ENOENT when there is no such set
    public IpSetContent read(String name) {
        List<IpSetContent> found = exchange.contents(named(name), "set " + name);
        if (found.isEmpty()) {
            throw KernelException.of(Errno.ENOENT.number(), "read", "set " + name);
        }
        return found.getFirst();
    }

    /// All sets with their entries. Those that entries are added to meanwhile may lack some.
    public List<IpSetContent> readAll() {
        return exchange.contents(writer -> {}, "sets");
    }

    /// Adds entries that must not be there yet, thousands in a message.
    ///
    /// @throws KernelException of the first that was refused, naming it: those before it were
    ///   added, those after it not
    public void add(String name, List<IpSetEntry> entries) {
        IpSetEntryBatch.of(IpSetCommand.ADD_NEW, "add", name, entries).send(exchange);
    }

    /// As [#add(String,List)], one.
    public void add(String name, IpSetEntry entry) {
        add(name, List.of(entry));
    }

    /// Adds entries; of those that are there, takes over timeout, counters and the like.
    ///
    /// @throws KernelException as [#add(String,List)]
    public void put(String name, List<IpSetEntry> entries) {
        IpSetEntryBatch.of(IpSetCommand.ADD, "add", name, entries).send(exchange);
    }

    /// As [#put(String,List)], one.
    public void put(String name, IpSetEntry entry) {
        put(name, List.of(entry));
    }

    /// Removes entries, whether or not they are there.
    ///
    /// @throws KernelException as [#add(String,List)]
    public void delete(String name, List<IpSetEntry> entries) {
        IpSetEntryBatch.of(IpSetCommand.DELETE, "delete", name, entries).send(exchange);
    }

    /// Removes an entry.
    ///
    /// @return whether it was there
    public boolean delete(String name, IpSetEntry entry) {
        try {
            IpSetEntryBatch.of(IpSetCommand.DELETE_PRESENT, "delete", name, List.of(entry))
                    .send(exchange);
            return true;
        } catch (KernelException failed) {
            return absent(failed);
        }
    }

    private static boolean absent(KernelException failed) {
        if (IpSetError.PRESENT_OR_ABSENT.is(failed.errno())) {
            return false;
        }
        throw failed;
    }

    /// Whether a packet with an entry's parts would match: for networks, also by one around it.
    ///
    /// @throws KernelException ENOENT when there is no such set
    public boolean test(String name, IpSetEntry entry) {
        Attributes bare = IpSetAttributes.marked(entry.bare().attributes());
        try {
            exchange.change(
                    IpSetCommand.TEST,
                    named(name)
                            .andThen(writer ->
                                    writer.nest(
                                            IpSetAttributes.OPTIONS, inside -> inside.all(bare))),
                    "test an entry of",
                    "set " + name);
            return true;
        } catch (KernelException failed) {
            return absent(failed);
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
