package io.tollgate.core;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dependencies of packages and types, and their sizes. A package without an arrow fails the test. */
class ArchitectureTest {
    private static final String API = "io.tollgate.api";
    private static final String CORE = "io.tollgate.core";
    private static final int MAX_TYPES_OF_A_PACKAGE = 35;
    private static final int MAX_TYPES_OF_THE_ROOT = 8;
    private static final int MAX_TYPES_OF_A_CYCLE = 5;

    /** The packages of core that programs may use; all others are internal. */
    private static final Set<String> OPEN = Set.of("core", "core.config", "core.directory", "core.report", "core.file");

    /** The packages of the API that its module does not export. */
    private static final Set<String> HIDDEN = Set.of("api.text");

    /**
     * The packages of its own module that each package uses. Every package may use the API and the open packages of
     * core.
     */
    private static final Map<String, Set<String>> ARROWS = arrows("""
            api -> api.admin api.group api.panel api.read api.series api.watch
            api.admin -> api.text
            api.group -> api.series api.text
            api.licence -> api api.read api.series
            api.measure -> api api.series
            api.pair -> api.series api.text
            api.panel -> api.group api.series
            api.read -> api.pair api.series api.text
            api.series -> api.text
            api.text ->
            api.watch -> api.group api.pair api.panel api.read api.series
            core -> core.agent core.config core.control core.file core.ingest core.open core.read
                    core.report core.store core.store.chronicle core.timeline core.writer
            core.admit -> core.apply core.event core.ingest core.log core.manifest core.open core.operation
                    core.store core.store.block core.store.registration core.store.tree core.watch
                    core.window
            core.agent -> core.config core.file core.watch
            core.apply -> core.config core.file core.group core.number core.operation core.read
                    core.store core.store.block core.store.registration core.store.seal
                    core.store.tree core.watch core.window
            core.config -> core.file core.watch
            core.control -> core.admit core.agent core.apply core.config core.define core.directory
                    core.event core.file core.group core.image core.ingest core.log core.manifest core.open
                    core.operation core.panel core.read core.store core.store.seal core.timeline core.watch
                    core.writer
            core.define -> core.admit core.apply core.config core.group core.image core.operation core.read
                    core.store core.store.block core.store.registration core.store.tree core.watch
            core.directory -> core.config core.file core.image core.log core.manifest core.open core.panel
                    core.read core.report core.store core.store.block core.store.chronicle
                    core.store.memory core.store.registration core.store.seal core.store.tree
            core.event ->
            core.file ->
            core.group -> core.number core.read
            core.image -> core.operation core.store core.store.block core.store.registration
                    core.store.tree core.watch
            core.ingest -> core.config core.event core.operation
            core.log -> core.event core.file core.operation
            core.manifest -> core.file core.log core.operation core.report core.store.memory
                    core.store.seal
            core.metric -> core.number core.window
            core.memory ->
            core.number -> core.memory
            core.open -> core.apply core.config core.event core.file core.log core.manifest core.operation
                    core.report core.store core.store.block core.store.chronicle core.store.memory
                    core.store.seal core.watch
            core.operation ->
            core.panel -> core.group core.number core.read core.window
            core.read -> core.metric core.number core.store core.store.block core.store.tree
                    core.window
            core.report -> core.log core.store.block core.store.chain core.store.memory
            core.store -> core.file core.store.block core.store.chain core.store.memory
                    core.store.registration core.store.seal
            core.store.block -> core.file core.memory core.number core.store.chain core.store.memory
            core.store.chain -> core.event core.file core.store.chronicle core.store.memory
            core.store.chronicle ->
            core.store.memory -> core.file
            core.store.registration -> core.operation core.store.block
            core.store.seal -> core.file core.operation core.store.block core.store.chain
                    core.store.memory
            core.store.tree -> core.number core.store.block
            core.timeline -> core.number core.panel core.read core.watch core.window
            core.watch -> core.metric core.number core.read
            core.window -> core.memory core.number core.store.block core.store.registration core.store.tree
            core.writer -> core.admit core.agent core.apply core.config core.define core.event core.file
                    core.group core.image core.ingest core.log core.manifest core.open core.operation
                    core.store core.store.memory core.timeline core.watch
            data -> data.arrow data.table data.text
            data.arrow -> data.table data.text
            data.table ->
            data.text -> data.table
            duckdb ->
            examples -> examples.csv examples.data examples.directory examples.impact examples.latency
                    examples.panel examples.points examples.replay examples.stat
                    examples.terminal
            examples.csv -> examples.file
            examples.data -> examples.csv examples.file examples.points examples.terminal
            examples.directory -> examples.csv examples.terminal
            examples.file ->
            examples.heap -> examples.workload
            examples.impact -> examples.file examples.impact.chapter examples.impact.data
                    examples.impact.finding examples.impact.source examples.report
                    examples.report.model examples.terminal
            examples.impact.chapter -> examples.impact.data examples.impact.finding
                    examples.impact.source examples.report.model
            examples.impact.data -> examples.impact.finding examples.impact.source
            examples.impact.finding -> examples.impact.source examples.report.model
            examples.impact.source ->
            examples.latency -> examples.heap examples.points examples.report examples.report.model
                    examples.terminal examples.workload
            examples.panel -> examples.points
            examples.points -> examples.csv examples.file examples.terminal
            examples.replay -> examples.points
            examples.report -> examples.file examples.report.model examples.report.paint
                    examples.terminal
            examples.report.model ->
            examples.report.paint -> examples.file examples.report.model
            examples.stat -> examples.csv examples.points examples.terminal
            examples.terminal ->
            examples.workload ->
            bench -> bench.charts bench.guard bench.peers bench.scale bench.targets bench.transfer
            bench.charts ->
            bench.guard -> bench.internal bench.machine bench.pair bench.suite
            bench.internal -> bench.suite
            bench.machine ->
            bench.pair -> bench.suite
            bench.peers -> bench.machine
            bench.scale -> bench.machine
            bench.suite -> bench.machine
            bench.targets -> bench.machine bench.pair bench.suite
            bench.transfer -> bench.machine
            """);

