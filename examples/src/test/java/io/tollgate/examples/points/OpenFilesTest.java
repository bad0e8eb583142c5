package io.tollgate.examples.points;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.Tollgate;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that a shell has opened as standard input or output: a command that would destroy one is refused. */
@EnabledOnOs(OS.LINUX)
class OpenFilesTest {
    private static final String POINTS = "series,time,value\na,2025-01-01T00:00Z,5\n";

    @TempDir
    private Path directory;

    private Path points;
    private Path other;

    @BeforeEach
    void write() throws IOException {
        points = Files.writeString(directory.resolve("points.csv"), POINTS);
        other = directory.resolve("other.csv");
    }

    @Test
    void shouldNotWriteTheMetricsOverStandardInput() throws Exception {
        final Path link = Files.createSymbolicLink(directory.resolve("link.csv"), points);
        refuse(Redirect.from(points.toFile()), Redirect.PIPE, replay("-", "--out", link));
        refuse(Redirect.from(points.toFile()), Redirect.appendTo(points.toFile()), replay("-"));
    }

    @Test
    void shouldNotWriteTheRejectsOverStandardInput() throws Exception {
        refuse(Redirect.from(points.toFile()), Redirect.PIPE, replay("-", "--rejects", points, "--out", other));
        assertTrue(Files.notExists(other));
    }

    @Test
    void shouldNotWriteWhatStandardOutputIsAppendedToAndRead() throws Exception {
        refuse(Redirect.PIPE, Redirect.appendTo(points.toFile()), replay(points));
    }

    @Test
    void shouldNotWriteRejectsAndMetricsIntoWhatStandardOutputIs() throws Exception {
        refuse(Redirect.PIPE, Redirect.to(other.toFile()), replay(points, "--rejects", other));
        assertEquals("", Files.readString(other));
    }

    @Test
    void shouldNotWriteAPanelOverStandardInput() throws Exception {
        Files.writeString(other, POINTS);
        refuse(
                Redirect.from(points.toFile()),
                Redirect.PIPE,
                List.of(
                        "panel",
                        "--rates",
                        "-",
                        "--weights",
                        other,
                        "--at",
                        "2025-01-01T00:00Z",
                        "--metrics",
                        "weighted",
                        "--out",
                        points));
    }

    /** The JVM has then opened one of its own files with that descriptor, and the command would read it. */
    @Test
    void shouldRefuseStandardInputThatIsClosed() throws Exception {
        final List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" <&-", "sh"));
        command.addAll(command(replay("-", "--out", other)));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("err").toFile())
                .start();
        final int exit = process.waitFor();
        final String said = text(directory.resolve("err"));
        assertEquals(1, exit, said);
        assertTrue(said.startsWith("<stdin>"), said);
        assertEquals(1, said.lines().count(), said);
    }

    private static List<Object> replay(final Object in, final Object... more) {
        final List<Object> words = new ArrayList<>(
                List.of("replay", "--kind", "STEP", "--windows", "1d", "--metrics", "last", "--in", in));
        words.addAll(List.of(more));
        return words;
    }

    /** Runs in a separate process, because standard input and output belong to a process. */
    private void refuse(final Redirect input, final Redirect output, final List<Object> words) throws Exception {
        final File err = directory.resolve("err").toFile();
        final Process process = new ProcessBuilder(command(words))
                .redirectInput(input)
                .redirectOutput(output)
                .redirectError(err)
                .start();
        process.getOutputStream().close();
        assertEquals(2, process.waitFor(), () -> words + " " + text(err.toPath()));
        assertTrue(text(err.toPath()).contains("are the same file, expected two"), text(err.toPath()));
        assertEquals(POINTS, Files.readString(points));
    }

    private static List<String> command(final List<Object> words) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tollgate.class.getName()));
        words.forEach(word -> command.add(word.toString()));
        return command;
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
