/// The plugins that give addresses: [HostLocal] out of ranges, [StaticAddresses] those it is told.
/// The third, `dhcp`, is in `dev.weft.ipam.dhcp.live`.
///
/// host-local keeps each lease as a file named after its address, in the layout and under the lock
/// of the reference implementation, so that both may serve one network, even at the same time. The
/// reference implementation reads every file for each ADD and DEL; here an index is kept, and
/// whether it is still right is told by the directory's time alone:
///
/// ```
///  Request --> HostLocalConfiguration --> Leases: lock, index up to date?
///                (RangeSet, AddressRange)    |
///                                            v
///                                         Allocation: the next free address of each range set
///                                            |
///                                            v
///                LeaseIndex  <--+-- LeaseFiles: one file made, with link(2)
///             (TakenAddresses)  |
///                               +-- LeaseLog: two lines, for processes to come
/// ```
///
/// The index finds an address; only making the file takes it. So an index that is wrong costs time,
/// never an address given twice. An operation that fails takes back what it took; one that is
/// killed is found out by the next, because it did not come to set the directory's time.
///
/// Containers end with their host, their leases' files do not: what the log knows from an earlier
/// boot of the machine is released when the directory is first used in a new one.
///
/// Every access to the disk goes through [Disk], which tests watch, count, and let fail.
///
/// Source: what the reference plugins host-local and static, 1.1.1, do and write.
@NullMarked
package dev.weft.ipam;

import org.jspecify.annotations.NullMarked;
