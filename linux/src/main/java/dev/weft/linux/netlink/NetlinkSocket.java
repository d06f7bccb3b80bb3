package dev.weft.linux.netlink;

import dev.weft.linux.Errno;
import dev.weft.linux.KernelException;
import dev.weft.linux.namespace.NetworkNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A netlink socket for requests: one exchange at a time, from any thread.
///
/// It belongs to the network namespace it was opened in, for ever. Answers are matched by sequence
/// number and port; anything else is dropped. Extended acknowledgements, capped ones and strict
/// checking are on wherever the kernel has them.
public final class NetlinkSocket implements AutoCloseable {
    /// How often an interrupted dump is begun again.
    static final int DUMP_ATTEMPTS = 10;

    /// A refused transaction of thousands is told by a few of its refusals.
    private static final int MAX_REFUSALS = 16;

    private final NetlinkChannel channel;
    private final ReentrantLock exchange = new ReentrantLock();
    private int sequence;

    private NetlinkSocket(NetlinkChannel channel) {
        this.channel = channel;
    }

    /// Opens a socket in the caller's namespace.
    public static NetlinkSocket open(NetlinkProtocol protocol) {
        return new NetlinkSocket(NetlinkChannel.open(protocol));
    }

    /// Opens a socket in a namespace.
    public static NetlinkSocket open(NetlinkProtocol protocol, NetworkNamespace namespace) {
        return namespace.open(() -> open(protocol));
    }

    /// Sends a request and waits until the kernel has carried it out.
    ///
    /// @return what it answered apart from the acknowledgement: nothing, the object asked for, or,
    ///   with [NetlinkFlags#ECHO], the object made
    /// @throws KernelException when the kernel refuses
    public List<NetlinkMessage> request(NetlinkRequest request) {
        return batch(List.of(request));
    }

    /// Sends a request that is answered by exactly one message.
    public NetlinkMessage single(NetlinkRequest request) {
        return first(request(request), request);
    }

    /// As [#single], without an acknowledgement besides, which spares a message. Only for questions
    /// that the kernel is known to answer or to refuse: it says nothing of a built-in queueing
    /// discipline, for example.
    public NetlinkMessage ask(NetlinkRequest request) {
        exchange.lock();
        try {
            return first(sendAll(List.of(request), 0, MAX_REFUSALS).answers(), request);
        } finally {
            exchange.unlock();
        }
    }

    /// As [#ask], about what need not be there: the refusal that says so is no exception, which
    /// would cost more than the question.
    ///
    /// @param absent what the kernel answers where it is not
    public Optional<NetlinkMessage> find(NetlinkRequest request, Errno absent) {
        exchange.lock();
        try {
            Collector answer = sendAll(List.of(request), 0, MAX_REFUSALS);
            Refusal refusal = answer.refusals.get(0);
            return refusal != null && refusal.is(absent)
                    ? Optional.empty()
                    : Optional.of(first(answer.answers(), request));
        } finally {
            exchange.unlock();
        }
    }

    private static NetlinkMessage first(List<NetlinkMessage> answers, NetlinkRequest request) {
        if (answers.isEmpty()) {
            throw KernelException.of(Errno.ENODATA.number(), request.operation(), request.object());
        }
        return answers.getFirst();
    }

    /// Sends requests in one system call, and waits until the kernel has carried them all out. The
    /// kernel does not undo the others when one of them fails.
    ///
    /// @return the answers apart from acknowledgements, in order
    /// @throws KernelException of the first that was refused; later ones are attached as suppressed
    public List<NetlinkMessage> batch(List<NetlinkRequest> requests) {
        exchange.lock();
        try {
            return sendAll(requests, NetlinkFlags.ACK, MAX_REFUSALS).answers();
        } finally {
            exchange.unlock();
        }
    }

    /// Sends requests in one system call, as [#batch], and tells which of them were refused instead
    /// of throwing: for many that do not depend on each other, of which some may come too late.
    ///
    /// @return the refusals by the index of their request; all others were carried out
    public Map<Integer, Refusal> attempt(List<NetlinkRequest> requests) {
        if (requests.isEmpty()) {
            return Map.of();
        }
        exchange.lock();
        try {
            channel.receiveRoomFor(requests.size());
            return sendAll(requests, NetlinkFlags.ACK, requests.size()).refusals;
        } finally {
            exchange.unlock();
        }
    }

