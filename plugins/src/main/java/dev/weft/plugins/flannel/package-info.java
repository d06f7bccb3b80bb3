/// `flannel`: what flanneld decided for the node, as the configuration of another plugin.
///
/// ```
///  subnet.env --> FlannelConfiguration --> delegate's ADD
///                        |
///                  FlannelRecord, FlannelFile --> delegate's DEL, CHECK, GC, STATUS
/// ```
///
/// What a delegate was told is kept until its DEL succeeded.
@NullMarked
package dev.weft.plugins.flannel;

import org.jspecify.annotations.NullMarked;
