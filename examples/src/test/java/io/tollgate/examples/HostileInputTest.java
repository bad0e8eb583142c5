package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

/**
 * Arbitrary files and command lines: the programs print a reason and never a stack trace. Each line of a file is
 * accepted or refused.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileInputTest {
    private static final List<String> FIELDS = List.of(
            "",
            "NA",
            "WITHDRAW",
            "a",
            "a.b",
            "a..b",
            "*",
            "\"",
            "\"\"",
            "\"a,b\"",
            "'",
            "#",
            "-0",
            "1e400",
            "1e-40",
            "NaN",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999",
            "0.0000000001",
            "1.5",
            "145",
            "2025-01-01",
            "2025-01-01T00:00Z",
            "2025-02-30T00:00Z",
            "+999999999-12-31T23:59Z",
            "1700000000000000000",
            "24:00",
            "\u0000",
            "\u202e",
            "\ud83d\ude00",
            "x".repeat(129),
            "y".repeat(70_000),
            "\r",
            "\n",
            ",",
            ",,,,,,",
            "\ufeff");

    private static final List<String> VALUES = List.of("1.5", "1.5", "1.5", "\"\n\r\n1.5\"", "\"1.5\n# none\n\"");

    private static final List<String> ENDS = List.of("\n", "\r\n", "\r", "\n\n", "\n# none\n");

    private static final List<String> WORDS = List.of(
            "replay",
            "panel",
            "inspect",
            "verify",
            "recover",
            "backup",
            "--in",
            "--out",
            "--kind",
            "STEP",
            "FLOW",
            "--windows",
            "7d",
            "last:20",
            "last:-1",
            "since:2025",
            "month:Mars/Olympus",
            "--metrics",
            "mean,sd",
            "p101",
            "corr:",
            "above:",
            "--scale",
            "99",
            "-1",
            "--every",
            "0d",
            "1d",
            "--at",
            "now",
            "--zone",
            "Nowhere",
            "--time-unit",
            "ms",
            "20250410",
            "--closed",
            "right",
            "--as-known-at",
            "--dir",
            "--durability",
            "INTERVAL:-5",
            "--max-rejects",
            "--help",
            "-h",
            "--rates",
            "--weights",
            "--missing",
            "--",
            "-",
            "@",
            "@none",
            "",
            " ",
            "--=",
            "\u0000",
            "=");

    /** The random word after one of these would be a path outside the test directory. */
    private static final Set<String> WRITING = Set.of("--out", "--dir");

    /** For each accepted point: four metrics of two windows. */
    private static final int METRIC_ROWS = 8;

    @TempDir
    private Path temporary;

    private final InputStream standardIn = System.in;
    private final FileCount counted = new FileCount(METRIC_ROWS);
    private Random random;
    private int newCount;

    @BeforeEach
    void seed() {
        random = new Random(TestSeed.of("hostile input"));
        System.setIn(InputStream.nullInputStream());
    }

    @AfterEach
    void giveStandardInBack() {
        System.setIn(standardIn);
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOfAnyBytes() throws IOException {
        for (int i = 0; i < 60; i++) {
            replay();
        }
        counted.requireAny();
    }

    @Test
    void shouldSayWhatIsWrongWithACommandLineOfAnyWords() {
        for (int i = 0; i < 200; i++) {
            execute();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithWholeCommandLinesOfWhichAFewWordsAreNot() throws IOException {
        makeFiles();
        for (final List<Object> line : wholeLines()) {
            final CommandRun run = CommandRun.of(line.toArray());
            assertEquals(0, run.exitCode(), () -> line + ": " + run.err());
        }
        for (int i = 0; i < 50; i++) {
            executeSpoilt();
        }
    }

    /** A run takes seconds, so only its words are parsed. */
    @Test
    void shouldSayWhatIsWrongWithTheWordsOfLatency() {
        final List<String> whole = List.of(
                "latency", "--contenders", "engine", "--workload", "W1:250", "--percents", "10,90", "--seconds", "1");
        Tollgate.commandLine().parseArgs(whole.toArray(String[]::new));
        int refused = 0;
        for (int i = 0; i < 200; i++) {
            final List<String> words = new ArrayList<>(whole);
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                words.set(1 + random.nextInt(words.size() - 1), WORDS.get(random.nextInt(WORDS.size())));
            }
            try {
                Tollgate.commandLine().parseArgs(words.toArray(String[]::new));
            } catch (final ParameterException e) {
                assertFalse(e.getMessage().isBlank(), words::toString);
                refused++;
            }
        }
        assertTrue(refused > 0, "refused=" + refused);
    }

    @Test
    @Tag("nightly")
    void shouldSayWhatIsWrongWithThousandsOfFilesAndCommandLines() throws IOException {
        makeFiles();
        for (int i = 0; i < 10_000; i++) {
            replay();
            execute();
        }
        counted.requireAny();
        for (int i = 0; i < 1_000; i++) {
            executeSpoilt();
        }
    }

    private void makeFiles() throws IOException {
        final String levels = "series,time,value\na,2025-01-01T00:00Z,1\na,2025-02-01T00:00Z,2\n";
        Files.writeString(temporary.resolve("levels.csv"), levels);
        final CommandRun made = CommandRun.of(
                "replay",
                "--in",
                temporary.resolve("levels.csv"),
                "--out",
                temporary.resolve("metrics.csv"),
                "--kind",
                "STEP",
                "--windows",
                "7d",
                "--metrics",
                "mean",
                "--dir",
                temporary.resolve("data"));
        assertEquals(0, made.exitCode(), made::err);
    }

    /** A valid command line of each command; output files get new names. */
    private List<List<Object>> wholeLines() {
        final Path data = temporary.resolve("data");
        final Path levels = temporary.resolve("levels.csv");
        return List.of(
                List.of(
                        "replay",
                        "--in",
                        levels,
                        "--out",
                        newPath(),
                        "--kind",
                        "STEP",
                        "--windows",
                        "7d,last:3",
                        "--metrics",
                        "count,mean,sd,max",
                        "--scale",
                        "2",
                        "--at",
                        "2025-03-01T00:00Z",
                        "--zone",
                        "UTC"),
                List.of(
                        "panel",
                        "--rates",
                        levels,
                        "--weights",
                        levels,
                        "--at",
                        "2025-03-01T00:00Z",
                        "--metrics",
                        "simple,weighted",
                        "--missing",
                        "AS_ZERO",
                        "--out",
                        newPath()),
                List.of("inspect", data, "--series", "3"),
                List.of("verify", data),
                List.of("recover", data, newPath()),
                List.of("backup", data, newPath()),
                List.of("restore", data, newPath()));
    }

    /**
     * Replaces a path only by another path of the test, or by a word that no command accepts as a path. No other file
     * is written.
     */
    private void executeSpoilt() {
        final List<List<Object>> lines = wholeLines();
        final List<Object> line = lines.get(random.nextInt(lines.size()));
        final List<Object> words = new ArrayList<>(line);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            final int place = 1 + random.nextInt(words.size() - 1);
            words.set(place, line.get(place) instanceof Path ? anyPath() : anyWord());
        }
        requireReported(CommandRun.of(words.toArray()), words.toString());
    }

    private Path newPath() {
        return temporary.resolve("new" + newCount++);
    }

    private Object anyPath() {
        return switch (random.nextInt(5)) {
            case 0 -> temporary;
            case 1 -> temporary.resolve("levels.csv");
            case 2 -> newPath();
            case 3 -> "\u0000";
            default -> "--help";
        };
    }

    private String anyWord() {
        String word = WORDS.get(random.nextInt(WORDS.size()));
        while (WRITING.contains(word)) {
            word = WORDS.get(random.nextInt(WORDS.size()));
        }
        return word;
    }

    private void replay() throws IOException {
        final Path file = temporary.resolve("points.csv");
        final Path metrics = temporary.resolve("metrics.csv");
        final Path rejects = temporary.resolve("rejects.csv");
        Files.write(file, bytes());
        Files.deleteIfExists(metrics);
        Files.deleteIfExists(rejects);
        final CommandRun run = CommandRun.of(
                "replay",
                "--in",
                file,
                "--out",
                metrics,
                "--kind",
                random.nextBoolean() ? "STEP" : "FLOW",
                "--windows",
                "7d,last:3",
                "--metrics",
                "count,mean,sd,max",
                "--rejects",
                rejects);
        requireReported(run, Files.readString(file, StandardCharsets.ISO_8859_1));
        if (Files.exists(rejects)) {
            counted.requireAll(file, metrics, rejects, run);
        } else {
            assertEquals(1, run.exitCode(), "the header is refused");
        }
    }

    private byte[] bytes() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final boolean isLong = random.nextBoolean();
        out.writeBytes((random.nextInt(8) > 0 ? "series,time,value" + (isLong ? ",known_at,ref" : "") : any())
                .getBytes(StandardCharsets.UTF_8));
        final int lines = random.nextInt(12);
        for (int i = 0; i < lines; i++) {
            out.writeBytes(ENDS.get(random.nextInt(ENDS.size())).getBytes(StandardCharsets.UTF_8));
            out.writeBytes((random.nextInt(3) == 0 ? point(i, isLong) : line()).getBytes(StandardCharsets.UTF_8));
        }
        final byte[] bytes = out.toByteArray();
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** An acceptable point, sometimes on several lines, or one with a line break in its value. */
    private String point(final int second, final boolean isLong) {
        final String value = VALUES.get(random.nextInt(VALUES.size()));
        final String time = "2025-01-01T00:00:" + (10 + second) + "Z";
        return "a," + time + "," + value + (isLong ? "," + time + "," : "");
    }

    private String line() {
        final StringBuilder line = new StringBuilder();
        final int fields = random.nextInt(4) == 0 ? random.nextInt(8) : 3 + 2 * random.nextInt(2);
        for (int i = 0; i < fields; i++) {
            line.append(i == 0 ? "" : ",").append(any());
        }
        return line.toString();
    }

    private String any() {
        return FIELDS.get(random.nextInt(FIELDS.size()));
    }

    private void execute() {
        final List<Object> words = new ArrayList<>();
        final int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            // All paths are in the test directory.
            final boolean isPath = i > 0 && random.nextInt(4) == 0;
            words.add(isPath ? temporary.resolve("none" + random.nextInt(3)) : WORDS.get(random.nextInt(WORDS.size())));
        }
        requireReported(CommandRun.of(words.toArray()), words.toString());
    }

    private static void requireReported(final CommandRun run, final String input) {
        final String shown = input.length() > 2_000 ? input.substring(0, 2_000) + "..." : input;
        assertTrue(run.exitCode() >= 0 && run.exitCode() <= 2, () -> run.exitCode() + " for " + shown);
        assertFalse(run.err().contains("\tat "), () -> run.err() + " for " + shown);
        assertFalse(run.exitCode() > 0 && run.err().isBlank(), () -> "no reason given for " + shown);
    }
}
