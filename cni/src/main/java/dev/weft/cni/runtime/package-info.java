/// The runtime side of CNI: what containerd or Podman do with a network's configuration.
///
/// ```
///  NetworkDirectory --> NetworkList --> CniRuntime --> PluginInput --> PluginCaller --> plugin
///    files              plugins, in       |   ^         one object,      a program, or
///                       order             |   |         completed        one of this process
///                                         v   |
///                                      ResultCache                 <-- result, error
/// ```
///
/// A [NetworkList] is what a file says, with the plugins of files beside it. An operation calls
/// each of its plugins, forwards or backwards: ADD hands every one the result of the one before,
/// and keeps the last in the [ResultCache], for CHECK, DEL and GC.
///
/// What a user of libcni relies on is the same here: which file is chosen, what plugins are given,
/// the files of the cache, the words of errors. Different is what its users suffer from: an ADD
/// that fails deletes what it has added, a DEL goes on after a failure, files of the cache survive
/// a loss of power, GC keeps ADD and DEL away, and no plugin may last for ever.
///
/// Source: the CNI specification 1.1.0; the decisions where it and libcni differ are decision 9 of
/// the project.
@NullMarked
package dev.weft.cni.runtime;

import org.jspecify.annotations.NullMarked;
