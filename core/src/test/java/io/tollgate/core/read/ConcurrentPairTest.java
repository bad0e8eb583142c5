package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.Witnesses;
import io.tollgate.core.oracle.Twin;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Threads read a pair while the writer changes x, then y, then x. Each answer shows one state, so x is equal to y or
 * one step ahead, never less.
 */
class ConcurrentPairTest {
    private static final int STEPS = 6_000;
    private static final long LENGTH_NS = 100_000;

    private final Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.EVENT));

    @AutoClose
    private final Witnesses witnesses = new Witnesses(engine, 0, STEPS);

    /** Reads once. Returns the step of the pair, -1 if it was contended. */
    private interface Look {
        long at(TestReader reader);
    }

    /** The level is 0 for one half and k for the other. So the slope of y on x is the k of y divided by the k of x. */
    @Test
    void shouldNeverShowALevelOfYBeforeTheOneOfX() throws Exception {
        final StepSeries x = engine.defineStep(SeriesDefinition.step("x", Unit.COUNT, 0));
        final StepSeries y = engine.defineStep(SeriesDefinition.step("y", Unit.COUNT, 0));
        for (final Series series : new Series[] {x, y}) {
            offer(series, 0, 0);
            offer(series, LENGTH_NS / 2, 1);
            engine.awaitApplied(offer(series, LENGTH_NS, 0));
        }
        final Pair pair = Pair.asOf(x, y);
        watchWhile(reader -> checkLevels(reader, pair), k -> {
            offer(x, LENGTH_NS / 2, k);
            return offer(y, LENGTH_NS / 2, k);
        });
        assertEquals(STEPS, checkLevels(new TestReader(engine.newReader()), pair));
    }

    private static long checkLevels(final TestReader reader, final Pair pair) {
        final PairReading reading = reader.newPairReading();
        reader.readPair(pair, Window.slidingNs(LENGTH_NS), LENGTH_NS, reading);
        if (reading.status(PairMetric.BETA) == Status.CONTENDED) {
            return -1;
        }
        assertEquals(LENGTH_NS, reading.weight());
        assertEquals(1.0, reading.value(PairMetric.CORRELATION));
        // The covariance is a quarter of the product of both levels: k^2, or k (k + 1) if x is a step ahead.
        final long product = Math.round(4 * reading.value(PairMetric.COVARIANCE));
        final long k = (long) Math.sqrt(product);
        final boolean isAhead = product == k * (k + 1);
        assertTrue(isAhead || product == k * k, () -> "product=" + product);
        assertEquals(isAhead ? k / (k + 1.0) : 1.0, reading.value(PairMetric.BETA), () -> "product=" + product);
        return k;
    }

    /** An event of 1 comes in each bucket of x, then the same of y. If x is ahead, y has none in its last bucket. */
    @Test
    void shouldNeverShowAnEventOfYBeforeTheOneOfX() throws Exception {
        final FlowSeries x = engine.defineFlow(SeriesDefinition.flow("x", Unit.COUNT, 0));
        final FlowSeries y = engine.defineFlow(SeriesDefinition.flow("y", Unit.COUNT, 0));
        offer(x, 1, 0);
        engine.awaitApplied(offer(y, 1, 0));
        final Pair pair = Pair.byBucket(x, y, Bucket.of(Duration.ofNanos(1)));
        watchWhile(reader -> checkEvents(reader, pair), k -> {
            // Events come from the end of the window to its start, so the tree grows at its front.
            offer(x, STEPS + 2 - k, 1);
            return offer(y, STEPS + 2 - k, 1);
        });
        assertEquals(STEPS, checkEvents(new TestReader(engine.newReader()), pair));
    }

    private static long checkEvents(final TestReader reader, final Pair pair) {
        final PairReading reading = reader.newPairReading();
        final LagReading scan = reader.newLagReading(LagRange.ofBuckets(0, 0));
        reader.readLags(pair, Window.slidingNs(4L * STEPS), 4L * STEPS, scan);
        reader.readPair(pair, Window.slidingNs(4L * STEPS), 4L * STEPS, reading);
        if (reading.status(PairMetric.COVARIANCE) == Status.CONTENDED) {
            return -1;
        }
        assertTrue(scan.best() < 0 || scan.correlation(0) > 0.7, () -> "r=" + scan.correlation(0));
        final long n = 4L * STEPS;
        assertEquals(n, reading.weight());
        if (reading.status(PairMetric.CORRELATION) == Status.UNDEFINED) {
            return 0;
        }
        // With a ones in x and b in y, each one of y has a one in x. So the slope is b (n - a) / (a (n - a)).
        final double beta = reading.value(PairMetric.BETA);
        final long b = Math.round(beta / (1 - Math.min(beta, 1 - 1e-9)));
        final boolean isAhead = beta < 1;
        assertEquals(isAhead ? b / (b + 1.0) : 1.0, beta);
        // If x is not ahead, the covariance a (n - a) / (n (n - 1)) gives the number of points.
        final double a = (n - Math.sqrt((double) n * n - 4 * reading.value(PairMetric.COVARIANCE) * n * (n - 1))) / 2;
        return isAhead ? b : Math.round(a);
    }

    /** Makes a step. Returns the ticket of its last point. */
    private interface Step {
        long take(int number);
    }

    private void watchWhile(final Look look, final Step step) throws Exception {
        witnesses.begin(sight(look), sight(look));
        for (int k = 1; k <= STEPS; k++) {
            final long ticket = step.take(k);
            if (k % 10 == 0) {
                engine.awaitApplied(ticket);
                witnesses.acknowledge(k);
            }
        }
        witnesses.finish();
    }

    private LongSupplier sight(final Look look) {
        final TestReader reader = new TestReader(engine.newReader());
        return () -> look.at(reader);
    }

    private long offer(final Series series, final long time, final long value) {
        return Twin.offer(engine, series, time, value, Instants.NONE, Publisher.NO_REFERENCE);
    }
}
