/// What plugins share that make an interface: whom they ask for addresses, how these are put on,
/// how an interface is looked at later, and what one has that is to come back.
///
/// ```
///  Ipam --Result--> ContainerAddresses --> interface --> DuplicateDetection
///                                              |
///                       InterfaceCheck  <------+------>  SavedAddressing, LinkTuning
/// ```
@NullMarked
package dev.weft.plugins.link;

import org.jspecify.annotations.NullMarked;
