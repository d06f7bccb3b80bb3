/// `weft install-cni`: puts Weft's CNI plugins where container runtimes look for them, and takes
/// them away again.
///
/// ```
///   Delivery: weft-shim, weft-oneshot --Shim--> one file, program and trailer
///                                                 | PluginDirectory: keep, rename over
///                                                 v
///   /opt/cni/bin/  bridge  ptp  ...  .weft-replaced/bridge (what was there before)
///   /etc/cni/net.d/  10-weft.conflist  <--FirstNetwork
/// ```
///
/// A runtime may execute any of these files at any moment, and the machine may lose power at any
/// moment: every change of a name is one rename of a complete file that is on disk. A run that was
/// broken off leaves some names changed and others not, each of them working; repeating the command
/// completes it.
@NullMarked
package dev.weft.cli.cni;

import org.jspecify.annotations.NullMarked;
