package io.tollgate.core.panel;

import io.tollgate.api.panel.EventMetric;
import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.CompensatedSum;
import java.util.Arrays;

/**
 * One series and one event of a study: the returns of both windows, the model fitted to those of the estimation window,
 * and the abnormal returns relative to it. A missing return is NaN. Used by one thread.
 */
final class EventFit {
    private static final int LEAST_FOR_MARKET = 3;
    private static final int LEAST_FOR_MEAN = 2;

    private final boolean isMarket;
    private final int estimationLength;
    private final int eventLength;
    private final double[] subject;
    private final double[] market;
    private final double[] abnormal;
    private final CompensatedSum sum = new CompensatedSum();
    private int count;
    private double alpha;
    private double beta;
    private double sigma;
    private double car;
    private double exactLength;
    private boolean isFitted;

    EventFit(final EventStudy study) {
        isMarket = study.market().isPresent();
        estimationLength = study.estimationLength();
        eventLength = study.eventLength();
        subject = new double[estimationLength + eventLength];
        market = new double[subject.length];
        abnormal = new double[subject.length];
    }

    void clear() {
        Arrays.fill(subject, Double.NaN);
        Arrays.fill(abnormal, Double.NaN);
        Arrays.fill(market, isMarket ? Double.NaN : 0);
        count = 0;
        isFitted = false;
    }

    /** Sets the returns of a day; the days of the estimation window come first. */
    void set(final int day, final double returnOfSubject, final double returnOfMarket) {
        subject[day] = returnOfSubject;
        market[day] = isMarket ? returnOfMarket : 0;
    }

    private boolean isKnown(final int day) {
        return !Double.isNaN(subject[day]) && !Double.isNaN(market[day]);
    }

    /** Fits the model, and computes the abnormal returns. */
    void fit() {
        for (int i = 0; i < estimationLength; i++) {
            count += isKnown(i) ? 1 : 0;
        }
        if (count < (isMarket ? LEAST_FOR_MARKET : LEAST_FOR_MEAN) || !isEventKnown()) {
            return;
        }
        final double meanOfSubject = mean(subject);
        final double meanOfMarket = mean(market);
        final double spread = products(market, meanOfMarket, market, meanOfMarket);
        if (isMarket && !(spread > 0)) {
            return;
        }
        beta = isMarket ? products(market, meanOfMarket, subject, meanOfSubject) / spread : 0;
        alpha = meanOfSubject - beta * meanOfMarket;
        for (int i = 0; i < subject.length; i++) {
            abnormal[i] = subject[i] - alpha - beta * market[i];
        }
        sigma = Math.sqrt(products(abnormal, 0, abnormal, 0) / (count - (isMarket ? 2 : 1)));
        sum.clear();
        for (int i = estimationLength; i < subject.length; i++) {
            sum.add(abnormal[i]);
        }
        car = sum.value();
        exactLength = exactLength(meanOfMarket, spread);
        isFitted = true;
    }

    private boolean isEventKnown() {
        boolean isKnown = true;
        for (int i = estimationLength; i < subject.length; i++) {
            isKnown &= isKnown(i);
        }
        return isKnown;
    }

    /**
     * Returns the mean over the estimation window. The mean of equal values is exactly that value, so no rounding error
     * makes them differ from it.
     */
    private double mean(final double[] values) {
        final double first = values[firstKnown()];
        sum.clear();
        for (int i = 0; i < estimationLength; i++) {
            if (isKnown(i)) {
                sum.add(values[i] - first);
            }
        }
        return first + sum.value() / count;
    }

    private int firstKnown() {
        int i = 0;
        while (!isKnown(i)) {
            i++;
        }
        return i;
    }

    /** Returns the sum of products of the deviations of two values from their means, over the estimation window. */
    private double products(final double[] a, final double meanOfA, final double[] b, final double meanOfB) {
        sum.clear();
        for (int i = 0; i < estimationLength; i++) {
            if (isKnown(i)) {
                sum.add((a[i] - meanOfA) * (b[i] - meanOfB));
            }
        }
        return sum.value();
    }

    /**
     * Returns the variance of the sum of predictions over the event window, divided by the residual variance of the
     * model.
     */
    private double exactLength(final double meanOfMarket, final double spread) {
        final double length = eventLength + (double) eventLength * eventLength / count;
        if (!isMarket) {
            return length;
        }
        sum.clear();
        for (int i = estimationLength; i < subject.length; i++) {
            sum.add(market[i] - meanOfMarket);
        }
        return length + sum.value() * sum.value() / spread;
    }

    /** {@return true if a model was fitted and the event window is complete} */
    boolean isFitted() {
        return isFitted;
    }

    /** {@return the number of returns that the model was fitted to} */
    int count() {
        return count;
    }

    Status status(final EventMetric metric) {
        if (!isFitted) {
            return Status.INSUFFICIENT;
        }
        final boolean isTest = metric == EventMetric.T_SIMPLE || metric == EventMetric.T_EXACT;
        if (isTest && !(sigma > 0)) {
            return Status.UNDEFINED;
        }
        return count < estimationLength ? Status.PARTIAL : Status.OK;
    }

    double value(final EventMetric metric) {
        if (!status(metric).hasValue()) {
            return Double.NaN;
        }
        return switch (metric) {
            case ALPHA -> alpha;
            case BETA -> beta;
            case SIGMA -> sigma;
            case CAR -> car;
            case T_SIMPLE -> car / (sigma * Math.sqrt(eventLength));
            case T_EXACT -> car / (sigma * Math.sqrt(exactLength));
        };
    }

    /** {@return the abnormal return of a day, NaN if it is missing; the days of the estimation window come first} */
    double abnormal(final int day) {
        return abnormal[day];
    }
}
