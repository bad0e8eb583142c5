package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TollgateTest {
    @ParameterizedTest
    @MethodSource("allCommands")
    void shouldDocumentTheExitCodesOfEachCommand(final String command) {
        final List<String> lines = CommandRun.of(command, "--help").outLines();
        final List<String> codes = lines.stream()
                .dropWhile(line -> !line.equals("Exit codes:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.matches(" *[0-9]+ .*"))
                .map(line -> line.strip().split(" +", 2)[0])
                .toList();
        assertEquals(List.of("0", "1", "2", "130", "141"), codes, lines::toString);
    }

    private static Stream<String> allCommands() {
        return Tollgate.commandLine().getSubcommands().keySet().stream();
    }

    /** All commands but those of picocli. */
    private static Stream<String> commands() {
        return allCommands()
                .filter(name -> !List.of("generate-completion", "help").contains(name));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldExplainEachCommand(final String command) {
        final CommandRun run = CommandRun.of(command, "--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("Usage: tollgate " + command), run.out());
        assertEquals("", run.err());
    }

    /** Picocli would break a longer line at any place. */
    @ParameterizedTest
    @MethodSource("commands")
    void shouldKeepTheSynopsisOfEachCommandWithinTheTerminal(final String command) {
        final List<String> synopsis = CommandRun.of(command, "--help").outLines().stream()
                .takeWhile(line -> line.startsWith("Usage: ") || line.startsWith("    "))
                .toList();
        assertTrue(synopsis.stream().allMatch(line -> line.length() < 80), synopsis::toString);
        assertTrue(synopsis.stream().allMatch(TollgateTest::isWhole), synopsis::toString);
    }

    /** Returns true if a line closes every bracket it opens, so that no option is split over two lines. */
    private static boolean isWhole(final String line) {
        return line.chars().filter(c -> c == '[').count()
                == line.chars().filter(c -> c == ']').count();
    }

    @Test
    void shouldReportItsVersionAndThatOfJava() {
        final CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("tollgate "), run.out());
        assertTrue(run.out().contains("Java " + Runtime.version()), run.out());
        assertEquals(run.out(), CommandRun.of("-V").out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldReportHelpAndVersionOfEachCommandWithoutWhatItRequires(final String command) {
        assertEquals(CommandRun.of(command, "--help"), CommandRun.of("help", command));
        assertEquals(CommandRun.of("--version"), CommandRun.of(command, "--version"));
    }

    @Test
    void shouldNameTheCommands() {
        final CommandRun run = CommandRun.of("--help");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("impact") && run.out().contains("replay"), run.out());
    }

    @Test
    void shouldSayWhichCommandsThereAreWhenNoneIsGiven() {
        final CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertEquals(
                "no command, expected one of impact, replay, panel, latency, inspect, stat, verify, recover, backup,"
                        + " restore, dump, load, sql, generate-completion, help",
                run.errLines().get(0));
    }

    /** An empty name would be the working directory, in which replay would create a data directory. */
    @ParameterizedTest
    @ValueSource(
            strings = {"replay --dir ", "replay --in ", "impact --out ", "verify ", "backup data ", "latency --out "})
    void shouldRefuseAnEmptyName(final String line) {
        final CommandRun run = CommandRun.of((Object[]) line.split(" ", -1));
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains("the name is empty, expected the name of a file or directory"), run.err());
    }

    @Test
    void shouldRefuseAnUnknownCommand() {
        final CommandRun run = CommandRun.of("reply");
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains("'reply'"), run.err());
        assertEquals("", run.out());
    }

    /** A container without a locale has such an encoding. The series would be another one, with EMPTY answers. */
    @Test
    void shouldRefuseAnArgumentThatTheLocaleCannotRead() {
        final CommandRun run = CommandRun.in("ANSI_X3.4-1968", "replay", "--metrics", "corr:K\uFFFD\uFFFDse");
        assertEquals(2, run.exitCode());
        assertEquals(
                List.of("argument=corr:K\uFFFD\uFFFDse contains bytes that Java cannot decode in this locale, expected"
                        + " a UTF-8 locale: set LC_ALL=C.UTF-8"),
                run.errLines());
        assertEquals("", run.out());
    }

    /** A key may contain any character. */
    @Test
    void shouldTakeAKeyThatHoldsTheCharacterOfWhatCannotBeRead(@TempDir final Path directory) throws IOException {
        final String key = "K\uFFFDse";
        final Path points = directory.resolve("points.csv");
        Files.writeString(points, "series,time,value\n" + key + ",2025-01-01T00:00Z,1\n");
        final String metric = "corr:" + key;
        final CommandRun run =
                CommandRun.of("replay", "--in", points, "--kind", "STEP", "--windows", "30d", "--metrics", metric);
        assertEquals("", run.err());
        assertEquals(0, run.exitCode());
        assertEquals(
                1, run.outLines().stream().filter(line -> line.contains(metric)).count(), run.out());
    }

    @Test
    void shouldMakeACompletionScript() {
        final CommandRun run = CommandRun.of("generate-completion");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("--windows"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "generate-completion"})
    void shouldFailWhereStandardOutputCannotBeWritten(final String argument) {
        assertEquals(new CommandRun(1, "", "standard output cannot be written\n"), CommandRun.unwritten(argument));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "generate-completion"})
    void shouldEndWithoutAWordWhereNobodyReadsStandardOutput(final String argument) {
        assertEquals(new CommandRun(141, "", ""), CommandRun.unread(argument));
        assertEquals(CommandRun.of("reply"), CommandRun.unread("reply"));
    }

    @ParameterizedTest
    @MethodSource("memoryErrors")
    void shouldSayInALineThatThereIsNotEnoughMemory(final VirtualMachineError error) {
        final Writer exhausted = new Writer() {
            @Override
            public void write(final char[] buffer, final int offset, final int length) {
                throw error;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        final StringWriter err = new StringWriter();
        assertEquals(1, Tollgate.run(exhausted, new PrintWriter(err), "UTF-8", "--version"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith(error + "; start java with a higher limit, such as -X"), err.toString());
    }

    private static Stream<VirtualMachineError> memoryErrors() {
        return Stream.of(new OutOfMemoryError("Java heap space"), new StackOverflowError());
    }

    @Test
    void shouldSayNoMoreThanWhatIsWrongWhereTheUsageIs() {
        assertEquals(CommandRun.of("reply"), CommandRun.unwritten("reply"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldEndWithItsExitCodeWhereTheDiskIsFull(@TempDir final Path directory) throws Exception {
        final Path err = directory.resolve("err");
        final Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Tollgate.class.getName(),
                        "--help")
                .redirectOutput(new File("/dev/full"))
                .redirectError(err.toFile())
                .start();
        assertEquals(1, process.waitFor());
        assertEquals("standard output cannot be written\n", Files.readString(err));
    }

    /**
     * The output is longer than the buffer of a pipe, so the program waits until its reader reads or closes the pipe.
     */
    @Test
    void shouldEndAsTheSignalWouldWhereTheReaderHasGone(@TempDir final Path directory) throws Exception {
        final Path points = directory.resolve("points.csv");
        Files.writeString(points, "series,time,value\n" + "a,2025-01-01T00:00Z,5\n".repeat(50_000));
        final Path err = directory.resolve("err");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tollgate.class.getName(), "replay"));
        command.addAll(List.of("--in", points.toString(), "--kind", "STEP", "--windows", "1d", "--metrics", "last"));
        final Process process =
                new ProcessBuilder(command).redirectError(err.toFile()).start();
        process.getInputStream().close();
        assertEquals(141, process.waitFor());
        assertEquals("", Files.readString(err));
    }

    /** A file name or a key may begin with an at sign. */
    @Test
    void shouldTakeAnArgumentThatBeginsWithAnAtSignAsItStands(@TempDir final Path directory) throws IOException {
        final String argument = "@" + Files.writeString(directory.resolve("arguments"), "--help");
        final CommandRun run = CommandRun.of(argument);
        assertEquals(2, run.exitCode());
        assertTrue(run.errLines().get(0).contains("'" + argument + "'"), run.err());
    }
}
