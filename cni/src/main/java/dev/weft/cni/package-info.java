/// The container network interface (CNI): what runtimes and plugins say to each other.
///
/// A plugin is a function of a [Request]; whatever executes it, a process of its own or an agent
/// that serves many, goes through [PluginSkeleton], which knows the protocol's environment, errors
/// and output:
///
/// ```
///  CNI_* and standard input --> PluginSkeleton --> Request --> Plugin --> Result
///                                     |                                     |
///  exit code and output     <------ Reply  <--------------------------------+
/// ```
///
/// All versions of the specification from 0.1.0 to 1.1.0 are read and written. Inside there is one
/// [Result], as rich as the newest version; [ResultFormat] reads and writes the older ones.
///
/// [InstalledPlugins] tells which plugin a type stands for: one of this process, or a file that is
/// executed.
///
/// Configurations stay the JSON that they are, since plugins must pass on what they do not know;
/// [Fields] reads single keys out of them as the reference implementation would: letter case of
/// keys does not matter, a wrong type is an error.
///
/// Source: the CNI specification 1.1.0, and the behaviour of libcni where users depend on it.
@NullMarked
package dev.weft.cni;

import org.jspecify.annotations.NullMarked;
