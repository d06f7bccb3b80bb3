/// The end of `./check`: reads what every tier left behind and says it in one table.
///
/// ```
///  */target/surefire-reports/TEST-*.xml ─┐
///  */target/failsafe-reports/TEST-*.xml ─┼─► TestReports ─┐
///  */target/vm-reports/*/TEST-*.xml ─────┘                ├─► Summary ─► text, exit code
///  lines "tier outcome name seconds reason" ─► Finding ───┤
///  expected-skips.txt ─► ExpectedSkips ───────────────────┘
/// ```
///
/// The lines come from the script itself: gates, and tiers that could not run at all.
@NullMarked
package dev.weft.testkit.report;

import org.jspecify.annotations.NullMarked;
