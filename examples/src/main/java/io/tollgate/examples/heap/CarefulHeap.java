package io.tollgate.examples.heap;

import io.tollgate.examples.workload.Workload;
import java.util.function.BiFunction;

/**
 * Windows hand-written with great care: primitive rings on the heap, no allocation for a point, all metrics of a
 * window, min and max from monotonic queues. The sums are doubles, so an evicted outlier leaves a permanent rounding
 * error; {@linkplain #exact exact sums} avoid it.
 */
public final class CarefulHeap implements RollingWindows {
    private final RollingWindows sums;
    private final PointRings rings;
    private final long[] lengthsNs;
    private final ExtremeRing[] largest;
    private final ExtremeRing[] smallest;

    /**
     * Creates empty windows.
     *
     * @param workload with the series and windows.
     */
    public CarefulHeap(final Workload workload) {
        this(workload, new PointRings(workload), HeapFloor::new);
    }

    private CarefulHeap(
            final Workload workload,
            final PointRings rings,
            final BiFunction<Workload, PointRings, RollingWindows> sumsOf) {
        this.rings = rings;
        sums = sumsOf.apply(workload, rings);
        lengthsNs = workload.windowsNs();
        largest = rings(workload.seriesCount() * lengthsNs.length);
        smallest = rings(largest.length);
    }

    /**
     * Creates empty windows with exact sums: the minimum for correct window metrics, without other features.
     *
     * @param workload with the series and windows.
     * @return windows as correct as the engine's.
     */
    public static CarefulHeap exact(final Workload workload) {
        return new CarefulHeap(workload, new PointRings(workload), ExactFloor::new);
    }

    private static ExtremeRing[] rings(final int count) {
        final ExtremeRing[] rings = new ExtremeRing[count];
        for (int i = 0; i < count; i++) {
            rings[i] = new ExtremeRing();
        }
        return rings;
    }

    @Override
    public void add(final int series, final long timeNs, final double value) {
        final boolean isLate = rings.isLate(series, timeNs);
        sums.add(series, timeNs, value);
        if (isLate) {
            insert(series, timeNs, value);
            return;
        }
        for (int w = 0; w < lengthsNs.length; w++) {
            final int at = series * lengthsNs.length + w;
            append(largest[at], timeNs, value, timeNs - lengthsNs[w]);
            append(smallest[at], timeNs, -value, timeNs - lengthsNs[w]);
        }
    }

    private static void append(final ExtremeRing ring, final long timeNs, final double value, final long cutoffNs) {
        ring.append(timeNs, value);
        ring.evict(cutoffNs);
    }

    private void insert(final int series, final long timeNs, final double value) {
        final long lastTime = rings.lastTime(series);
        for (int w = 0; w < lengthsNs.length; w++) {
            if (timeNs > lastTime - lengthsNs[w]) {
                largest[series * lengthsNs.length + w].insert(timeNs, value);
                smallest[series * lengthsNs.length + w].insert(timeNs, -value);
            }
        }
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        sums.read(series, window, metrics);
        metrics.max = largest[series * lengthsNs.length + window].largest();
        metrics.min = -smallest[series * lengthsNs.length + window].largest();
    }
}
