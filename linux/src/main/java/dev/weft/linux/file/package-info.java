/// Files as the kernel sees them, where the JDK's view is not enough: locks that programs in other
/// languages honour, replacement that a kill cannot interrupt, and which file something is.
///
/// ```
///   FileLock        flock(2): one owner at a time, between processes and within one
///   DurableFile     new content under a temporary name, then renamed: old or new, never half
///   FileIdentity    device and inode: whether two paths or descriptors are the same file
///   PathDescriptor  a place held open without reading it, to be compared or passed on
///   BootId          which start of the machine this is: what was written before is stale
/// ```
///
/// Nothing is kept in memory between calls. Times of files need nothing here: the JDK reads and
/// sets them to the nanosecond.
@NullMarked
package dev.weft.linux.file;

import org.jspecify.annotations.NullMarked;
