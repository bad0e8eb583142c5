package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the engine's load once on few points, without JMH. */
class EngineLoadTest {
    private static ApplyBenchmark.FilledRing opened(final String workload, final int windowCount) {
        final ApplyBenchmark.FilledRing ring = new ApplyBenchmark.FilledRing();
        ring.workload = workload;
        ring.windowCount = windowCount;
        ring.kind = SeriesKind.STEP;
        ring.durability = Durability.IN_MEMORY;
        ring.open();
        return ring;
    }

    /** JMH drops an iteration whose tear-down fails, and ends the trial. */
    @ParameterizedTest
    @CsvSource({"W2:1000, 64, true", "W2:1000, 65, false", "W6:1000, 65, true", "W1:10, 65, true"})
    void shouldHaveNoFigureWhereAllSeriesNeededAnotherBlockAtOnce(
            final String workload, final int batchCount, final boolean hasFigure) {
        final ApplyBenchmark.FilledRing ring = opened(workload, 3);
        for (int i = 0; i < batchCount; i++) {
            ring.offerNext();
            assertTrue(new ApplyBenchmark().apply(ring) > 0);
        }
        if (hasFigure) {
            ring.endIteration();
            ring.close();
        } else {
            final Exception e = assertThrows(IllegalStateException.class, ring::endIteration);
            assertTrue(e.getMessage().contains("measured from 12 to 77 points a series"), e::getMessage);
        }
    }

    @ParameterizedTest
    @CsvSource({"16, true", "17, false"})
    void shouldHaveNoFigureOfThreadsWhereAllSeriesNeededAnotherBlockAtOnce(
            final int batchCount, final boolean hasFigure) {
        final EnginesBenchmark.FilledRings rings = new EnginesBenchmark.FilledRings();
        rings.workload = "W2:5000";
        rings.kind = SeriesKind.FLOW;
        rings.engineCount = 1;
        rings.level = "NONE";
        rings.open();
        for (int i = 0; i < batchCount; i++) {
            rings.offerNext();
            new EnginesBenchmark().apply(rings);
        }
        if (hasFigure) {
            rings.endIteration();
            rings.close();
        } else {
            assertThrows(IllegalStateException.class, rings::endIteration);
        }
    }

    /** In W3 the last point of a batch may be late. In W4 all points of an hour are pending. */
    @ParameterizedTest
    @ValueSource(strings = {"W1:10", "W2:1000", "W3:10", "W4:10"})
    void shouldReadAtTheLatestInstantInEffect(final String workload) {
        final ApplyBenchmark.FilledRing ring = opened(workload, 3);
        long latestNs = Long.MIN_VALUE;
        int lateCount = 0;
        for (int i = 0; i < 20; i++) {
            final PointBatch batch = ring.draw();
            ring.offer();
            ring.engine.apply();
            for (final long timeNs : batch.timesNs) {
                latestNs = Math.max(latestNs, timeNs);
            }
            if (batch.timesNs[batch.length() - 1] < latestNs) {
                lateCount++;
            }
            assertEquals(latestNs - ring.load.knownAheadNs(), ring.nowNs());
        }
        ring.close();
        assertEquals(workload.startsWith("W3"), lateCount > 0, "late=" + lateCount);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void shouldTakeTheSamePointsWhateverWindowsThereAre(final int windowCount) {
        final Workload workload = Workload.named("W1:10");
        final PointStream stream = new PointStream(workload);
        final PointBatch expected = new PointBatch(PointBenchmark.BATCH);
        while (stream.length() < workload.fillLength()) {
            stream.next(expected);
        }
        stream.next(expected);
        final ApplyBenchmark.FilledRing ring = opened(workload.name(), windowCount);
        assertArrayEquals(expected.timesNs, ring.draw().timesNs);
        ring.close();
    }
}
