package dev.weft.testkit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.report.Finding.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SummaryTest {

    private static final Finding PASS =
            new Finding("unit", Outcome.PASSED, "ArpTest#reads", 0.5, "");
    private static final Finding SKIP =
            new Finding("kernel", Outcome.SKIPPED, "VlanKernelIT#links", 0, "no 8021q");
    private static final Finding FAIL =
            new Finding("vm", Outcome.FAILED, "BootVmIT#boots", 1.25, "expected 1\nbut was 2");

    @Test
    void passesAndSkips_areGoodAndNameTheSkip() {
        Summary summary = new Summary(List.of(PASS, SKIP), List.of());
        assertThat(summary.isGood()).isTrue();
        assertThat(summary.lines())
                .contains("unit           1       0        0       0.5")
                .contains("kernel         0       0        1")
                .contains("  kernel VlanKernelIT#links: no 8021q")
                .last()
                .isEqualTo("1 passed, 0 failed, 1 skipped");
    }

    @Test
    void failure_isNotGoodAndIsNamedInOneLine() {
        Summary summary = new Summary(List.of(PASS, FAIL), List.of());
        assertThat(summary.isGood()).isFalse();
        assertThat(summary.lines()).contains("  vm BootVmIT#boots: expected 1 but was 2");
    }

    @Test
    void failures_areNamedLast() {
        Summary summary = new Summary(List.of(FAIL, SKIP), List.of());
        assertThat(summary.lines())
                .endsWith(
                        "  kernel VlanKernelIT#links: no 8021q",
                        "",
                        "Failed:",
                        "  vm BootVmIT#boots: expected 1 but was 2",
                        "",
                        "0 passed, 1 failed, 1 skipped");
    }

    @Test
    void failure_isNamedWithItsLine(@TempDir Path root) throws IOException {
        report(
                root,
                "failsafe-reports",
                "dev.weft.linux.LinkKernelIT",
                "<failure message='boom'>E: boom\n\tat java.A.b(A.java:1)\n"
                        + "\tat dev.weft.linux.LinkKernelIT.t(LinkKernelIT.java:7)</failure>");
        assertThat(TestReports.read(root))
                .singleElement()
                .extracting(Finding::reason)
                .isEqualTo("(LinkKernelIT.java:7) boom");
    }

    @Test
    void skipForWantOfTheKernel_isLackingByItsWholeName(@TempDir Path root) throws IOException {
        String type = "dev.weft.linux.LinkKernelIT";
        report(
                root,
                "failsafe-reports",
                type,
                "<skipped>E: this kernel has no link kind vrf</skipped>");
        report(root, "surefire-reports", type, "<skipped>E: an ordinary user may not</skipped>");
        Path target = root.resolve("module/target");
        assertThat(TestReports.lacking(target.resolve("failsafe-reports/TEST-" + type + ".xml")))
                .containsExactly(type + " t");
        assertThat(TestReports.lacking(target.resolve("surefire-reports/TEST-" + type + ".xml")))
                .isEmpty();
    }

    @Test
    void undeclaredSkip_failsAStrictCheck() {
        ExpectedSkips others = ExpectedSkips.parse(List.of("# tiers", "vm *  no machine in it"));
        assertThat(Summary.strict(List.of(SKIP), others).isGood()).isFalse();
    }

    @Test
    void declaredSkip_passesAStrictCheck() {
        ExpectedSkips vlan = ExpectedSkips.parse(List.of("kernel Vlan*#*  its kernel has none"));
        assertThat(Summary.strict(List.of(SKIP), vlan).isGood()).isTrue();
    }

    @Test
    void reportsOfEveryTier_areRead(@TempDir Path root) throws IOException {
        report(root, "surefire-reports", "dev.weft.wire.ArpTest", "");
        report(
                root,
                "failsafe-reports",
                "dev.weft.linux.LinkKernelIT",
                "<failure message='boom'/>");
        report(
                root,
                "failsafe-reports",
                "dev.weft.wire.PcapInteropIT",
                "<skipped message='no tshark'/>");
        report(root, "vm-reports/stock", "dev.weft.linux.CardVmIT", "");
        report(root, "vm-reports/uml", "dev.weft.linux.VlanKernelIT", "<skipped>late</skipped>");
        assertThat(TestReports.read(root))
                .containsExactlyInAnyOrder(
                        new Finding("unit", Outcome.PASSED, "ArpTest#t", 1.5, ""),
                        new Finding("kernel", Outcome.FAILED, "LinkKernelIT#t", 1.5, "boom"),
                        new Finding(
                                "interop", Outcome.SKIPPED, "PcapInteropIT#t", 1.5, "no tshark"),
                        new Finding("vm", Outcome.PASSED, "CardVmIT#t", 1.5, ""),
                        new Finding("vm", Outcome.SKIPPED, "VlanKernelIT#t", 1.5, "late"));
    }

    @Test
    void truncatedReport_isAnError(@TempDir Path root) throws IOException {
        Files.writeString(
                directory(root, "surefire-reports").resolve("TEST-a.xml"), "<testsuite><test");
        assertThatThrownBy(() -> TestReports.read(root)).isInstanceOf(IOException.class);
    }

    @Test
    void scriptsLine_isRead() {
        assertThat(Finding.parse("vm SKIPPED guest 0 no QEMU here"))
                .isEqualTo(new Finding("vm", Outcome.SKIPPED, "guest", 0, "no QEMU here"));
        assertThatThrownBy(() -> Finding.parse("vm SKIPPED"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void report(Path root, String reports, String type, String inside)
            throws IOException {
        Files.writeString(
                directory(root, reports).resolve("TEST-" + type + ".xml"),
                "<testsuite><testcase name='t' classname='%s' time='1.5'>%s</testcase></testsuite>"
                        .replaceFirst("%s", type)
                        .replaceFirst("%s", inside));
    }

    private static Path directory(Path root, String reports) throws IOException {
        return Files.createDirectories(root.resolve("module", "target", reports));
    }
}