    /// @param end what makes the kernel answer the last request: an acknowledgement, unless it is a
    ///   question
    private Collector sendAll(List<NetlinkRequest> requests, int end, int mostRefusals) {
        int first = sequence + 1;
        ByteWriter writer = new ByteWriter();
        for (int i = 0; i < requests.size(); i++) {
            boolean last = i == requests.size() - 1;
            requests.get(i).encode(writer, first + i, last ? end : 0);
        }
        sequence += requests.size();
        Collector collector = new Collector(first, requests, requests.size() - 1, mostRefusals);
        send(writer, requests.getFirst());
        while (!collector.complete(end)) {
            receive(requests.getLast()).forEach(collector::take);
        }
        return collector;
    }

    /// Sends requests between two messages that make one transaction of them, in one system call,
    /// and waits for its outcome: for nfnetlink batches, where either all of it is done or nothing.
    ///
    /// An acknowledgement is asked of the last request alone. The kernel answers in the order of
    /// the messages and only once it is through with all of them (`nfnl_err_deliver` in
    /// `net/netfilter/nfnetlink.c`), so that answer ends the exchange. When it refuses the
    /// transaction as a whole it answers the opening message, at times that one alone.
    ///
    /// @param opening its refusal is one of the whole transaction: no privilege, a stale generation
    /// @param requests at least one
    /// @return the answers apart from acknowledgements, in order
    /// @throws KernelException of the first that was refused; some later ones are attached as
    ///   suppressed. ENOBUFS when answers were lost and none of those received was a refusal: the
    ///   transaction may then have been carried out
    public List<NetlinkMessage> transaction(
            NetlinkRequest opening, List<NetlinkRequest> requests, NetlinkRequest closing) {
        List<NetlinkRequest> framed = new ArrayList<>(requests.size() + 2);
        framed.add(opening);
        framed.addAll(requests);
        framed.add(closing);
        exchange.lock();
        try {
            int first = sequence + 1;
            sequence += framed.size();
            ByteWriter writer =
                    new ByteWriter(framed.stream().mapToInt(NetlinkRequest::bytes).sum());
            int acknowledged = framed.size() - 2;
            for (int i = 0; i < framed.size(); i++) {
                framed.get(i).encode(writer, first + i, i == acknowledged ? NetlinkFlags.ACK : 0);
            }
            channel.receiveRoomFor(framed.size());
            Collector collector = new Collector(first, framed, acknowledged, MAX_REFUSALS);
            send(writer, opening);
            receiveOutcome(collector, opening);
            return collector.answers();
        } finally {
            exchange.unlock();
        }
    }

    /// Receives until the outcome is known, or, when answers were lost, until no more are waiting.
    private void receiveOutcome(Collector collector, NetlinkRequest opening) {
        while (!collector.decided()) {
            try {
                receive(opening).forEach(collector::take);
            } catch (KernelException lost) {
                if (!lost.is(Errno.ENOBUFS)) {
                    throw lost;
                }
                takeWaiting(collector, opening);
                collector.requireOutcome(lost);
                return;
            }
        }
    }

    private void takeWaiting(Collector collector, NetlinkRequest opening) {
        Optional<Slice> datagram = waiting(opening);
        while (datagram.isPresent()) {
            NetlinkMessage.decodeAll(datagram.get()).forEach(collector::take);
            datagram = waiting(opening);
        }
    }

    private Optional<Slice> waiting(NetlinkRequest request) {
        return channel.receiveWaiting(request.operation(), request.object());
    }

    /// Reads a whole table; begins again, a bounded number of times, when it changed meanwhile.
    ///
    /// @param decoder turns a message into a row
    public <T> Dump<T> dump(NetlinkRequest request, Function<NetlinkMessage, T> decoder) {
        exchange.lock();
        try {
            Dump<T> dump = dumpOnce(request, decoder);
            for (int i = 1; i < DUMP_ATTEMPTS && !dump.consistent(); i++) {
                dump = dumpOnce(request, decoder);
            }
            return dump;
        } finally {
            exchange.unlock();
        }
    }

