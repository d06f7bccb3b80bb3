/// `weft cni`: attaches containers to CNI networks by hand, as `cnitool` does and with its
/// arguments and environment, and shows what there is.
///
/// ```
///   RuntimeOptions  where configurations, plugins and the cache are
///   NetnsOption     which container, which interface, with which arguments
///        |
///        v
///   AddCommand, DelCommand, CheckCommand --> CniRuntime --> plugins
///   GcCommand, StatusCommand, VersionCommand
///   ListCommand  --> NetworkDirectory, ResultCache
/// ```
@NullMarked
package dev.weft.cli.runtime;

import org.jspecify.annotations.NullMarked;
