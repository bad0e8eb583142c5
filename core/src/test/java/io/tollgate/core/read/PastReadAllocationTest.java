package io.tollgate.core.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.panel.Comparison;
import io.tollgate.api.panel.ComparisonReading;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Retention;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.fixture.AllocationMeasurement;
import org.junit.jupiter.api.Test;

/** Reads as known at an earlier instant, over points that were revised since, allocate not one byte. */
class PastReadAllocationTest extends AllocationMeasurement {
    private static final Metric[] METRICS = {Metric.MEAN, Metric.CHANGES, Metric.MEDIAN, Metric.SINCE_CHANGE};

    @Test
    void shouldAllocateNothingOnReadingWindowsAndLevelsAsKnown() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading(METRICS);
        final LevelReading level = reader.newLevelReading();
        final Window[] windows = {REGISTERED, Window.last(5)};
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            final long at = known - number % 10_000;
            reader.read(steps[number % SERIES], windows[number % windows.length], at, known, reading);
            reader.readLevel(steps[number % SERIES], at, known, level);
            sum[0] += reading.count() + level.scaledValue() % 2;
        }));
        assertTrue(sum[0] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingPairsAsKnown() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final PairReading reading = reader.newPairReading();
        final Pair pair = Pair.asOf(steps[1], steps[2]);
        final Window window = Window.slidingNs(700);
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            reader.readPair(pair, window, known - number % 10_000, known, reading);
            sum[0] += reading.status(PairMetric.COVARIANCE).hasValue() ? 1 : 0;
        }));
        assertTrue(sum[0] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingVersions() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final VersionReading versions = reader.newVersionReading(10);
        final RevisionReading revisions = reader.newRevisionReading();
        final long[] sum = new long[1];
        assertEquals(0, bytesOfReads(number -> {
            final StepSeries series = steps[number % SERIES];
            reader.readVersions(series, REGISTERED, known - number % 10_000, known + 1, versions);
            sum[0] += versions.count();
            reader.readPoints(series, REGISTERED, known - number % 10_000, known, versions);
            sum[0] += versions.count();
            reader.readRevisions(series, REGISTERED, known - number % 10_000, known + 1, revisions);
            sum[0] += revisions.revisionCount();
        }));
        assertTrue(sum[0] > READS);
    }

    @Test
    void shouldAllocateNothingOnReadingOnBothSidesOfAHorizon() {
        final long known = reviseAll();
        engine.series().retain("step.*", Retention.since(known + 1));
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.newReading(METRICS);
        final LevelReading level = reader.newLevelReading();
        final VersionReading versions = reader.newVersionReading(10);
        final long[] statuses = new long[Status.values().length];
        assertEquals(0, bytesOfReads(number -> {
            final long at = known - number % 10_000;
            final long knownAt = known + number % 3;
            reader.read(steps[number % SERIES], REGISTERED, at, knownAt, reading);
            statuses[reading.status(Metric.COUNT).ordinal()]++;
            reader.readLevel(steps[number % SERIES], at, knownAt, level);
            statuses[level.status().ordinal()]++;
            reader.readVersions(steps[number % SERIES], REGISTERED, at, knownAt, versions);
            statuses[versions.status().ordinal()]++;
        }));
        assertTrue(statuses[Status.FORGOTTEN.ordinal()] > READS / 2);
        assertTrue(statuses[Status.OK.ordinal()] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnComparingSources() {
        final long known = reviseAll();
        final PanelReader reader = engine.newPanelReader();
        final ComparisonReading reading = reader.newComparisonReading(Comparison.of(steps[1], steps[2], steps[3]), 5);
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            reader.readComparison(REGISTERED, known - number % 10_000, known + number % 2, reading);
            sum[0] += reading.largestDifference();
        }));
        assertTrue(sum[0] > 0);
    }

    /** Revises each level; the knowledge time as of which none of that was known. */
    private long reviseAll() {
        fill();
        final long known = time;
        time++;
        offer(steps[0], time, 1);
        for (int edition = 1; edition <= 2; edition++) {
            for (long i = 2; i <= known; i += 2) {
                offer(steps[(int) (i / 2 % SERIES)], i, edition + i % 100);
            }
            applyAll();
        }
        assertTrue(engine.admin().statistics().revisedCount() >= known / 2);
        return known;
    }
}
