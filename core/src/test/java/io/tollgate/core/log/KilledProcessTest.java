package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it appends, and loses no acknowledged operation. */
class KilledProcessTest {
    private static final long ACKNOWLEDGED = 3_000;

    @TempDir
    private Path directory;

    @TempDir
    private Path other;

    @Test
    void shouldKeepEveryRecordThatWasAcknowledgedBeforeTheKill() throws Exception {
        final long acknowledged = killAfterAcknowledging(ACKNOWLEDGED);
        final RecordedOperations replayed = new RecordedOperations();
        final LogFixture fixture = new LogFixture(directory);
        final ReplayResult result = fixture.replay(replayed);

        assertTrue(result.end() != LogEnd.GAP, result::toString);
        assertTrue(result.lastSequence() >= acknowledged, "acknowledged=" + acknowledged + " " + result);
        assertEquals(result.lastSequence(), replayed.bySequence.size());
        replayed.requireAllIn(expected(result.lastSequence()), "after the kill");
        try (OperationLog log = fixture.open()) {
            assertEquals(result.nextSequence(), fixture.append(log, 1));
        }
        assertEquals(result.nextSequence(), fixture.replay().lastSequence());
    }

    private long killAfterAcknowledging(final long sequence) throws IOException, InterruptedException {
        final List<String> command = TestJvm.command(KilledProcessTest.class);
        command.add(directory.toString());
        final Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            while (line != null && Long.parseLong(line) < sequence) {
                line = lines.readLine();
            }
            assertTrue(line != null, "the process ended by itself");
            return Long.parseLong(line);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Returns the operations that the process appends. The fixture derives the points from their sequence. */
    private SortedMap<Long, byte[]> expected(final long lastSequence) {
        final LogFixture fixture = new LogFixture(other);
        try (OperationLog log = fixture.open()) {
            while (log.nextSequence() <= lastSequence) {
                fixture.append(log, 1);
            }
        }
        return fixture.appended;
    }

    /** Appends until the kill, and prints the sequence of each record after its append. */
    public static void main(final String[] arguments) {
        final LogFixture fixture = new LogFixture(Path.of(arguments[0]));
        try (OperationLog log = fixture.open()) {
            while (log.nextSequence() > 0) {
                System.out.println(fixture.append(log, 1));
            }
        }
    }
}
