package io.tollgate.bench.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.SingleShotResult;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.util.SampleBuffer;

/** Uses forks that record their options and return given times. */
final class PairRunnerTest {
    private static final int OPERATIONS = 4;
    private static final BenchmarkPair PAIR = new BenchmarkPair(
            "some",
            "Some.benchmark",
            "Some.reference",
            Map.of("size", "1"),
            Map.of("size", "2"),
            OPERATIONS,
            OPERATIONS);

    /** Times of the benchmark, one a round; the reference takes 10. The mean of the ratios is none of these ratios. */
    private static final long[] TIMES = {100, 900, 300};

    private static final long REFERENCE_TIME = 10;

    /** Invocations in the shots that count allocations. */
    private static final int INVOCATIONS = 100_000;

    private final List<String> forks = new ArrayList<>();

    @Test
    void shouldMeasureBenchmarkAndReferenceInTurnsAndAllocationsInAForkOfTheirOwn() {
        run();
        assertEquals(
                List.of(
                        "Some.benchmark size=1 SampleTime",
                        "Some.reference size=2 SampleTime",
                        "Some.benchmark size=1 SampleTime",
                        "Some.reference size=2 SampleTime",
                        "Some.benchmark size=1 SampleTime",
                        "Some.reference size=2 SampleTime",
                        "Some.benchmark size=1 SingleShotTime"),
                forks);
    }

    @Test
    void shouldOpenBenchmarkAndReferenceInTurns() {
        final PairResult result = new OpeningRunner(2, this::measure).run(PAIR);
        assertEquals(
                List.of(
                        "Some.benchmark size=1 SingleShotTime",
                        "Some.reference size=2 SingleShotTime",
                        "Some.benchmark size=1 SingleShotTime",
                        "Some.reference size=2 SingleShotTime"),
                forks);
        assertTrue(Double.isNaN(result.allocatedBytes()), result::toString);
    }

    /** Two of five invocations of each fork took far longer. */
    @Test
    void shouldTakeTheMedianOfEachForkAndThatOfTheRatios() {
        final PairResult result = run();
        assertEquals(30, result.ratio());
        assertEquals(300.0 / OPERATIONS, result.nanoseconds());
        assertEquals((double) REFERENCE_TIME / OPERATIONS, result.referenceNanoseconds());
    }

    @Test
    void shouldCountTheLeastThatAnIterationAllocatesForAUnit() {
        assertEquals(8, run().allocatedBytes());
    }

    private PairResult run() {
        return new PairRunner(new Effort(TIMES.length, 5, 10), this::measure).run(PAIR);
    }

    private RunResult measure(final BenchmarkPair pair, final String method, final ChainedOptionsBuilder builder) {
        final Options options = builder.build();
        final Mode mode = options.getBenchModes().iterator().next();
        assertEquals(List.of("\\." + Pattern.quote(method) + "$"), options.getIncludes());
        assertEquals(1, options.getForkCount().get());
        final int round = forks.size() / 2;
        forks.add(method + " size="
                + String.join(",", options.getParameter("size").get()) + " " + mode.name());
        if (mode == Mode.SampleTime) {
            return result(iteration(sampled(method.equals(PAIR.benchmark()) ? TIMES[round] : REFERENCE_TIME)));
        }
        final double bytes = 8.0 * INVOCATIONS * OPERATIONS;
        return result(shot(bytes + 24_000_000), shot(bytes));
    }

    private static Result<?> sampled(final long time) {
        final SampleBuffer times = new SampleBuffer();
        LongStream.of(1, time, time, 100 * time, 100 * time).forEach(times::add);
        return new SampleTimeResult(ResultRole.PRIMARY, "", times, TimeUnit.NANOSECONDS);
    }

    private static IterationResult shot(final double allocatedBytes) {
        final IterationResult shot =
                iteration(new SingleShotResult(ResultRole.PRIMARY, "", REFERENCE_TIME, TimeUnit.NANOSECONDS));
        shot.addResult(new ScalarResult("gc.alloc.rate.norm", allocatedBytes, "B/op", AggregationPolicy.AVG));
        return shot;
    }

    private static IterationResult iteration(final Result<?> primary) {
        final IterationResult iteration = new IterationResult(null, null, null);
        iteration.addResult(primary);
        return iteration;
    }

    private static RunResult result(final IterationResult... iterations) {
        return new RunResult(null, List.of(new BenchmarkResult(null, List.of(iterations))));
    }
}
