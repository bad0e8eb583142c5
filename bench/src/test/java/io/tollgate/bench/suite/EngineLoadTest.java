package io.tollgate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.SeriesKind;
import io.tollgate.examples.workload.Durability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine is measured on, once and small, without JMH. */
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

    /** JMH drops an iteration that fails when it ends, and ends the trial. */
    @ParameterizedTest
    @CsvSource({"W2:1000, 20, true", "W2:1000, 21, false", "W6:1000, 21, true", "W1:10, 21, true"})
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
            assertTrue(e.getMessage().contains("measured from 12 to 33 points a series"), e::getMessage);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, true", "6, false"})
    void shouldHaveNoFigureOfShardsWhereAllSeriesNeededAnotherBlockAtOnce(
            final int batchCount, final boolean hasFigure) {
        final ShardBenchmark.FilledRings rings = new ShardBenchmark.FilledRings();
        rings.workload = "W2:5000";
        rings.kind = SeriesKind.FLOW;
        rings.shardCount = 1;
        rings.level = "NONE";
        rings.open();
        for (int i = 0; i < batchCount; i++) {
            rings.offerNext();
            new ShardBenchmark().apply(rings);
        }
        if (hasFigure) {
            rings.endIteration();
            rings.close();
        } else {
            assertThrows(IllegalStateException.class, rings::endIteration);
        }
    }
}
