package io.tollgate.examples.heap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.examples.workload.Durability;
import io.tollgate.examples.workload.PointBatch;
import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import io.tollgate.examples.workload.WorkloadEngine;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RollingWindowsTest {
    private static final int TRACKED = 2;
    private static final int WINDOWS = 3;

    private final WindowMetrics expected = new WindowMetrics();
    private final WindowMetrics actual = new WindowMetrics();

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50", "W3:7", "W5:7", "W6:50"})
    void floorShouldSumWhatTheOracleSums(final String name) {
        requireLikeOracle(Workload.named(name), HeapFloor::new, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50", "W3:7", "W5:7", "W6:50"})
    void exactFloorShouldSumWhatTheOracleSums(final String name) {
        requireLikeOracle(Workload.named(name), ExactFloor::new, false);
    }

    @Test
    void anOutlierThatLeftShouldLeaveNoTraceInExactSums() {
        final Workload workload = Workload.named("W3:2");
        final PointStream stream = new PointStream(workload, 100, -1_000_000_000_000_000L);
        final RollingWindows windows = new ExactFloor(workload);
        final ExactWindows oracle = new ExactWindows(workload, TRACKED);
        final PointBatch batch = new PointBatch(workload.roundLength());
        for (long i = 0; i < workload.fillLength() + 200 * batch.length(); i += batch.length()) {
            stream.next(batch);
            windows.addAll(batch);
            oracle.addAll(batch);
        }
        requireEqual(windows, oracle, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50", "W3:7", "W5:7", "W6:50"})
    void carefulWindowsShouldAnswerLikeTheOracle(final String name) {
        requireLikeOracle(Workload.named(name), CarefulHeap::new, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50", "W3:7", "W5:7", "W6:50"})
    void carefulWindowsWithExactSumsShouldAnswerLikeTheOracle(final String name) {
        requireLikeOracle(Workload.named(name), CarefulHeap::exact, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50", "W3:7", "W5:7", "W6:50"})
    void dequesShouldAnswerLikeTheOracle(final String name) {
        requireLikeOracle(Workload.named(name), DequeHeap::new, true);
    }

    @Test
    void anOutlierThatLeftShouldSpoilSumsOfDoublesAndNotTheEngine() {
        final Workload workload = Workload.named("W1:2");
        final PointStream stream = new PointStream(workload, 100, 1_000_000_000_000_000L);
        final RollingWindows floor = new HeapFloor(workload);
        final ExactWindows oracle = new ExactWindows(workload, TRACKED);
        final PointBatch batch = new PointBatch(workload.roundLength());
        try (WorkloadEngine engine = new WorkloadEngine(workload, SeriesKind.FLOW, Durability.IN_MEMORY)) {
            for (long i = 0; i < workload.fillLength() + 200 * batch.length(); i += batch.length()) {
                stream.next(batch);
                engine.offer(batch);
                engine.apply();
                floor.addAll(batch);
                oracle.addAll(batch);
            }
            final MetricReader reader = engine.engine().newReader();
            final WindowReading reading = reader.windows(engine.windows(), Metric.SD, Metric.MEAN);
            reading.read(engine.series(1), oracle.lastTimeNs(1));
            for (int w = 0; w < WINDOWS; w++) {
                oracle.read(1, w, expected);
                floor.read(1, w, actual);
                assertEquals(expected.sd, reading.value(w, Metric.SD), Math.ulp(expected.sd));
                assertEquals(expected.mean, reading.value(w, Metric.MEAN));
                assertTrue(
                        !(Math.abs(actual.sd - expected.sd) < 1e-4 * expected.sd),
                        () -> "floor sd=" + actual.sd + " oracle sd=" + expected.sd);
            }
        }
    }

    private void requireLikeOracle(
            final Workload workload, final Function<Workload, RollingWindows> factory, final boolean hasExtremes) {
        final RollingWindows windows = factory.apply(workload);
        final ExactWindows oracle = new ExactWindows(workload, TRACKED);
        final PointStream stream = new PointStream(workload);
        final PointBatch batch = new PointBatch(workload.roundLength());
        final long rounds = workload.fillLength() / batch.length() + 30;
        for (long round = 0; round < rounds; round++) {
            stream.next(batch);
            windows.addAll(batch);
            oracle.addAll(batch);
            if (round == rounds / 2 || round > rounds - 20) {
                requireEqual(windows, oracle, hasExtremes);
            }
        }
    }

    private void requireEqual(final RollingWindows windows, final ExactWindows oracle, final boolean hasExtremes) {
        for (int series = 0; series < TRACKED; series++) {
            for (int w = 0; w < WINDOWS; w++) {
                windows.read(series, w, actual);
                oracle.read(series, w, expected);
                assertEquals(expected.count, actual.count);
                assertEquals(expected.sum, actual.sum, 1e-9 * Math.abs(expected.sum));
                assertEquals(expected.mean, actual.mean, 1e-9 * Math.abs(expected.mean));
                assertEquals(expected.min, hasExtremes ? actual.min : expected.min);
                assertEquals(expected.max, hasExtremes ? actual.max : expected.max);
                if (expected.count > 2 && expected.sd > 1) {
                    assertEquals(expected.sd, actual.sd, 1e-7 * expected.sd);
                }
            }
        }
    }
}
