/// `host-device`, `tap`, `dummy` and `loopback`: devices that stand on nothing.
///
/// ```
///  tap, dummy:    FreestandingConfiguration --> Freestanding --> InnerLink
///  host-device:   DeviceChoice --> DeviceLoan --> container
///                                     |               |
///                                SavedDevice <-- DeviceReturn
/// ```
///
/// A device of the host is marked before it moves, so that it is found wherever it is, and gets
/// back what it had.
@NullMarked
package dev.weft.plugins.device;

import org.jspecify.annotations.NullMarked;
