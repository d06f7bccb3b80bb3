package dev.weft.firewall.ipset;

import dev.weft.firewall.netfilter.NetfilterHeader;
import dev.weft.linux.Errno;
import dev.weft.linux.IpFamily;
import dev.weft.linux.KernelException;
import dev.weft.linux.MalformedMessageException;
import dev.weft.linux.netlink.AttributeWriter;
import dev.weft.linux.netlink.Attributes;
import dev.weft.linux.netlink.NetlinkMessage;
import dev.weft.linux.netlink.NetlinkRequest;
import dev.weft.linux.netlink.NetlinkSocket;
import dev.weft.linux.netlink.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Messages about sets, in the version of the protocol that both sides speak, and refusals in
/// ipset's words.
final class IpSetExchange implements AutoCloseable {
    /// The newest version that Weft speaks.
    private static final int NEWEST = 7;

    private static final long HEADERS_ONLY = 4;

    private final NetlinkSocket socket;
    private final int protocol;

    IpSetExchange(NetlinkSocket socket) {
        this.socket = socket;
        protocol = negotiate();
    }

    /// The kernel tells its newest and its oldest version.
    private int negotiate() {
        Attributes answer =
                attributes(
                        socket.single(
                                request(
                                        IpSetCommand.PROTOCOL,
                                        NEWEST,
                                        writer -> {},
                                        "use",
                                        "IP sets")));
        int kernels = answer.orElse(IpSetAttributes.PROTOCOL, 0);
        int oldest = answer.orElse(IpSetAttributes.OLDEST, kernels);
        if (oldest > NEWEST) {
            throw KernelException.explained(
                    Errno.EPROTONOSUPPORT.number(),
                    "use",
                    "IP sets",
                    "the kernel speaks versions " + oldest + " to " + kernels);
        }
        return Math.min(kernels, NEWEST);
    }

    int protocol() {
        return protocol;
    }

    /// A request that changes something or asks a question of yes and no.
    void change(
            IpSetCommand command,
            Consumer<AttributeWriter> content,
            String operation,
            String object) {
        NetlinkRequest request = request(command, protocol, content, operation, object);
        attempt(request)
                .ifPresent(refusal -> {
                    throw explained(refusal, storage(request));
                });
    }

    /// The first refusal of a request.
    Optional<Refusal> attempt(NetlinkRequest request) {
        return socket.attempt(List.of(request)).values().stream().findFirst();
    }

    NetlinkRequest request(
            IpSetCommand command,
            Consumer<AttributeWriter> content,
            String operation,
            String object) {
        return request(command, protocol, content, operation, object);
    }

    Attributes single(
            IpSetCommand command,
            Consumer<AttributeWriter> content,
            String operation,
            String object) {
        try {
            return attributes(
                    socket.single(request(command, protocol, content, operation, object)));
        } catch (KernelException failed) {
            throw explained(failed);
        }
    }

    private static NetlinkRequest request(
            IpSetCommand command,
            int protocol,
            Consumer<AttributeWriter> content,
            String operation,
            String object) {
        Attributes attributes =
                Attributes.build(
                        IpSetAttributes.TABLE,
                        writer -> content.accept(writer.put(IpSetAttributes.PROTOCOL, protocol)));
        return new NetlinkRequest(
                command.type(),
                command.flags(),
                NetfilterHeader.of(IpFamily.IPV4.number()),
                attributes,
                operation,
                object);
    }

    /// The storage of the set that a request is about, which decides what the kernel's numbers
    /// mean.
    Optional<IpSetType.Storage> storage(NetlinkRequest request) {
        return request.attributes()
                .find(IpSetAttributes.TYPE)
                .filter(name -> request.type() == IpSetCommand.CREATE.type())
                .or(() -> request.attributes().find(IpSetAttributes.NAME).flatMap(this::typeOf))
                .map(name -> new IpSetType(name).storage());
    }

    private Optional<String> typeOf(String name) {
        return find(name).map(set -> set.type().name());
    }

