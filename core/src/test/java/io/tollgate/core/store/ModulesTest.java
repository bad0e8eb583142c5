package io.tollgate.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's program, compiled and started as modules, on the class path, and in a runtime image. */
class ModulesTest {
    private static final String MODULES = "java.logging,java.management,java.naming,jdk.compiler,jdk.unsupported";
    private static final Pattern MODULE_NAME = Pattern.compile("<tollgate.module>(.*)</tollgate.module>");

    private static final String PROGRAM = """
            package app;

            import io.tollgate.api.*;
            import io.tollgate.api.series.*;
            import io.tollgate.core.*;

            public class Program {
                public static void main(String[] arguments) {
                    try (Engine engine = TollgateEngine.launch(
                            new EngineContext().directory(java.nio.file.Path.of(arguments[0])))) {
                        StepSeries rate = engine.defineStep(SeriesDefinition.step("rate", Unit.PERCENT, 0));
                        engine.awaitApplied(engine.publisher().offer(rate, Instants.parse("2025-04-10T00:00Z"), 145));
                        System.out.println(engine.admin().statistics().appliedCount());
                        TollgateEngine.requiredFlags().forEach(System.out::println);
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    private Path classes;
    private List<Path> libraries;

    @BeforeEach
    void compileTheProgram() throws IOException {
        final Path sources = Files.createDirectories(directory.resolve("src/app"));
        final Path module = Files.writeString(
                directory.resolve("src/module-info.java"),
                "module app { requires io.tollgate.api; requires io.tollgate.core; }");
        final Path program = Files.writeString(sources.resolve("Program.java"), PROGRAM);
        classes = Files.createDirectory(directory.resolve("classes"));
        libraries = libraries();
        run("javac", "-d", classes.toString(), "-p", joined(libraries), module.toString(), program.toString());
    }

    /** Returns the jars of users, and this build's classes as the jars that Maven makes. */
    private List<Path> libraries() throws IOException {
        final List<Path> found = new ArrayList<>();
        for (final String entry : ChildJvm.classPath().split(File.pathSeparator)) {
            final Path path = Path.of(entry).toAbsolutePath();
            if (path.endsWith(Path.of("core", "target", "classes"))) {
                found.add(jar(path));
            } else if (!path.endsWith("test-classes") && !entry.matches(".*(commons-math3|jcstress).*\\.jar")) {
                found.add(path);
            }
        }
        return found;
    }

    private Path jar(final Path built) throws IOException {
        final Matcher name = MODULE_NAME.matcher(Files.readString(built.resolve("../../pom.xml")));
        assertTrue(name.find());
        final Path manifest =
                Files.writeString(directory.resolve("manifest"), "Automatic-Module-Name: " + name.group(1) + "\n");
        final Path jar = directory.resolve("tollgate-core.jar");
        run(
                "jar",
                "--create",
                "--file",
                jar.toString(),
                "--manifest",
                manifest.toString(),
                "-C",
                built.toString(),
                ".");
        return jar;
    }

    private static void run(final String tool, final String... arguments) {
        final StringWriter recorded = new StringWriter();
        final PrintWriter out = new PrintWriter(recorded, true);
        assertEquals(0, ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments), recorded::toString);
    }

    private static String joined(final List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    private ChildJvm.Result start(final Path home, final List<String> flags, final String... launch)
            throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(flags);
        command.addAll(Arrays.asList(launch));
        command.add(directory.resolve("data").toString());
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        return ChildJvm.run(directory, builder);
    }

    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    private String allPaths() {
        return joined(Stream.concat(libraries.stream(), Stream.of(classes)).toList());
    }

    /** Starts the program with only the flags that its refusal named. */
    private void requireRunsWithNamedFlags(final Path home, final String... launch)
            throws IOException, InterruptedException {
        List<String> flags = List.of();
        ChildJvm.Result result = start(home, flags, launch);
        assertNotEquals(0, result.exitCode());
        assertTrue(result.errors().get(0).contains("; start the JVM with"), result::toString);
        flags = List.of(result.errors().get(1).split(" "));
        result = start(home, flags, launch);
        assertEquals(0, result.exitCode(), result::toString);
        assertEquals(List.of(), result.errors());
        assertEquals("1", result.output().get(0));
        assertEquals(flags, result.output().subList(1, result.output().size()));
    }

    @Test
    void shouldRunAProgramOfModules() throws IOException, InterruptedException {
        requireRunsWithNamedFlags(home(), "-p", allPaths(), "-m", "app/app.Program");
    }

    @Test
    void shouldRunAProgramOnTheClassPath() throws IOException, InterruptedException {
        requireRunsWithNamedFlags(home(), "-cp", allPaths(), "app.Program");
    }

    @Test
    @Tag("nightly")
    void shouldRunOnAnImageOfTheRuntime() throws IOException, InterruptedException {
        final Path image = image("image", MODULES);
        requireRunsWithNamedFlags(image, "-cp", allPaths(), "app.Program");
    }

    @Test
    @Tag("nightly")
    void shouldNameTheModulesThatAnImageLacks() throws IOException, InterruptedException {
        final Path image = image("small", "java.base");
        final ChildJvm.Result refused = start(image, List.of(), "-cp", allPaths(), "app.Program");
        assertNotEquals(0, refused.exitCode());
        assertTrue(
                refused.errors()
                        .get(0)
                        .contains("io.tollgate.api.MissingModulesException: javaVersion=" + Runtime.version()
                                + ": found no modules [" + MODULES.replace(",", ", ") + "] in " + image),
                refused::toString);
        assertTrue(refused.errors().get(0).endsWith("build the image with jlink --add-modules=" + MODULES));
    }

    private Path image(final String name, final String modules) {
        final Path image = directory.resolve(name);
        run(
                "jlink",
                "--add-modules",
                modules,
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                image.toString());
        return image;
    }
}
