package io.tollgate.core.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An event study from the textbook formulas with plain sums. A missing return is NaN. */
final class StudyOracle {
    private final int estimation;
    private final int length;
    private final boolean isMarket;
    private final List<double[]> abnormals = new ArrayList<>();
    private final List<Double> cars = new ArrayList<>();

    StudyOracle(final int estimation, final int length, final boolean isMarket) {
        this.estimation = estimation;
        this.length = length;
        this.isMarket = isMarket;
    }

    /** The result of one pair. */
    record Fit(double car, double simple, double exact) {}

    /** Fits a pair; null if there is no model. */
    Fit fit(final double[] r, final double[] market, final int estimationStart, final int eventStart) {
        if (eventStart < 0 || eventStart + length > r.length) {
            return null;
        }
        final double[] m = isMarket ? market : new double[market.length];
        final int[] known = IntStream.range(Math.max(0, estimationStart), estimationStart + estimation)
                .filter(i -> !Double.isNaN(r[i] + m[i]))
                .toArray();
        final int[] event = IntStream.range(eventStart, eventStart + length).toArray();
        final int n = known.length;
        final boolean isEventKnown = IntStream.of(event).noneMatch(i -> Double.isNaN(r[i] + m[i]));
        if (n < (isMarket ? 3 : 2) || !isEventKnown) {
            return null;
        }
        final double meanR = IntStream.of(known).mapToDouble(i -> r[i]).sum() / n;
        final double meanM = IntStream.of(known).mapToDouble(i -> m[i]).sum() / n;
        final double sxx = IntStream.of(known)
                .mapToDouble(i -> (m[i] - meanM) * (m[i] - meanM))
                .sum();
        final double sxy = IntStream.of(known)
                .mapToDouble(i -> (m[i] - meanM) * (r[i] - meanR))
                .sum();
        if (isMarket && sxx == 0) {
            return null;
        }
        final double b = isMarket ? sxy / sxx : 0;
        final double a = meanR - b * meanM;
        final double squares = IntStream.of(known)
                .mapToDouble(i -> Math.pow(r[i] - a - b * m[i], 2))
                .sum();
        final double s = Math.sqrt(squares / (n - (isMarket ? 2 : 1)));
        final double car =
                IntStream.of(event).mapToDouble(i -> r[i] - a - b * m[i]).sum();
        final double distance = IntStream.of(event).mapToDouble(i -> m[i]).sum() - length * meanM;
        final double variance = length + (double) length * length / n + (isMarket ? distance * distance / sxx : 0);
        final double[] abnormal = new double[estimation + length];
        for (int i = 0; i < abnormal.length; i++) {
            final int at = i < estimation ? estimationStart + i : eventStart + i - estimation;
            abnormal[i] = at < 0 ? Double.NaN : r[at] - a - b * m[at];
        }
        abnormals.add(abnormal);
        cars.add(car);
        return new Fit(car, car / (s * Math.sqrt(length)), car / (s * Math.sqrt(variance)));
    }

    /** Returns the mean CAR divided by its standard error. */
    double cross() {
        final double mean =
                cars.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        final double squares =
                cars.stream().mapToDouble(car -> (car - mean) * (car - mean)).sum();
        return cars.size() < 2 ? Double.NaN : mean / Math.sqrt(squares / (cars.size() - 1) / cars.size());
    }

    /**
     * Returns the rank test. Ranks by counting, as u = k / (T + 1) - 1/2, are summed by day and divided by the root of
     * the pairs.
     */
    double rank() {
        double squares = 0;
        double event = 0;
        int days = 0;
        for (int day = 0; day < estimation + length; day++) {
            double sum = 0;
            int pairs = 0;
            for (final double[] abnormal : abnormals) {
                final double own = abnormal[day];
                if (!Double.isNaN(own)) {
                    double rank = 0.5;
                    int total = 0;
                    for (final double other : abnormal) {
                        total += Double.isNaN(other) ? 0 : 1;
                        rank += other < own ? 1 : other == own ? 0.5 : 0;
                    }
                    sum += rank / (total + 1) - 0.5;
                    pairs++;
                }
            }
            if (pairs > 0) {
                final double u = sum / Math.sqrt(pairs);
                squares += u * u;
                days++;
                event += day >= estimation ? u : 0;
            }
        }
        return event / Math.sqrt(length) / Math.sqrt(squares / days);
    }
}
