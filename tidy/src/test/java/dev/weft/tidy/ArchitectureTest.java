package dev.weft.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Dependencies point one way, and the system is touched in few places.
final class ArchitectureTest {

    /// What a module may use beyond itself, the JDK and JSpecify. The list is exhaustive.
    record Allowed(String module, Set<String> modules, Set<String> libraries) {

        String[] packages() {
            return Stream.of(
                            Stream.of("java..", "javax..", "org.jspecify..", within(module)),
                            modules.stream().map(Allowed::within),
                            libraries.stream().map(library -> library + ".."))
                    .flatMap(packages -> packages)
                    .toArray(String[]::new);
        }

        static String within(String module) {
            return "dev.weft." + module + "..";
        }

        @Override
        public String toString() {
            return module;
        }
    }

    static final List<Allowed> ALLOWED =
            List.of(
                    new Allowed("linux", Set.of(), Set.of()),
                    new Allowed("wire", Set.of(), Set.of()),
                    new Allowed("firewall", Set.of("linux"), Set.of("com.google.gson")),
                    new Allowed("cni", Set.of("linux"), Set.of("com.google.gson")),
                    new Allowed("ipam", Set.of("cni", "linux", "wire"), Set.of("com.google.gson")),
                    new Allowed(
                            "plugins",
                            Set.of("cni", "ipam", "firewall", "linux"),
                            Set.of("com.google.gson")),
                    new Allowed(
                            "agent",
                            Set.of("cni", "ipam", "plugins", "firewall", "linux"),
                            Set.of(
                                    "com.google.gson",
                                    "org.slf4j",
                                    "ch.qos.logback",
                                    "io.prometheus.metrics")),
                    new Allowed(
                            "cli",
                            Set.of("linux", "wire", "firewall", "cni", "ipam", "plugins"),
                            Set.of("picocli", "com.google.gson", "org.jline")));

    /// Modules whose classes are not shipped: what they use is nobody's burden.
    private static final Set<String> NOT_SHIPPED = Set.of("testkit", "dist", "bench", "tidy");

    private static final Pattern SOCKETS =
            Pattern.compile(
                    "java\\.net\\.(Server|Datagram|Multicast)?Socket"
                            + "|java\\.nio\\.channels\\.(Server)?SocketChannel"
                            + "|java\\.nio\\.channels\\.DatagramChannel");

    private static final JavaClasses SHIPPED =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(
                            ALLOWED.stream()
                                    .map(allowed -> "dev.weft." + allowed.module())
                                    .toArray(String[]::new));

    @ParameterizedTest
    @FieldSource("ALLOWED")
    void module_usesOnlyWhatItMay(Allowed allowed) {
        classes()
                .that()
                .resideInAPackage(Allowed.within(allowed.module()))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed.packages()))
                .check(SHIPPED);
    }

    @Test
    void everyModule_hasItsRule() throws IOException {
        assertThat(
                        Pattern.compile("<module>(.*)</module>")
                                .matcher(Files.readString(Checkout.root().resolve("pom.xml")))
                                .results()
                                .map(module -> module.group(1))
                                .filter(module -> !NOT_SHIPPED.contains(module)))
                .containsExactlyInAnyOrderElementsOf(
                        ALLOWED.stream().map(Allowed::module).collect(toSet()));
    }

    /// The launcher builds the modules of its two programs and no others; it cannot ask Maven,
    /// which would fetch what the tests need.
    @Test
    void launcher_buildsWhatTheProgramsUse() throws IOException {
        Set<String> programs = Set.of("cli", "agent");
        assertThat(
                        Pattern.compile("(?m)^modules='(.*)'$")
                                .matcher(Files.readString(Checkout.root().resolve("weft")))
                                .results()
                                .flatMap(modules -> Stream.of(modules.group(1).split(" "))))
                .containsExactlyInAnyOrderElementsOf(
                        ALLOWED.stream()
                                .filter(allowed -> programs.contains(allowed.module()))
                                .flatMap(program ->
                                        Stream.concat(
                                                Stream.of(program.module()),
                                                program.modules().stream()))
                                .collect(toSet()));
    }

    /// Memory may be laid out elsewhere in `linux`; functions of the C library are called here
    /// only.
    @Test
    void nativeAccess_standsInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.weft.linux.sys")
                .should()
                .dependOnClassesThat(
                        describe(
                                "reach native code",
                                type ->
                                        Set.of("Linker", "SymbolLookup", "FunctionDescriptor")
                                                        .contains(type.getSimpleName())
                                                && type.getPackageName()
                                                        .equals("java.lang.foreign")))
                .orShould()
                .callMethod(System.class, "load", String.class)
                .orShould()
                .callMethod(System.class, "loadLibrary", String.class)
                .check(SHIPPED);
    }

    @Test
    void foreignMemory_staysInLinux() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.weft.linux..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(SHIPPED);
    }

    /// Programs are executed for two reasons, each in one class: no process with several threads
    /// can make a user namespace for an ordinary user; and some programs are themselves the
    /// interface that others rely on, `iptables`, `nft` for its files, and CNI plugins.
    @Test
    void processes_areStartedInTwoClasses() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.weft.linux.namespace.PrivateNamespaces")
                .and()
                .doNotHaveFullyQualifiedName("dev.weft.linux.process.Program")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .check(SHIPPED);
    }

    /// A socket belongs to the namespace it was opened in, so opening one is a matter of `linux`.
    @Test
    void socketsOfTheJdk_areOpenedInOneClass() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.weft.linux.namespace.NamespaceSockets")
                .should()
                .callCodeUnitWhere(
                        describe(
                                "open a socket",
                                call ->
                                        SOCKETS.matcher(call.getTargetOwner().getName()).matches()
                                                && Set.of("open", "<init>")
                                                        .contains(call.getTarget().getName())))
                .check(SHIPPED);
    }
}