    /// Decodes only at the end: a dump left half read would make the kernel refuse the next one
    /// with EBUSY.
    private <T> Dump<T> dumpOnce(NetlinkRequest request, Function<NetlinkMessage, T> decoder) {
        ByteWriter writer = new ByteWriter();
        sequence++;
        request.encode(writer, sequence, NetlinkFlags.DUMP);
        send(writer, request);
        List<NetlinkMessage> rows = new ArrayList<>();
        boolean consistent = true;
        while (true) {
            for (NetlinkMessage message : receive(request)) {
                if (!mine(message, sequence, 1)) {
                    continue;
                }
                consistent &= !message.has(NetlinkFlags.DUMP_INTERRUPTED);
                if (endsDump(message, request)) {
                    return new Dump<>(rows.stream().map(decoder).toList(), consistent);
                }
                rows.add(message);
            }
        }
    }

    private static boolean endsDump(NetlinkMessage message, NetlinkRequest request) {
        Optional<Refusal> refusal =
                switch (message.type()) {
                    case NetlinkMessage.DONE -> Refusal.ofDone(message, request);
                    case NetlinkMessage.ERROR -> Refusal.ofError(message, request);
                    default -> Optional.empty();
                };
        if (refusal.isPresent()) {
            throw refusal.get().exception();
        }
        return message.type() == NetlinkMessage.DONE || message.type() == NetlinkMessage.ERROR;
    }

    private void send(ByteWriter writer, NetlinkRequest request) {
        channel.send(writer, request.operation(), request.object());
    }

    private List<NetlinkMessage> receive(NetlinkRequest request) {
        return NetlinkMessage.decodeAll(channel.receive(request.operation(), request.object()));
    }

    private boolean mine(NetlinkMessage message, int first, int count) {
        int index = message.sequence() - first;
        return index >= 0 && index < count && message.portId() == channel.portId();
    }

    /// Gathers what comes back for a run of requests.
    private final class Collector {
        private final int first;
        private final List<NetlinkRequest> requests;
        private final int acknowledged;
        private final List<NetlinkMessage> answers = new ArrayList<>();
        private final int mostRefusals;
        private final Map<Integer, Refusal> refusals = new LinkedHashMap<>();
        private boolean lastAnswered;
        private boolean firstRefused;

        /// @param acknowledged index of the request that asks for an acknowledgement
        /// @param mostRefusals how many refusals to keep; the first ones
        Collector(int first, List<NetlinkRequest> requests, int acknowledged, int mostRefusals) {
            this.first = first;
            this.requests = requests;
            this.acknowledged = acknowledged;
            this.mostRefusals = mostRefusals;
        }

        void take(NetlinkMessage message) {
            if (!mine(message, first, requests.size())) {
                return;
            }
            if (message.type() == NetlinkMessage.ERROR) {
                takeOutcome(message, message.sequence() - first);
            } else {
                answers.add(message);
            }
        }

        private void takeOutcome(NetlinkMessage message, int index) {
            lastAnswered |= index == acknowledged;
            if (refusals.size() < mostRefusals) {
                Optional<Refusal> refusal = Refusal.ofError(message, requests.get(index));
                firstRefused |= index == 0 && refusal.isPresent();
                refusal.ifPresent(why -> refusals.put(index, why));
            }
        }

        /// Whether every request has been carried out, when the last one ends like this.
        boolean complete(int end) {
            return lastAnswered || (end == 0 && !answers.isEmpty());
        }

        /// Whether a transaction's outcome is known.
        boolean decided() {
            return lastAnswered || firstRefused;
        }

        void requireOutcome(KernelException lost) {
            if (refusals.isEmpty()) {
                throw lost;
            }
        }

        List<NetlinkMessage> answers() {
            if (refusals.isEmpty()) {
                return answers;
            }
            List<KernelException> inOrder =
                    refusals.values().stream().map(Refusal::exception).toList();
            KernelException failure = inOrder.getFirst();
            inOrder.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /// Waits for an exchange under way: its descriptor's number may belong to another file at once.
    @Override
    public void close() {
        exchange.lock();
        try {
            channel.close();
        } finally {
            exchange.unlock();
        }
    }
}
