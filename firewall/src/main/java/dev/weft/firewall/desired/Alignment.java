package dev.weft.firewall.desired;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What two sequences have in common, in order: the longest such, found by Hunt and Szymanski's way
/// (1977), which takes as long as there are pairs of equal places.
///
/// What is equal at both ends is set aside first. Where the same values come so often that there
/// are too many pairs, the first of one side goes with the first of the other alone, the second
/// with the second, and so on; what is found then may be shorter than the longest.
final class Alignment {
    /// No partner.
    static final int NONE = -1;

    /// Bounds memory to some ten megabytes.
    private static final int MAX_PAIRS = 1 << 20;

    private final int[] left;
    private final int[] right;
    private final int[] partners;

    /// The places of `left` by value within the part that is searched, the last first.
    private final Map<Integer, int[]> places = new HashMap<>();

    /// Chains of pairs that rise on both sides: each pair with its predecessor.
    private int[] pairLeft = new int[64];

    private int[] pairRight = new int[64];
    private int[] before = new int[64];
    private int pairs;

    private Alignment(int[] left, int[] right) {
        this.left = left;
        this.right = right;
        partners = new int[right.length];
        Arrays.fill(partners, NONE);
    }

    /// For each place of `right` the place of `left` that it goes with, or [#NONE].
    static int[] of(int[] left, int[] right) {
        Alignment alignment = new Alignment(left, right);
        alignment.align();
        return alignment.partners;
    }

    private void align() {
        int least = Math.min(left.length, right.length);
        int head = 0;
        while (head < least && left[head] == right[head]) {
            partners[head] = head;
            head++;
        }
        int tail = 0;
        while (tail < least - head
                && left[left.length - 1 - tail] == right[right.length - 1 - tail]) {
            tail++;
            partners[right.length - tail] = left.length - tail;
        }
        search(head, left.length - tail, right.length - tail);
    }

    private void search(int from, int leftTo, int rightTo) {
        for (int i = leftTo - 1; i >= from; i--) {
            places.merge(left[i], new int[] {i}, Alignment::concat);
        }
        long all = 0;
        for (int i = from; i < rightTo; i++) {
            all += placesOf(i).length;
        }
        longest(from, rightTo, all > MAX_PAIRS);
    }

    private static int[] concat(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private int[] placesOf(int i) {
        return places.getOrDefault(right[i], new int[0]);
    }

    /// `ends[n]` is the pair that ends the chain of n + 1 pairs with the lowest place of `left`.
    private void longest(int from, int rightTo, boolean byTurn) {
        int[] ends = new int[Math.min(left.length, right.length)];
        int length = 0;
        Map<Integer, Integer> turns = new HashMap<>();
        for (int i = from; i < rightTo; i++) {
            int[] candidates = placesOf(i);
            if (byTurn) {
                int turn = turns.merge(right[i], 1, Integer::sum);
                int at = candidates.length - turn;
                candidates = at < 0 ? new int[0] : new int[] {candidates[at]};
            }
            for (int place : candidates) {
                int at = firstNotBelow(ends, length, place);
                add(place, i, at == 0 ? NONE : ends[at - 1]);
                ends[at] = pairs - 1;
                length = Math.max(length, at + 1);
            }
        }
        int pair = length == 0 ? NONE : ends[length - 1];
        while (pair != NONE) {
            partners[pairRight[pair]] = pairLeft[pair];
            pair = before[pair];
        }
    }

    private int firstNotBelow(int[] ends, int length, int place) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairLeft[ends[middle]] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void add(int leftPlace, int rightPlace, int predecessor) {
        if (pairs == before.length) {
            pairLeft = Arrays.copyOf(pairLeft, 2 * pairs);
            pairRight = Arrays.copyOf(pairRight, 2 * pairs);
            before = Arrays.copyOf(before, 2 * pairs);
        }
        pairLeft[pairs] = leftPlace;
        pairRight[pairs] = rightPlace;
        before[pairs] = predecessor;
        pairs++;
    }
}
