package dev.weft.bench;

/// A short time in which both sides did the same work.
record Round(Samples ours, Samples peer) {

    /// How much longer ours took; below 1 it was faster.
    double ratio() {
        return (double) ours.median() / peer.median();
    }
}
