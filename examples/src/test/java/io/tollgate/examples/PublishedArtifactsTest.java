package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installs the artifacts, and builds and runs programs of users with them. They find the artifacts by their
 * coordinates, and start with the flags of the README.
 */
@Tag("nightly")
final class PublishedArtifactsTest {
    private static final Path README = ModulePom.PROJECT.resolve("README.md");
    private static final Path GUIDE = ModulePom.PROJECT.resolve("core/docs/guide");
    private static final Pattern LIBRARY = Pattern.compile("(?!tollgate-)(.+?)-\\d.*\\.jar");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([\\w.-]+\\.jar) \\| [^|]+ \\| ([^|]+) \\| ([\\d,]+) \\|$");
    private static final Pattern TOTAL = Pattern.compile("\\*\\*([\\d,]+ KB)\\*\\*");

    /** Keeps the compiler of Kotlin until {@code mvn clean}. */
    private static final Path REPOSITORY =
            Path.of("target", "published", "repository").toAbsolutePath();

    private static final Path INSTALLED = REPOSITORY.resolve("io/tollgate");

    @TempDir
    private static Path directory;

    private static Path consumers;

    /** A copy of the artifacts. */
    private static Path first;

    @BeforeAll
    static void installAndBuildPrograms() throws IOException, InterruptedException {
        install(directory.resolve("project"), true);
        first = copy(INSTALLED, directory.resolve("first"));
        consumers = copy(ModulePom.PROJECT.resolve("examples/src/test/consumers"), directory.resolve("consumers"));
        maven(consumers, "package", "-Dtollgate.version=" + version());
    }

    private static String version() throws IOException {
        return ModulePom.root().xml().text("/project/version");
    }

    /**
     * Installs a copy of this project, because a build in its own directories would disturb the running one. The test
     * of a published module needs the one of the examples, but not its executable jar and zip.
     */
    private static void install(final Path project, final boolean hasComponents)
            throws IOException, InterruptedException {
        if (Files.exists(INSTALLED)) {
            try (Stream<Path> old = Files.walk(INSTALLED)) {
                old.map(Path::toFile).sorted((a, b) -> b.compareTo(a)).forEach(File::delete);
            }
        }
        copy(ModulePom.PROJECT, project);
        final String modules =
                ModulePom.published().stream().map(ModulePom::path).collect(Collectors.joining(","));
        maven(
                project,
                "install",
                "-Prelease",
                "-Dcyclonedx.skip=" + !hasComponents,
                "-pl=" + modules,
                "-am",
                "-Dmaven.test.skip",
                "-Dmaven.javadoc.skip",
                "-Dcheckstyle.skip",
                "-Dspotless.check.skip",
                "-Dtollgate.shade.skip",
                "-Dexec.skip",
                "-Dassembly.skipAssembly",
                "-Dmdep.skip");
    }

