package io.tollgate.bench.pair;

import io.tollgate.examples.workload.Stretch;
import io.tollgate.examples.workload.Workload;
import java.util.Optional;

/** A machine twice as fast, for a point of many series including its drawing, as those of the bands. */
public final class FastMachine {
    private static final double POINT_NS = 200;
    private static final double NS_PER_MILLI = 1e6;
    private static final int WARMUP_ITERATIONS = 2;

    /** Points of the forks that count allocations: two shots of a million points, each with a warm-up of a tenth. */
    private static final long COUNTED_POINTS = 2_200_000;

    private FastMachine() {}

    /** Returns the longest stretch that a fork of a pair measures, or empty if the pair has no workload. */
    public static Optional<Stretch> stretch(final BenchmarkPair pair, final Effort effort) {
        final long timedPoints = (long)
                ((WARMUP_ITERATIONS + effort.iterationCount()) * effort.iterationMillis() * NS_PER_MILLI / POINT_NS);
        return Optional.ofNullable(pair.parameters().get("workload"))
                .map(Workload::named)
                .map(workload -> new Stretch(
                        workload,
                        workload.fillLength(),
                        workload.fillLength() + Math.max(COUNTED_POINTS, timedPoints)));
    }
}