    /** A call on a part of a part of a part: {@code a.b().c().d(}, except for methods of collections and optionals. */
    private static final Pattern REACH_THROUGH =
            Pattern.compile("\\b[a-z]\\w*(?:\\.(?!stream\\b|get\\b)\\w+\\(\\)){2}\\.(?!orElse|isEmpty)\\w+\\(");

    private static JavaClasses engine;
    private static SourceGraph sources;

    @BeforeAll
    static void importClasses() throws IOException {
        engine = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(API, CORE);
        sources = SourceGraph.read(Path.of(".."));
    }

    /** Reads consecutive arrows {@code from -> to to}, regardless of line breaks. */
    private static Map<String, Set<String>> arrows(final String text) {
        final Map<String, Set<String>> arrows = new TreeMap<>();
        final String[] words = text.strip().split("\\s+");
        Set<String> targets = Set.of();
        for (int i = 0; i < words.length; i++) {
            if (i + 1 < words.length && words[i + 1].equals("->")) {
                targets = new TreeSet<>();
                arrows.put(words[i++], targets);
            } else {
                targets.add(words[i]);
            }
        }
        return arrows;
    }

    @Test
    void shouldLetTheApiDependOnTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage(API + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(API + "..", "java..", "org.jspecify..")
                .check(engine);
    }

    @Test
    void shouldHaveAnArrowForEveryPackage() {
        assertEquals(ARROWS.keySet(), sources.packages().keySet());
    }

    @Test
    void shouldFollowTheArrows() {
        final List<String> wrong = new ArrayList<>();
        sources.packages()
                .forEach((from, used) -> used.stream()
                        .filter(to -> moduleOf(to).equals(moduleOf(from)))
                        .filter(to -> !ARROWS.getOrDefault(from, Set.of()).contains(to))
                        .forEach(to -> wrong.add(from + " -> " + to)));
        assertEquals(List.of(), wrong);
    }

    @Test
    void shouldNeedEveryArrow() {
        final List<String> unused = new ArrayList<>();
        ARROWS.forEach((from, used) -> used.stream()
                .filter(to -> !sources.packages().getOrDefault(from, Set.of()).contains(to))
                .forEach(to -> unused.add(from + " -> " + to)));
        assertEquals(List.of(), unused);
    }

