package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip of the build, unpacked. It runs after the zip was made, in the phase integration-test. */
@Tag("zip")
@DisabledOnOs(OS.WINDOWS)
final class LauncherZipTest {
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    private static Path temporary;

    private static Path home;

    @BeforeAll
    static void unpack() throws IOException {
        final Path zip = Path.of(System.getProperty("tollgate.zip"));
        final Path target = Files.createDirectory(temporary.resolve("a directory"));
        try (FileSystem packed = FileSystems.newFileSystem(zip, Map.of("enablePosixFileAttributes", "true"));
                Stream<Path> entries = Files.walk(packed.getPath("/"))) {
            for (final Path entry : entries.skip(1).toList()) {
                final Path copy = target.resolve(entry.toString().substring(1));
                Files.copy(entry, copy);
                Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(entry));
            }
        }
        try (Stream<Path> tops = Files.list(target)) {
            home = tops.toList().get(0);
        }
        assertEquals(zip.getFileName().toString(), home.getFileName() + ".zip");
    }

    /** The result of a process, with standard output and standard error as one text. */
    private record Run(int exitCode, String text) {}

    private static Run run(final Map<String, String> environment, final Object... command)
            throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(
                        Stream.of(command).map(Object::toString).toList())
                .directory(temporary.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_OPTS");
        builder.environment().putAll(environment);
        final Process process = builder.start();
        final String text = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), text);
    }

    private static Run launch(final Object... arguments) throws IOException, InterruptedException {
        final List<Object> command = new ArrayList<>(List.of(home.resolve("bin/tollgate")));
        command.addAll(List.of(arguments));
        return run(Map.of("JAVA_HOME", JAVA_HOME), command.toArray());
    }

    @Test
    void shouldRunTheCommandsOfTheJar() throws Exception {
        final Run version = launch("--version");
        assertEquals(0, version.exitCode(), version.text());
        assertTrue(version.text().startsWith(home.getFileName().toString().replaceFirst("-", " ")), version.text());
        final Run help = launch("help", "replay");
        assertEquals(0, help.exitCode(), help.text());
        assertTrue(help.text().startsWith("Usage: tollgate replay "), help.text());
        assertTrue(help.text().contains("Exit codes:"), help.text());
        assertEquals(2, launch("reply").exitCode());
    }

    @Test
    void shouldRunThroughLinks() throws Exception {
        final Path links = Files.createDirectories(temporary.resolve("other/bin"));
        Files.createSymbolicLink(links.resolve("absolute"), home.resolve("bin/tollgate"));
        Files.createSymbolicLink(links.resolve("relative"), Path.of("absolute"));
        final Run version = run(Map.of("JAVA_HOME", JAVA_HOME), links.resolve("relative"), "--version");
        assertEquals(launch("--version"), version);
    }

    @Test
    void shouldPassOptionsToJava() throws Exception {
        final Run run = run(
                Map.of("JAVA_HOME", JAVA_HOME, "JAVA_OPTS", "-Xmx64m -version"), home.resolve("bin/tollgate"), "reply");
        assertEquals(0, run.exitCode(), run.text());
        assertTrue(run.text().contains("Runtime Environment"), run.text());
    }

    @Test
    void shouldSayWhichJavaItNeeds() throws Exception {
        final Path launcher = home.resolve("bin/tollgate");
        final Run missing = run(Map.of("JAVA_HOME", temporary.toString()), launcher, "--version");
        assertEquals(
                new Run(
                        1,
                        "tollgate: JAVA_HOME=" + temporary
                                + " has no bin/java, expected Java 17 or later there; set JAVA_HOME\n"),
                missing);
        final Path old =
                Files.createDirectories(temporary.resolve("old java/bin")).resolve("java");
        Files.writeString(old, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rwxr-xr-x"));
        final Run refused =
                run(Map.of("JAVA_HOME", temporary.resolve("old java").toString()), launcher, "--version");
        assertEquals(
                new Run(1, "tollgate: " + old + " has version 11, expected 17 or later; set JAVA_HOME\n"), refused);
    }

    @Test
    void shouldCompleteInBash() throws Exception {
        final Path completion = home.resolve("completion/tollgate");
        assertEquals(new Run(0, ""), run(Map.of(), "bash", "-n", completion));
        final Run completed = run(
                Map.of("SCRIPT", completion.toString()),
                "bash",
                "-c",
                "source \"$SCRIPT\"; COMP_WORDS=(tollgate sta); COMP_CWORD=1; COMP_LINE='tollgate sta'; COMP_POINT=12;"
                        + " _complete_tollgate; echo \"${COMPREPLY[@]}\"");
        assertEquals(new Run(0, "stat\n"), completed);
    }

    /** The same build gives the same bytes only if no entry has the time of the build. */
    @Test
    void shouldHaveOneFixedTime() throws IOException {
        final Set<Object> times = new HashSet<>();
        try (FileSystem packed = FileSystems.newFileSystem(Path.of(System.getProperty("tollgate.zip")));
                Stream<Path> entries = Files.walk(packed.getPath("/"))) {
            for (final Path entry : entries.skip(1).toList()) {
                times.add(Files.getLastModifiedTime(entry));
            }
        }
        assertEquals(1, times.size(), times::toString);
    }
}
