package io.tollgate.examples.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a column known_at the clock is the largest knowledge time. Later points are pending. */
final class KnowledgeClockTest {
    @TempDir
    private Path directory;

    @Test
    void shouldReadAtTheLargestKnowledgeTimeSoFar() throws IOException {
        final Path in = write("""
                series,time,value,known_at
                rate,2025-04-05T04:01Z,10,2025-04-02T20:00Z
                rate,2025-04-09T04:01Z,34,2025-04-02T20:00Z
                other,2025-04-01T00:00Z,5,2025-04-06T00:00Z
                rate,2025-04-09T04:01Z,145,2025-04-09T17:18Z
                other,2025-04-02T00:00Z,6,2025-04-07T00:00Z
                """);
        assertEquals("""
                series,time,window,metric,value,status
                rate,2025-04-02T20:00:00Z,30d,count,0,OK
                rate,2025-04-02T20:00:00Z,30d,last,,EMPTY
                rate,2025-04-02T20:00:00Z,30d,count,0,OK
                rate,2025-04-02T20:00:00Z,30d,last,,EMPTY
                other,2025-04-06T00:00:00Z,30d,count,1,OK
                other,2025-04-06T00:00:00Z,30d,last,5,PARTIAL
                rate,2025-04-09T17:18:00Z,30d,count,2,OK
                rate,2025-04-09T17:18:00Z,30d,last,145,PARTIAL
                other,2025-04-09T17:18:00Z,30d,count,2,OK
                other,2025-04-09T17:18:00Z,30d,last,6,PARTIAL
                """, ReplayRun.of(in, "STEP", "30d", "count,last").out());
    }

    @Test
    void shouldRefuseWhatTheEngineRefuses() throws IOException {
        final Path in = write("""
                series,time,value,known_at,ref
                a,2025-01-01T00:00Z,1,,
                a,2025-01-01T00:00Z,1,2025-01-03T00:00Z,
                a,2025-01-02T00:00Z,2,2025-01-02T23:59:59.999999999Z,7
                b,2025-01-02T00:00Z,3,2025-01-02T00:00Z,8
                """);
        final Path rejects = directory.resolve("rejects.csv");
        final CommandRun run =
                ReplayRun.of(in, "FLOW", "7d", "count", "--rejects", rejects, "--at", "2025-01-05T00:00Z");
        assertEquals(1, run.exitCode());
        assertEquals("""
                series,time,window,metric,value,status
                a,2025-01-05T00:00:00Z,7d,count,1,OK
                b,2025-01-05T00:00:00Z,7d,count,1,OK
                """, run.out());
        assertEquals(3, run.errLines().size(), run.err());
        assertTrue(run.errLines().get(0).startsWith(in + ":2: series=a KNOWLEDGE_MISSING known_at=,"), run.err());
        assertTrue(
                run.errLines()
                        .get(1)
                        .startsWith(in + ":4: series=a KNOWLEDGE_DECREASES known_at=2025-01-02T23:59:59.999999999Z,"),
                run.err());
        final List<String> kept = Files.readAllLines(rejects);
        assertEquals(3, kept.size());
        assertTrue(kept.get(2).startsWith("4,\"series=a KNOWLEDGE_DECREASES"), kept.get(2));
        assertTrue(kept.get(2).endsWith(",\"a,2025-01-02T00:00Z,2,2025-01-02T23:59:59.999999999Z,7\""), kept.get(2));
    }

    @Test
    void shouldReviseAnEventByItsReference() throws IOException {
        final Path in = write("""
                ref,series,time,value
                1,a,2025-01-01T00:00Z,10
                2,a,2025-01-01T00:00Z,20
                ,a,2025-01-01T00:00Z,40
                1,a,2025-01-01T00:00Z,11
                """);
        assertTrue(ReplayRun.of(in, "FLOW", "7d", "sum", "--at", "2025-01-01T00:00Z")
                .out()
                .contains(",sum,71,"));
    }

    @Test
    void shouldRefuseAReferenceThatIsNoInteger() throws IOException {
        for (final String ref : List.of("x", "1.0", "٤", "-9223372036854775808", "9223372036854775808")) {
            final CommandRun run = ReplayRun.of(
                    write("series,time,value,ref\na,2025-01-01T00:00Z,1," + ref + "\n"), "FLOW", "7d", "sum");
            assertEquals(1, run.exitCode(), ref);
            assertTrue(run.err().contains(":2: ref=" + ref + ", expected an integer"), run.err());
        }
    }

    private Path write(final String text) throws IOException {
        return Files.writeString(directory.resolve("points.csv"), text);
    }
}
