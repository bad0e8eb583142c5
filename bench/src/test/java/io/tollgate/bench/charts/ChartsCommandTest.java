package io.tollgate.bench.charts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.report.Footprint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ChartsCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    private int run(final Path ticks) {
        return new CommandLine(new ChartsCommand())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err, true))
                .execute(
                        "--ticks",
                        ticks.toString(),
                        "--out",
                        directory.resolve("out").toString());
    }

    @Test
    void shouldDrawTheTicksOfAFileAndTheBytesOfASeries() throws IOException {
        final Path ticks = Files.write(
                directory.resolve("ticks.csv"),
                List.of("tick,ours,careful,floor", "W1,600,200,100", "W3: late,900,300,"));
        assertEquals(0, run(ticks), err::toString);
        final String tick = Files.readString(directory.resolve("out/charts/tick.svg"));
        for (final String text : List.of(">ours<", ">careful<", ">floor<", ">W1<", ">W3<", ">late<")) {
            assertTrue(tick.contains(text), () -> text + " in " + tick);
        }
        final String bytes = Files.readString(directory.resolve("out/charts/bytes.svg"));
        assertTrue(bytes.contains("Tollgate: lowest " + bytes(1) + ", highest " + bytes(10_000)), () -> bytes);
        assertTrue(bytes.contains("450 + 80 n: lowest 530, highest 800450"), () -> bytes);
    }

    private static long bytes(final long pointCount) {
        return Math.round(Footprint.bytesPerSeries(pointCount, 3));
    }

    @Test
    void shouldRefuseAFileThatIsMissing() {
        assertEquals(2, run(directory.resolve("missing.csv")));
        assertTrue(err.toString().contains("missing.csv, no such file"), err::toString);
    }
}
