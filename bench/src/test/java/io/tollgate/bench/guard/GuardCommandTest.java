package io.tollgate.bench.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Output and exit codes for one pair with a recorded ratio of 2. */
final class GuardCommandTest {
    private static final String PAIR = "apply W1:100 STEP";
    private static final String PROCESSOR = "the recorded one";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;

    @BeforeEach
    void record() throws IOException {
        file = directory.resolve("guard.json");
        Bands.around(List.of(Results.of(PAIR, 2, 0))).write(file, PROCESSOR, "short");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0, 1, 0, 'guard: 1 pairs inside their bands, no allocations'",
        "3, 0, 1, 1, 'apply W1:100 STEP: ratio 3.00, expected 1.54 to 2.60; it is slower'",
        "1, 0, 1, 1, 'apply W1:100 STEP: ratio 1.00, expected 1.54 to 2.60; it is faster'",
        "2, 16, 1, 1, 'apply W1:100 STEP: allocates 16.000 B/op, expected at most 0.1'",
        "3, 0, 1.5, 0, 'guard: 1 pairs inside their bands, no allocations'",
        "4, 0, 1.5, 1, 'apply W1:100 STEP: ratio 4.00, expected 1.03 to 3.90; it is slower'",
        "2, 16, 3, 1, 'apply W1:100 STEP: allocates 16.000 B/op, expected at most 0.1'"
    })
    void shouldReturnOneWhereAPairBreaksARule(
            final double ratio, final double bytes, final double widening, final int exitCode, final String line) {
        assertEquals(exitCode, run(ratio, bytes, "--short", "--only", PAIR, "--widen", "" + widening));
        assertTrue(out.toString().startsWith(line), out::toString);
        assertEquals(1, out.toString().lines().count());
    }

    @Test
    void shouldReturnOneWhereAPairHasNoBand() {
        assertEquals(1, run(2, 0, "--short", "--only", "offer"));
        assertTrue(out.toString().startsWith("offer: no band is recorded"), out::toString);
    }

    @Test
    void shouldSayThatNoBandsAreWhereItLooks() throws IOException {
        Files.delete(file);
        assertEquals(2, run(2, 0, "--short", "--only", PAIR));
        assertTrue(err.toString().startsWith("--bands=" + file + ", no such file"), err::toString);
        assertEquals(0, run(2, 0, "--short", "--only", PAIR, "--record"));
    }

    @Test
    void shouldReturnZeroForWhatItHasRecordedItself() {
        assertEquals(0, run(3, 0, "--short", "--only", PAIR, "--record"));
        assertEquals(0, run(3, 0, "--short", "--only", PAIR));
    }

    /** This processor has no band, so the union of all recorded bands applies. */
    @Test
    void shouldJudgeByAllProcessorsWhereThisOneWasNotRecorded() {
        assertEquals(0, run("another", 6, 0, "--short", "--only", PAIR, "--record"));
        assertEquals(1, run(4, 0, "--short", "--only", PAIR));
        assertEquals(1, run("another", 4, 0, "--short", "--only", PAIR));
        assertEquals(0, run("a third", 4, 0, "--short", "--only", PAIR));
        assertEquals(1, run("a third", 9, 0, "--short", "--only", PAIR));
        assertEquals(1, run("a third", 1, 0, "--short", "--only", PAIR));
    }

    private int run(final double ratio, final double bytes, final String... arguments) {
        return run(PROCESSOR, ratio, bytes, arguments);
    }

    private int run(final String processor, final double ratio, final double bytes, final String... arguments) {
        final GuardCommand command = new GuardCommand(
                (effort, progress) -> new Guard(pair -> Results.of(pair.name(), ratio, bytes), progress));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(
                                Stream.of("--bands", file.toString(), "--processor", processor), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
