package io.tollgate.examples.heap;

import io.tollgate.examples.workload.PointStream;
import io.tollgate.examples.workload.Workload;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle: stores every point of the first few series and sums each window again for each read, in decimals of
 * unlimited precision. Slow and simple.
 */
public final class ExactWindows implements RollingWindows {
    private static final MathContext DIGITS = new MathContext(60);

    private final long[] lengthsNs;
    private final Map<Integer, List<Point>> points = new HashMap<>();
    private final int trackedCount;

    /**
     * Creates empty windows.
     *
     * @param workload     with the windows.
     * @param trackedCount number of series, from 0, whose points are stored; other points are ignored.
     */
    public ExactWindows(final Workload workload, final int trackedCount) {
        lengthsNs = workload.windowsNs();
        this.trackedCount = trackedCount;
    }

    @Override
    public void add(final int series, final long timeNs, final double value) {
        if (series < trackedCount) {
            final BigDecimal exact = BigDecimal.valueOf(Math.round(value * 1e6), PointStream.SCALE);
            points.computeIfAbsent(series, key -> new ArrayList<>()).add(new Point(timeNs, exact));
        }
    }

    /**
     * Returns the last valid time of a series, at which its windows end.
     *
     * @param series a tracked series with a point.
     * @return the time.
     */
    public long lastTimeNs(final int series) {
        return points.get(series).stream().mapToLong(Point::timeNs).max().orElseThrow();
    }

    @Override
    public void read(final int series, final int window, final WindowMetrics metrics) {
        final long endNs = lastTimeNs(series);
        final List<BigDecimal> inside = points.get(series).stream()
                .filter(point -> point.timeNs > endNs - lengthsNs[window])
                .map(Point::value)
                .toList();
        final BigDecimal sum = inside.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        final BigDecimal mean = sum.divide(BigDecimal.valueOf(inside.size()), DIGITS);
        metrics.count = inside.size();
        metrics.sum = sum.doubleValue();
        metrics.mean = mean.doubleValue();
        metrics.sd = inside.size() < 2 ? Double.NaN : sd(inside, mean);
        metrics.min = inside.stream().reduce(BigDecimal::min).orElseThrow().doubleValue();
        metrics.max = inside.stream().reduce(BigDecimal::max).orElseThrow().doubleValue();
    }

    private static double sd(final List<BigDecimal> values, final BigDecimal mean) {
        BigDecimal squares = BigDecimal.ZERO;
        for (final BigDecimal value : values) {
            squares = squares.add(value.subtract(mean).pow(2));
        }
        return squares.divide(BigDecimal.valueOf(values.size() - 1L), DIGITS)
                .sqrt(DIGITS)
                .doubleValue();
    }

    private record Point(long timeNs, BigDecimal value) {}
}
