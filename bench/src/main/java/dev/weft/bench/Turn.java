package dev.weft.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What both sides brought when they did their work one after the other.
///
/// @param <T> samples, or several kinds of them
record Turn<T>(T ours, T peer) {

    /// Lets both work so many times. They take turns at being first, so that neither always meets
    /// what the other left behind.
    static <T> List<Turn<T>> take(int count, Supplier<T> ours, Supplier<T> peer) {
        List<Turn<T>> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            turns.add(i % 2 == 0 ? oursFirst(ours, peer) : peerFirst(ours, peer));
        }
        return turns;
    }

    private static <T> Turn<T> oursFirst(Supplier<T> ours, Supplier<T> peer) {
        T first = ours.get();
        return new Turn<>(first, peer.get());
    }

    private static <T> Turn<T> peerFirst(Supplier<T> ours, Supplier<T> peer) {
        T first = peer.get();
        return new Turn<>(ours.get(), first);
    }

    /// The rounds of one kind of samples.
    static <T> List<Round> rounds(List<Turn<T>> turns, Function<T, Samples> kind) {
        return turns.stream()
                .map(turn -> new Round(kind.apply(turn.ours()), kind.apply(turn.peer())))
                .toList();
    }
}
