package io.tollgate.bench.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.FastMachine;
import io.tollgate.bench.pair.PairResult;
import io.tollgate.examples.workload.Stretch;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TargetsCommandTest {
    private static final double NANOSECONDS_A_LINE = 10;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final double ratio, final double nanoseconds, final double bytes, final String... arguments) {
        final TargetsCommand command = new TargetsCommand(effort -> pair -> measured(pair, ratio, nanoseconds, bytes));
        return new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static PairResult measured(
            final BenchmarkPair pair, final double ratio, final double nanoseconds, final double bytes) {
        return pair.benchmark().startsWith("MemoryBenchmark")
                ? new PairResult(pair.name(), 30, 30 * NANOSECONDS_A_LINE, NANOSECONDS_A_LINE, 0)
                : new PairResult(pair.name(), ratio, nanoseconds, nanoseconds / ratio, bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apply W1 FLOW | 4 | 300 | 0.02 | apply W1 FLOW <= 4 x 4.00 yes 300 ns 75.00 ns 0.020 140 ns",
                "apply W1 FLOW | 4.1 | 300 | 0.02 | apply W1 FLOW <= 4 x 4.10 no 300 ns 73.17 ns 0.020 140 ns",
                "apply W1 FLOW | 4 | 300 | 0.2 | apply W1 FLOW <= 4 x 4.00 no 300 ns 75.00 ns 0.200 140 ns",
                "tick W1 STEP | 3 | 600 | 0.02 | tick W1 STEP <= 3 x 3.00 yes 600 ns 200 ns 0.020 -",
                "apply W2 STEP | 1.4 | 300 | 0.02 | apply W2 STEP <= 1.4 x 1.40 yes 300 ns 214 ns 0.020 70.00 ns",
                "read FLOW, 63 | 9 | 2000 | 0 | read FLOW, 63 behind <= 2000 ns 2,000 yes 2,000 ns 222 ns 0.000 -",
                "read FLOW, 63 | 9 | 2001 | 0 | read FLOW, 63 behind <= 2000 ns 2,001 no 2,001 ns 222 ns 0.000 -",
                "two engines FLOW | 0.5 | 200 | 0 | two engines FLOW >= 1.7 x as fast 2.00 yes 200 ns 400 ns 0.000 -",
                "two engines FLOW | 0.8 | 200 | 0 | two engines FLOW >= 1.7 x as fast 1.25 no 200 ns 250 ns 0.000 -"
            })
    void shouldSayWhetherATargetIsReached(
            final String name, final double ratio, final double nanoseconds, final double bytes, final String row)
            throws IOException {
        assertEquals(0, run(ratio, nanoseconds, bytes, "--only", name, "--out", directory.toString()));
        final List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.stream().map(line -> line.strip().replaceAll(" +", " ")).anyMatch(row::equals),
                () -> row + " in " + out);
        assertTrue(
                lines.stream().map(line -> line.strip().replaceAll(" +", " ")).anyMatch("524,288 300 10.00"::equals),
                out::toString);
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), out::toString);
        assertTrue(Files.readString(directory.resolve("report.html")).contains(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only nothing | --only=nothing, expected a part of one of [tick W1 FLOW, ",
                "--rounds 2 | --rounds=2, expected an odd number",
                "--rounds -1 | --rounds=-1, expected an odd number"
            })
    void shouldRefuseWhatItDoesNotKnowBeforeAnythingIsMeasured(final String arguments, final String message) {
        assertEquals(2, run(1, 1, 0, arguments.split(" ")));
        assertTrue(err.toString().startsWith(message), err::toString);
        assertEquals("", out.toString());
    }

    @Test
    void shouldMeasureNoTargetWhereAllSeriesNeedAnotherBlockAtOnce() {
        final List<Stretch> stretches = Targets.all().stream()
                .flatMap(target -> FastMachine.stretch(target.pair(), TargetsCommand.effort(3)).stream())
                .toList();
        assertTrue(stretches.stream().anyMatch(stretch -> stretch.workload().isInStep()));
        stretches.forEach(stretch -> assertFalse(stretch.isAcrossBlocks(), stretch::reason));
    }

    @Test
    void shouldNameEachTargetOnce() {
        final List<String> names = Targets.all().stream().map(Target::name).toList();
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
        assertFalse(names.isEmpty());
    }
}
