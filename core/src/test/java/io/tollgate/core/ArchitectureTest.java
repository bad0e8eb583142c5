package io.tollgate.core;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The import graph: which package may use which. A package that is not listed here may not exist. */
class ArchitectureTest {
    private static final String API = "io.tollgate.api";
    private static final String CORE = "io.tollgate.core";

    /** What each package of core uses of the others; the root package may use all, and every one may use the API. */
    private static final String[] ARROWS = {
        "operation ->",
        "number ->",
        "ingest -> operation",
        "file ->",
        "log -> file operation",
        "store -> file number operation",
        "window -> number store",
        "metric -> window number",
        "read -> store window metric number",
        "panel -> read window number",
        "watch -> read metric number",
        "directory -> file operation log store",
    };

    private static JavaClasses engine;

    @BeforeAll
    static void importClasses() {
        engine = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(API, CORE);
    }

    @Test
    void shouldLetTheApiDependOnTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(API + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API + "..", "java..")
                .check(engine);
    }

    @Test
    void shouldListEveryPackage() {
        final Stream<String> listed = Arrays.stream(ARROWS).map(arrow -> inCore(arrow.split(" ")[0]));
        classes()
                .should()
                .resideInAnyPackage(
                        Stream.concat(Stream.of(API + "..", CORE), listed).toArray(String[]::new))
                .check(engine);
    }

    @ParameterizedTest
    @FieldSource("ARROWS")
    void shouldFollowTheArrow(final String arrow) {
        final String from = arrow.split(" ")[0];
        final Stream<String> own = Arrays.stream(arrow.split(" "))
                .filter(name -> !name.equals("->"))
                .map(ArchitectureTest::inCore);
        final Stream<String> others = Stream.of("java..", "org.agrona..", "net.openhft..", "com.kenai..", API + "..");
        classes()
                .that()
                .resideInAPackage(inCore(from))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(own, others).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(engine);
    }

    @Test
    void shouldKeepChronicleBehindTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inCore("store"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.openhft..", "com.kenai..")
                .check(engine);
    }

    /** What cannot be told is not missing. The file system that tells of open files is on no disk. */
    @Test
    void shouldAskOneClassWhetherAFileIsThere() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inCore("file"))
                .and()
                .doNotHaveSimpleName("PosixCalls")
                .should()
                .accessTargetWhere(target(owner(type(Files.class)))
                        .and(target(nameMatching("exists|notExists|isDirectory|isRegularFile"))))
                .check(engine);
    }

    /** Others would meet an exception of its own where the disk refuses in the middle. */
    @Test
    void shouldReadDirectoriesInOneClass() {
        noClasses()
                .that()
                .doNotHaveSimpleName("FileTree")
                .should()
                .accessTargetWhere(
                        target(owner(type(Files.class))).and(target(nameMatching("newDirectoryStream|list|walk|find"))))
                .check(engine);
    }

    @Test
    void shouldHaveNoCycles() {
        slices().matching(CORE + ".(*)..").should().beFreeOfCycles().check(engine);
    }

    private static String inCore(final String name) {
        return CORE + "." + name + "..";
    }
}