    @Test
    void shouldHaveNoCycleOfPackages() {
        assertEquals(List.of(), sources.cyclesOfPackages());
    }

    @Test
    void shouldHaveNoLargeCycleOfTypes() {
        assertEquals(List.of(), sources.cyclesOfTypes(MAX_TYPES_OF_A_CYCLE));
    }

    @Test
    void shouldHaveNoLargePackage() {
        final Map<String, Long> large = new TreeMap<>(sources.sizes());
        large.values().removeIf(size -> size <= MAX_TYPES_OF_A_PACKAGE);
        assertEquals(Map.of(), large);
        assertTrue(
                sources.sizes().get("core") <= MAX_TYPES_OF_THE_ROOT,
                "core has " + sources.sizes().get("core"));
    }

    @Test
    void shouldLetProgramsUseWhatIsOpenOnly() {
        assertEquals(
                List.of(),
                sources.usesOf(
                        from -> !moduleOf(from).equals("core")
                                && !moduleOf(from).equals("api")
                                && !from.equals("bench.internal"),
                        ArchitectureTest::isInternal));
    }

    @Test
    void shouldShowProgramsNoInternalType() {
        final List<String> shown = new ArrayList<>();
        for (final Class<?> type : List.of(TollgateEngine.class, EngineContext.class)) {
            for (final Method method : type.getMethods()) {
                Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                        .map(Class::getPackageName)
                        .filter(name -> name.startsWith(CORE))
                        .map(name -> name.substring(CORE.length() - "core".length()))
                        .filter(name -> isInternal(name) || name.equals("core.file"))
                        .forEach(name -> shown.add(method + ": " + name));
            }
        }
        assertEquals(List.of(), shown);
    }

    @Test
    void shouldKeepTheTextsOfTheApiInsideIt() {
        assertEquals(List.of(), sources.usesOf(from -> !moduleOf(from).equals("api"), HIDDEN::contains));
    }

    private static boolean isInternal(final String name) {
        return HIDDEN.contains(name) || moduleOf(name).equals("core") && !OPEN.contains(name);
    }

    @Test
    void shouldSayOfEachInternalPackageThatItIs() throws IOException {
        for (final String name : sources.packages().keySet()) {
            if (isInternal(name)) {
                final Path info = Path.of("..", moduleOf(name), "src/main/java/io/tollgate")
                        .resolve(name.replace('.', '/'))
                        .resolve("package-info.java");
                assertTrue(Files.readString(info).contains(" <p>Internal. Begin reading at {@code "), info.toString());
            }
        }
    }

    private static String moduleOf(final String name) {
        return name.split("\\.")[0];
    }

    /** The rule holds for the classes that make the parts of an engine or call them for control threads. */
    @Test
    void shouldNotReachThroughTheParts() throws IOException {
        final List<String> found = new ArrayList<>();
        for (final String name : List.of("", "agent", "control", "writer")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/tollgate/core", name))) {
                for (final Path file : files.filter(Files::isRegularFile).toList()) {
                    final String code = SourceGraph.codeOf(file).replaceAll("\\s+(?=\\.)", "");
                    REACH_THROUGH.matcher(code).results().forEach(chain -> found.add(file + ": " + chain.group()));
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void shouldKeepChronicleBehindTheStore() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CORE + ".store.chronicle", CORE + ".store.chain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.openhft..", "com.kenai..")
                .check(engine);
    }

    /**
     * An I/O error is not absence. {@code PosixCalls} is exempt, because the file system that lists open files is on no
     * disk.
     */
    @Test
    void shouldAskOneClassWhetherAFileIsThere() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CORE + ".file..")
                .and()
                .doNotHaveSimpleName("PosixCalls")
                .should()
                .accessTargetWhere(target(owner(type(Files.class)))
                        .and(target(nameMatching("exists|notExists|isDirectory|isRegularFile"))))
                .check(engine);
    }

    /** Directory streams throw an exception type of their own if the disk fails during the iteration. */
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
}
