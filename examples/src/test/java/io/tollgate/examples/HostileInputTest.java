package io.tollgate.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files and command lines of any bytes: the programs say in lines what is wrong with them, and never show a stack. */
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

    @TempDir
    private Path temporary;

    private Random random;

    @BeforeEach
    void seed() {
        final Long given = Long.getLong("tollgate.test.seed");
        final long seed = given == null ? System.nanoTime() : given;
        System.out.println("HostileInputTest: -Dtollgate.test.seed=" + seed);
        random = new Random(seed);
    }

    @Test
    void shouldSayWhatIsWrongWithAFileOfAnyBytes() throws IOException {
        for (int i = 0; i < 120; i++) {
            replay();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithACommandLineOfAnyWords() {
        for (int i = 0; i < 400; i++) {
            execute();
        }
    }

    @Test
    @Tag("nightly")
    void shouldSayWhatIsWrongWithThousandsOfFilesAndCommandLines() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            replay();
            execute();
        }
    }

    private void replay() throws IOException {
        final Path file = temporary.resolve("points.csv");
        Files.write(file, bytes());
        final CommandRun run = CommandRun.of(
                "replay",
                "--in",
                file,
                "--out",
                temporary.resolve("metrics.csv"),
                "--kind",
                random.nextBoolean() ? "STEP" : "FLOW",
                "--windows",
                "7d,last:3",
                "--metrics",
                "count,mean,sd,max",
                "--rejects",
                temporary.resolve("rejects.csv"));
        requireTold(run, Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    private byte[] bytes() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                (random.nextInt(8) > 0 ? "series,time,value" + (random.nextBoolean() ? ",known_at,ref" : "") : any())
                        .getBytes(StandardCharsets.UTF_8));
        final int lines = random.nextInt(12);
        for (int i = 0; i < lines; i++) {
            out.write('\n');
            final int fields = random.nextInt(4) == 0 ? random.nextInt(8) : 3 + 2 * random.nextInt(2);
            for (int j = 0; j < fields; j++) {
                out.writeBytes((j == 0 ? "" : ",").getBytes(StandardCharsets.UTF_8));
                out.writeBytes(any().getBytes(StandardCharsets.UTF_8));
            }
        }
        final byte[] bytes = out.toByteArray();
        for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private String any() {
        return FIELDS.get(random.nextInt(FIELDS.size()));
    }

    private void execute() {
        final List<Object> words = new ArrayList<>();
        final int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            // No path of this machine but those of the test.
            final boolean isPath = i > 0 && random.nextInt(4) == 0;
            words.add(isPath ? temporary.resolve("none" + random.nextInt(3)) : WORDS.get(random.nextInt(WORDS.size())));
        }
        requireTold(CommandRun.of(words.toArray()), words.toString());
    }

    private static void requireTold(final CommandRun run, final String input) {
        final String shown = input.length() > 2_000 ? input.substring(0, 2_000) + "..." : input;
        assertTrue(run.exitCode() >= 0 && run.exitCode() <= 2, () -> run.exitCode() + " for " + shown);
        assertFalse(run.err().contains("\tat "), () -> run.err() + " for " + shown);
        assertFalse(run.exitCode() > 0 && run.err().isBlank(), () -> "no reason given for " + shown);
    }
}