    /// A set without its entries, if it is there.
    Optional<IpSet> find(String name) {
        try {
            return headers(IpSets.named(name), "set " + name).stream().findFirst();
        } catch (KernelException failed) {
            if (failed.is(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    static KernelException explained(Refusal refusal, Optional<IpSetType.Storage> storage) {
        NetlinkRequest request = refusal.request();
        return explained(refusal, storage, request.object());
    }

    static KernelException explained(
            Refusal refusal, Optional<IpSetType.Storage> storage, String object) {
        String operation = refusal.request().operation();
        return words(refusal.errno(), storage)
                .map(words -> KernelException.explained(refusal.errno(), operation, object, words))
                .orElseGet(() ->
                        KernelException.of(refusal.errno(), operation, object, refusal.detail()));
    }

    private static KernelException explained(KernelException failed) {
        return words(failed.errno(), Optional.empty())
                .map(words ->
                        KernelException.explained(
                                failed.errno(), failed.operation(), failed.object(), words))
                .orElse(failed);
    }

    private static Optional<String> words(int errno, Optional<IpSetType.Storage> storage) {
        if (errno == Errno.ENOENT.number()) {
            return Optional.of("there is no set of that name");
        }
        return Arrays.stream(IpSetType.Storage.values())
                .filter(kind -> storage.isEmpty() || kind == storage.get())
                .flatMap(kind -> IpSetError.of(errno, kind).stream())
                .map(IpSetError::words)
                .findFirst();
    }

    List<IpSet> headers(Consumer<AttributeWriter> which, String object) {
        return dump(
                        which.andThen(writer -> writer.put(IpSetAttributes.FLAGS, HEADERS_ONLY)),
                        object)
                .stream()
                .map(IpSetContent::set)
                .toList();
    }

    List<IpSetContent> contents(Consumer<AttributeWriter> which, String object) {
        return dump(which, object);
    }

    /// A set comes in parts: the first has what it was made with, all have entries.
    private List<IpSetContent> dump(Consumer<AttributeWriter> which, String object) {
        NetlinkRequest request = request(IpSetCommand.LIST, protocol, which, "read", object);
        try {
            return assemble(socket.dump(request, IpSetExchange::attributes).consistentRows());
        } catch (KernelException failed) {
            throw explained(failed);
        }
    }

    static List<IpSetContent> assemble(List<Attributes> parts) {
        Map<String, IpSet> sets = new LinkedHashMap<>();
        Map<String, List<IpSetEntry>> entries = new LinkedHashMap<>();
        for (Attributes part : parts) {
            String name = required(part.find(IpSetAttributes.NAME), "name");
            if (part.has(IpSetAttributes.TYPE)) {
                sets.put(name, set(name, part));
            }
            List<IpSetEntry> ofSet = entries.computeIfAbsent(name, key -> new ArrayList<>());
            part.orElse(IpSetAttributes.ENTRIES, List.of())
                    .forEach(entry -> ofSet.add(new IpSetEntry(entry)));
        }
        return sets.values().stream()
                .map(set -> new IpSetContent(set, entries.getOrDefault(set.name(), List.of())))
                .toList();
    }

    private static IpSet set(String name, Attributes part) {
        return new IpSet(
                name,
                required(part.find(IpSetAttributes.TYPE).flatMap(IpSetType::tryParse), "type"),
                part.orElse(IpSetAttributes.REVISION, 0),
                part.orElse(IpSetAttributes.FAMILY, 0),
                part.orElse(IpSetAttributes.OPTIONS, Attributes.empty(IpSetOptions.TABLE)));
    }

    private static <T> T required(Optional<T> value, String what) {
        return value.orElseThrow(() -> new MalformedMessageException("a set has no " + what));
    }

    static Attributes attributes(NetlinkMessage message) {
        return Attributes.decode(IpSetAttributes.TABLE, message.body().from(NetfilterHeader.BYTES));
    }

    @Override
    public void close() {
        socket.close();
    }
}
