package dev.weft.bench;

/// Containers that were added and deleted.
///
/// @param afterwardsNanoseconds processor time of each container after its deletion was answered
record CniRound(CniCalls added, CniCalls deleted, long afterwardsNanoseconds) {

    Samples addedWall() {
        return added.wall();
    }

    Samples deletedWall() {
        return deleted.wall();
    }

    /// From one addition to the next.
    Samples addedEach() {
        return Samples.of(added.eachNanoseconds());
    }

    /// From one deletion to the next.
    Samples deletedEach() {
        return Samples.of(deleted.eachNanoseconds());
    }

    /// Processor time of an addition.
    Samples addedCpu() {
        return Samples.of(added.cpuNanoseconds());
    }

    /// Processor time of a container's whole life.
    Samples wholeCpu() {
        return Samples.of(
                added.cpuNanoseconds() + deleted.cpuNanoseconds() + afterwardsNanoseconds);
    }
}
