package dev.weft.testkit.report;

import static java.util.Objects.requireNonNull;

import dev.weft.testkit.report.Finding.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads JUnit's XML reports, as Surefire, Failsafe and JUnit's own console launcher write them.
final class TestReports {

    private static final String VIRTUAL_MACHINE = "vm";

    /// Where they are in a module's `target`: the virtual machine's by the kernel.
    private static final List<String> REPORTS =
            List.of("surefire-reports", "failsafe-reports", "vm-reports/stock", "vm-reports/uml");

    private static final String LACK = "this kernel has no ";

    /// What a test's child element says about it; a test without such a child passed.
    private static final Map<String, Outcome> VERDICTS =
            Map.of(
                    "failure", Outcome.FAILED,
                    "error", Outcome.FAILED,
                    "skipped", Outcome.SKIPPED);

    private TestReports() {}

    /// The findings of all modules below `root`.
    ///
    /// @throws IOException when a report cannot be read or is no XML
    static List<Finding> read(Path root) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Path directory : glob(root, "*")) {
            for (String reports : REPORTS) {
                for (Path file : glob(directory.resolve("target", reports), "TEST-*.xml")) {
                    findings.addAll(readFile(file, reports.startsWith(VIRTUAL_MACHINE)));
                }
            }
        }
        return findings;
    }

    static List<Path> glob(Path directory, String pattern) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, pattern)) {
            paths.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }

    /// The tests of a report of Failsafe that this kernel could not run for want of something, as
    /// [dev.weft.testkit.KernelFeature] says it: the class and the method with its invocation, as
    /// in `dev.weft.linux.LinkKindsKernelIT create_readsBack(Case)[8]`.
    ///
    /// @throws IOException when the report cannot be read or is no XML
    static List<String> lacking(Path file) throws IOException {
        return tests(file)
                .filter(test ->
                        finding(test, false) instanceof Finding(_, var outcome, _, _, var reason)
                                && outcome == Outcome.SKIPPED
                                && reason.contains(LACK))
                .map(test -> test.getAttribute("classname") + " " + test.getAttribute("name"))
                .toList();
    }

    private static List<Finding> readFile(Path file, boolean inVirtualMachine) throws IOException {
        return tests(file).map(test -> finding(test, inVirtualMachine)).toList();
    }

    private static Stream<Element> tests(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The one that is there without being asked prints; this one only throws.
            builder.setErrorHandler(new DefaultHandler());
            Element suite = builder.parse(file.toFile()).getDocumentElement();
            return elements(suite, "testcase");
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("no report: " + file, e);
        }
    }

    private static Finding finding(Element test, boolean inVirtualMachine) {
        String type = test.getAttribute("classname");
        String name = type.substring(type.lastIndexOf('.') + 1) + "#" + test.getAttribute("name");
        String time = test.getAttribute("time").replace(",", "");
        double seconds = time.isEmpty() ? 0 : Double.parseDouble(time);
        String tier = inVirtualMachine ? VIRTUAL_MACHINE : tier(type);
        return elements(test, "*")
                .filter(child -> VERDICTS.containsKey(child.getTagName()))
                .findFirst()
                .map(it -> new Finding(tier, verdict(it), name, seconds, reason(it, type)))
                .orElseGet(() -> new Finding(tier, Outcome.PASSED, name, seconds, ""));
    }

    private static Outcome verdict(Element element) {
        return requireNonNull(VERDICTS.get(element.getTagName()));
    }

    /// The message, and the line of the test at which it failed.
    private static String reason(Element element, String type) {
        String trace = String.valueOf(element.getTextContent());
        if (!element.hasAttribute("message")) {
            return trace.lines().findFirst().orElse("");
        }
        String place =
                verdict(element) == Outcome.SKIPPED
                        ? ""
                        : trace.lines()
                                .filter(line -> line.contains("at " + type))
                                .findFirst()
                                .map(line -> line.substring(line.indexOf('(')) + " ")
                                .orElse("");
        return place + element.getAttribute("message");
    }

    private static Stream<Element> elements(Element parent, String name) {
        var nodes = parent.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    private static String tier(String type) {
        if (type.endsWith("KernelIT")) {
            return "kernel";
        }
        return type.endsWith("InteropIT") ? "interop" : "unit";
    }
}
