package dev.weft.bench;

import java.util.Arrays;

/// Containers that were added, or deleted.
///
/// @param wall how long each took, from the start of its first plugin to the end of its last
/// @param eachNanoseconds from one to the next: with several callers less than one takes
/// @param cpuNanoseconds processor time of each: its plugins', their children's, and the agent's
///   meanwhile
record CniCalls(Samples wall, long eachNanoseconds, long cpuNanoseconds) {

    /// What the runtime answered.
    ///
    /// @param cpu of each container's processes
    /// @param all wall-clock time and the agent's processor time of all together
    static CniCalls of(long[] wall, long[] cpu, long[] all) {
        long processors = Arrays.stream(cpu).sum() + all[1];
        return new CniCalls(Samples.of(wall), all[0] / wall.length, processors / wall.length);
    }
}
