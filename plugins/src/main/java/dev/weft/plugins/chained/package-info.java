/// Plugins that change the interface that another one made: `tuning`, `bandwidth`, `sbr`, `vrf`.
///
/// ```
///  result of the plugins before --> interface --> record of what it had --> change
///                                                        |
///                            DEL: as it was  <-----------+
/// ```
@NullMarked
package dev.weft.plugins.chained;

import org.jspecify.annotations.NullMarked;
