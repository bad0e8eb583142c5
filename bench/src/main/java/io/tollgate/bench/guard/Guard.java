package io.tollgate.bench.guard;

import io.tollgate.bench.pair.BenchmarkPair;
import io.tollgate.bench.pair.Effort;
import io.tollgate.bench.pair.PairResult;
import io.tollgate.bench.pair.PairRunner;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures pairs and reports those that break a rule. */
public final class Guard {
    private final Function<BenchmarkPair, PairResult> runner;
    private final Consumer<String> progress;

    /**
     * Creates a guard.
     *
     * @param effort   rounds and iterations of each pair.
     * @param progress receives a line for each step.
     */
    public Guard(final Effort effort, final Consumer<String> progress) {
        this(new PairRunner(effort)::run, progress);
    }

    /** Creates a guard with its own measurement of a pair, for tests. */
    Guard(final Function<BenchmarkPair, PairResult> runner, final Consumer<String> progress) {
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * Measures pairs.
     *
     * @param pairs to measure.
     * @return one result for each pair.
     */
    public List<PairResult> measure(final List<BenchmarkPair> pairs) {
        return pairs.stream().map(this::measure).toList();
    }

    private PairResult measure(final BenchmarkPair pair) {
        final PairResult result = runner.apply(pair);
        progress.accept(String.format(
                Locale.ROOT, "%-36s ratio %8.3g  %6.3f B/op", result.name(), result.ratio(), result.allocatedBytes()));
        return result;
    }

    /**
     * Measures pairs, and measures those that break a rule once more. If a band is missing, no pair is measured.
     *
     * @param pairs to measure.
     * @param bands recorded.
     * @return one line for each pair that broke a rule twice; if bands are missing, one line for each missing band.
     */
    public List<String> check(final List<BenchmarkPair> pairs, final Bands bands) {
        final List<String> violations = pairs.stream()
                .filter(pair -> !bands.byName().containsKey(pair.name()))
                .map(pair -> pair.name() + ": no band is recorded; record all bands with guard --record")
                .collect(Collectors.toList());
        if (!violations.isEmpty()) {
            return violations;
        }
        for (final BenchmarkPair pair : pairs) {
            if (violation(measure(pair), bands).isPresent()) {
                progress.accept(pair.name() + ": once more");
                violation(measure(pair), bands).ifPresent(violations::add);
            }
        }
        return violations;
    }

    /**
     * Checks a result against its band and against the allocation limit.
     *
     * @param result measured.
     * @param bands  recorded; contains a band for this pair.
     * @return one line with the violation, or empty.
     */
    static Optional<String> violation(final PairResult result, final Bands bands) {
        final Band band = bands.byName().get(result.name());
        if (result.allocatedBytes() > PairResult.MOST_ALLOCATED_BYTES) {
            return line(
                    "%s: allocates %.3f B/op, expected at most %.1f",
                    result.name(), result.allocatedBytes(), PairResult.MOST_ALLOCATED_BYTES);
        }
        if (!band.holds(result.ratio())) {
            return line(
                    "%s: ratio %.3g, expected %.3g to %.3g; %s",
                    result.name(), result.ratio(), band.low(), band.high(), advice(result, band));
        }
        return Optional.empty();
    }

    private static String advice(final PairResult result, final Band band) {
        return result.ratio() > band.high()
                ? "it is slower than recorded, relative to its reference"
                : "it is faster than recorded, relative to its reference: record the new band with guard --record";
    }

    private static Optional<String> line(final String format, final Object... arguments) {
        return Optional.of(String.format(Locale.ROOT, format, arguments));
    }
}
