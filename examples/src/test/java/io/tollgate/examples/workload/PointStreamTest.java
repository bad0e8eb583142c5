package io.tollgate.examples.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointStreamTest {
    private static int[] countsAfter(final Workload workload, final long length) {
        return countsAfter(new PointStream(workload), workload, length);
    }

    private static int[] countsAfter(final PointStream stream, final Workload workload, final long length) {
        final PointBatch batch = new PointBatch(100);
        final int[] counts = new int[workload.seriesCount()];
        for (long i = 0; i < length; i += batch.length()) {
            stream.next(batch);
            for (final int series : batch.series) {
                counts[series]++;
            }
        }
        return counts;
    }

    /** An effect of each fourth point of a series must not occur for all series in the same round. */
    @ParameterizedTest
    @CsvSource({"W1, 4", "W1:250, 4", "W1:100, 4", "W3:100, 4", "W5:100, 4", "W1, 32", "W6:500, 4", "W6:500, 32"})
    void shouldHaveSeriesOutOfStepWhenTheWindowsAreFull(final String name, final int group) {
        final Workload workload = Workload.named(name);
        final int[] series = new int[group];
        for (final int count : countsAfter(workload, workload.fillLength())) {
            series[count % group]++;
        }
        final int even = workload.seriesCount() / group;
        assertTrue(
                Arrays.stream(series).allMatch(count -> count > even / 2 && count < 2 * even + 2),
                () -> Arrays.toString(series));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:100", "W3:100", "W4:100", "W5:100"})
    void shouldHaveFilledTheWindowsOfTheLastSeriesToJoinIn(final String name) {
        final Workload workload = Workload.named(name);
        final int least = Arrays.stream(countsAfter(workload, workload.fillLength()))
                .min()
                .orElseThrow();
        assertTrue(least > 7 * 24 * 60, "least=" + least);
    }

    /** No series may be in its first block when measuring begins. */
    @Test
    void shouldHaveGrownEachSeriesIntoItsSecondBlock() {
        final Workload workload = Workload.named("W6:500");
        final int least = Arrays.stream(countsAfter(workload, workload.fillLength()))
                .min()
                .orElseThrow();
        assertTrue(least > 84, "least=" + least);
        assertFalse(workload.isInStep());
    }

    /**
     * All series of W2 have the same number of points, whatever the number of series, so they outgrow their blocks
     * together.
     */
    @Test
    void shouldFillWindowsOfSeriesInStepWithAsManyPointsEach() {
        final Workload workload = Workload.named("W2:500");
        final int[] counts = countsAfter(workload, workload.fillLength());
        assertEquals(12, Arrays.stream(counts).min().orElseThrow());
        assertEquals(12, Arrays.stream(counts).max().orElseThrow());
        assertTrue(workload.isInStep());
    }

    @Test
    void shouldCountWhatWasDrawn() {
        final PointStream stream = new PointStream(Workload.named("W6:500"));
        assertEquals(0, stream.length());
        stream.next(new PointBatch(3));
        stream.next(new PointBatch(4));
        assertEquals(7, stream.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:100", "W2:500", "W3:100"})
    void shouldGiveEachSeriesAsManyPointsWhereAllBeginInTheFirstTurn(final String name) {
        final Workload workload = Workload.named(name);
        final int[] counts = countsAfter(PointStream.inStep(workload), workload, 8L * workload.seriesCount());
        assertEquals(8, Arrays.stream(counts).min().orElseThrow());
        assertEquals(8, Arrays.stream(counts).max().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:100", "W2:500", "W3:100", "W6:500"})
    void shouldGiveEachSeriesItsOutlierOnce(final String name) {
        final Workload workload = Workload.named(name);
        final PointStream stream = new PointStream(workload, 1, -1);
        final PointBatch batch = new PointBatch(100);
        final int[] counts = new int[workload.seriesCount()];
        final int[] outliers = new int[workload.seriesCount()];
        for (long i = 0; i < workload.fillLength(); i += batch.length()) {
            stream.next(batch);
            for (int k = 0; k < batch.length(); k++) {
                counts[batch.series[k]]++;
                if (batch.scaled[k] == -1) {
                    outliers[batch.series[k]]++;
                    assertEquals(2, counts[batch.series[k]]);
                }
            }
        }
        assertTrue(Arrays.stream(outliers).allMatch(count -> count == 1), () -> Arrays.toString(outliers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W1:7", "W2:50"})
    void shouldChangeEachSeriesOnceInATurnWhereAllHaveJoinedIn(final String name) {
        final Workload workload = Workload.named(name);
        final int[] before = countsAfter(workload, 100_000);
        final int[] after = countsAfter(workload, 100_000 + 100L * workload.seriesCount());
        for (int i = 0; i < before.length; i++) {
            assertEquals(100, after[i] - before[i], 1.0, "series=" + i);
        }
    }
}
