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
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads as known at an earlier instant, over points revised since, allocate no byte. */
class PastReadAllocationTest extends AllocationMeasurement {
    private static final Metric[] METRICS = {Metric.MEAN, Metric.CHANGES, Metric.MEDIAN, Metric.SINCE_CHANGE};

    @Test
    void shouldAllocateNothingOnReadingWindowsAndLevelsAsKnown() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final WindowReading reading = reader.asOf(known).windows(List.of(REGISTERED, Window.last(5)), METRICS);
        final LevelReading level = reader.asOf(known).level();
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            final long at = known - number % 10_000;
            reading.read(steps[number % SERIES], at);
            level.read(steps[number % SERIES], at);
            sum[0] += reading.count(number % 2) + level.scaledValue() % 2;
        }));
        assertTrue(sum[0] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingPairsAsKnown() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final Pair pair = Pair.asOf(steps[1], steps[2]);
        final PairReading reading = reader.asOf(known).pair(pair, Window.slidingNs(700));
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            reading.read(known - number % 10_000);
            sum[0] += reading.status(PairMetric.COVARIANCE).hasValue() ? 1 : 0;
        }));
        assertTrue(sum[0] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnReadingVersions() {
        final long known = reviseAll();
        final MetricReader reader = engine.newReader();
        final VersionReading points = reader.asOf(known).points(REGISTERED, 10);
        final VersionReading versions = reader.asOf(known + 1).versions(REGISTERED, 10);
        final RevisionReading revisions = reader.asOf(known + 1).revisions(REGISTERED);
        final long[] sum = new long[1];
        assertEquals(0, bytesOfReads(number -> {
            final StepSeries series = steps[number % SERIES];
            final long at = known - number % 10_000;
            sum[0] += versions.read(series, at).count();
            sum[0] += points.read(series, at).count();
            sum[0] += revisions.read(series, at).revisionCount();
        }));
        assertTrue(sum[0] > READS);
    }

    @Test
    void shouldAllocateNothingOnReadingOnBothSidesOfAHorizon() {
        final long known = reviseAll();
        engine.series().retain("step.*", Retention.since(known + 1));
        final MetricReader reader = engine.newReader();
        final WindowReading[] readings = new WindowReading[3];
        final LevelReading[] levels = new LevelReading[3];
        final VersionReading[] versions = new VersionReading[3];
        for (int i = 0; i < 3; i++) {
            readings[i] = reader.asOf(known + i).window(REGISTERED, METRICS);
            levels[i] = reader.asOf(known + i).level();
            versions[i] = reader.asOf(known + i).versions(REGISTERED, 10);
        }
        final long[] statuses = new long[Status.values().length];
        assertEquals(0, bytesOfReads(number -> {
            final long at = known - number % 10_000;
            final int later = number % 3;
            final StepSeries series = steps[number % SERIES];
            statuses[readings[later].read(series, at).status(Metric.MEAN).ordinal()]++;
            statuses[levels[later].read(series, at).status().ordinal()]++;
            statuses[versions[later].read(series, at).status().ordinal()]++;
        }));
        assertTrue(statuses[Status.FORGOTTEN.ordinal()] > READS / 2);
        assertTrue(statuses[Status.OK.ordinal()] > READS / 2);
    }

    @Test
    void shouldAllocateNothingOnComparingSources() {
        final long known = reviseAll();
        final PanelReader reader = engine.newPanelReader();
        final Comparison comparison = Comparison.of(steps[1], steps[2], steps[3]);
        final ComparisonReading[] readings = {
            reader.asOf(known).comparison(comparison, REGISTERED, 5),
            reader.asOf(known + 1).comparison(comparison, REGISTERED, 5)
        };
        final double[] sum = new double[1];
        assertEquals(0, bytesOfReads(number -> {
            sum[0] += readings[number % 2].read(known - number % 10_000).largestDifference();
        }));
        assertTrue(sum[0] > 0);
    }

    /** Revises each level. Returns a knowledge time before all revisions. */
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