    /** Runs Maven with a repository of its own. It only reads the repository of this build. */
    private static void maven(final Path project, final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString());
        command.addAll(List.of("-B", "-q"));
        command.add("-Dmaven.repo.local=" + REPOSITORY);
        command.add("-Dmaven.repo.local.tail=" + System.getProperty("tollgate.test.repository"));
        command.addAll(List.of(arguments));
        run(project, command);
    }

    /** Copies all that Maven needs to make artifacts. */
    private static Path copy(final Path from, final Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes)
                    throws IOException {
                final String name = folder.getFileName().toString();
                if (Set.of(".git", "target").contains(name) || folder.endsWith("src/test")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }

    /** The standard output of a command that succeeds. */
    private static String run(final Path folder, final List<String> command) throws IOException, InterruptedException {
        final Path output = Files.createTempFile(directory, "run", ".out");
        final Path errors = Files.createTempFile(directory, "run", ".err");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // As in .mvn/jvm.config, which the programs of users do not have.
        builder.environment()
                .merge("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", (own, more) -> own + ' ' + more);
        final int exitCode = builder.start().waitFor();
        final String printed = Files.readString(output);
        assertEquals(0, exitCode, command + "\n" + printed + Files.readString(errors));
        return printed;
    }

    @Test
    void shouldInstallJarsSourcesAndListsOfComponents() throws IOException {
        final Set<String> files = files(first);
        for (final ModulePom module : ModulePom.publishedJars()) {
            final String start = module.artifactId() + "/" + version() + "/" + module.artifactId() + "-" + version();
            assertTrue(
                    files.containsAll(
                            List.of(start + ".jar", start + ".pom", start + "-sources.jar", start + "-cyclonedx.json")),
                    files::toString);
        }
    }

    /** Without the lists of components, because their plugin takes two thirds of the time. */
    @Test
    void shouldMakeTheSameBytesInAnotherDirectory() throws IOException, InterruptedException {
        requireSameAgain(false);
    }

    @Test
    @Tag("nightly")
    void shouldMakeTheSameListsOfComponentsInAnotherDirectory() throws IOException, InterruptedException {
        requireSameAgain(true);
    }

    /** Makes the artifacts again, elsewhere. */
    private static void requireSameAgain(final boolean hasComponents) throws IOException, InterruptedException {
        install(Files.createTempDirectory(directory, "another").resolve("place"), hasComponents);
        final Set<String> files = files(first);
        files.removeIf(file -> !hasComponents && file.contains("-cyclonedx."));
        assertEquals(files, files(INSTALLED));
        for (final String file : files) {
            assertEquals(-1, Files.mismatch(first.resolve(file), INSTALLED.resolve(file)), file);
        }
    }

    /** The artifacts of a repository, without the notes that Maven keeps about them. */
    private static Set<String> files(final Path repository) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Files::isRegularFile)
                    .map(repository::relativize)
                    .map(Path::toString)
                    .filter(file ->
                            !file.endsWith("maven-metadata-local.xml") && !file.endsWith("_remote.repositories"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void shouldRunOnTheClassPath() throws IOException, InterruptedException {
        assertEquals("applied: 1", program("class-path", "ALL-UNNAMED", "-cp", "consumer.Program"));
    }

    @Test
    void shouldRunAsModules() throws IOException, InterruptedException {
        assertEquals("applied: 1", program("modules", "--add-modules", "-p", "-m", "consumer/consumer.Program"));
    }

    @Test
    void shouldRunInKotlin() throws IOException, InterruptedException {
        final String printed = program("kotlin", "ALL-UNNAMED", "-cp", "ProgramKt");
        final String page = Files.readString(GUIDE.resolve("embedding.md"));
        assertTrue(page.contains("prints `" + printed + "`"), printed);
        final String source = Files.readString(consumers.resolve("kotlin/src/main/kotlin/Program.kt"));
        assertTrue(page.contains("```\n" + source + "```\n"), source);
    }

    /** Starts a program with the line of flags that has a word. */
    private static String program(final String name, final String word, final String paths, final String... launch)
            throws IOException, InterruptedException {
        final String flags = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("--add-opens") && line.contains(word))
                .findFirst()
                .orElseThrow();
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags.split(" ")));
        command.add(paths);
        command.add(jars(name).map(Path::toString).collect(Collectors.joining(File.pathSeparator))
                + File.pathSeparator
                + consumers.resolve(name).resolve("target/classes"));
        command.addAll(List.of(launch));
        return run(consumers, command).strip();
    }

    private static Stream<Path> jars(final String name) throws IOException {
        try (Stream<Path> jars = Files.list(consumers.resolve(name).resolve("target/libraries"))) {
            return jars.sorted().toList().stream();
        }
    }

    /** The licences are those of the list of components. */
    @Test
    void shouldBringTheLibrariesThatTheGuideNames() throws IOException {
        final String core = "tollgate-core/" + version() + "/tollgate-core-" + version() + "-cyclonedx.xml";
        final XmlFile components = new XmlFile(first.resolve(core));
        final Map<String, String> brought = new TreeMap<>();
        long bytes = 0;
        for (final Path jar : jars("class-path").toList()) {
            final Matcher name = LIBRARY.matcher(jar.getFileName().toString());
            if (name.matches()) {
                final String licences = String.join(
                        " or ",
                        components.texts("(/bom/components/component[name='" + name.group(1)
                                + "'])[1]/licenses/license/*[self::id or self::name]"));
                brought.put(jar.getFileName().toString(), licences + ", " + kilobytes(Files.size(jar)));
                bytes += Files.size(jar);
            }
        }
        final String page = Files.readString(GUIDE.resolve("dependencies.md"));
        final Map<String, String> named = new TreeMap<>();
        ROW.matcher(page).results().forEach(row -> named.put(row.group(1), row.group(2) + ", " + row.group(3)));
        assertEquals(
                kilobytes(bytes) + " KB",
                TOTAL.matcher(page).results().findFirst().orElseThrow().group(1));
        assertEquals(brought, named);
    }

    private static String kilobytes(final long bytes) {
        return String.format(Locale.ROOT, "%,d", Math.round(bytes / 1000.0));
    }
}
