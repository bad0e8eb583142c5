package io.tollgate.api.licence;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The Kaplan-Meier estimate of processing times with pending cases (Kaplan and Meier 1958): {@code S(t) = product over
 * event times t_i <= t of (1 - d_i / n_i)} is the share of cases that take longer than t. A pending case counts as a
 * censored observation. The median of the closed cases alone would be too small. A case censored at the time of an
 * event still counts as at risk there. The shares are exact fractions, rounded once. Immutable and thread-safe.
 *
 * <pre>{@code
 * SurvivalCurve curve = SurvivalCurve.of(List.of(30L, 45L, 45L), List.of(60L));
 * OptionalLong median = curve.median(); // 45
 * }</pre>
 */
public final class SurvivalCurve {
    private final List<Step> steps;

    private SurvivalCurve(final List<Step> steps) {
        this.steps = steps;
    }

    /**
     * A step of the curve.
     *
     * @param days     processing time in days at which one or more cases closed.
     * @param atRisk   number of cases with at least this time, just before the step.
     * @param events   number of these cases that closed at exactly this time.
     * @param survival share of cases that take longer, correctly rounded.
     */
    public record Step(long days, long atRisk, long events, double survival) {}

    /** The exact share after a step. */
    private record Fraction(BigInteger part, BigInteger whole) {
        /** Rounds once: the extra digits keep a share near the middle between two doubles on the correct side. */
        double value() {
            final MathContext digits = new MathContext(whole.bitLength() + 40);
            return new BigDecimal(part).divide(new BigDecimal(whole), digits).doubleValue();
        }
    }

    /**
     * Estimates the curve.
     *
     * @param closed  processing times of closed cases, in days.
     * @param pending observation times of pending cases, in days.
     * @return the curve; without steps if no case is closed.
     * @throws IllegalArgumentException if a time is below 0.
     */
    public static SurvivalCurve of(final Collection<Long> closed, final Collection<Long> pending) {
        Objects.requireNonNull(closed, "closed");
        Objects.requireNonNull(pending, "pending");
        final NavigableMap<Long, long[]> times = new TreeMap<>();
        closed.forEach(days -> times.computeIfAbsent(requireDays(days), key -> new long[2])[0]++);
        pending.forEach(days -> times.computeIfAbsent(requireDays(days), key -> new long[2])[1]++);
        final List<Step> steps = new ArrayList<>();
        long atRisk = closed.size() + pending.size();
        // Between two censored cases the factors telescope: (n - d1) / n x (n - d1 - d2) / (n - d1) x ...
        BigInteger part = BigInteger.ONE;
        BigInteger whole = BigInteger.ONE;
        long runStart = atRisk;
        for (final Map.Entry<Long, long[]> time : times.entrySet()) {
            final long events = time.getValue()[0];
            final long left = time.getValue()[1];
            if (events > 0) {
                final Fraction share = new Fraction(
                        part.multiply(BigInteger.valueOf(atRisk - events)),
                        whole.multiply(BigInteger.valueOf(runStart)));
                steps.add(new Step(time.getKey(), atRisk, events, share.value()));
            }
            atRisk -= events;
            if (left > 0) {
                part = part.multiply(BigInteger.valueOf(atRisk));
                whole = whole.multiply(BigInteger.valueOf(runStart));
                atRisk -= left;
                runStart = Math.max(1, atRisk);
            }
        }
        return new SurvivalCurve(Collections.unmodifiableList(steps));
    }

    private static long requireDays(final long days) {
        if (days < 0) {
            throw new IllegalArgumentException(
                    "days=" + days + ", expected 0 or more: a case closes after its receipt");
        }
        return days;
    }

    /** {@return the steps in ascending order of days} */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Returns the share of cases that take longer.
     *
     * @param days time in days.
     * @return the share; 1 before the first step.
     */
    public double survival(final long days) {
        double survival = 1;
        for (final Step step : steps) {
            if (step.days() > days) {
                break;
            }
            survival = step.survival();
        }
        return survival;
    }

    /**
     * Returns the median: the time after which half of the cases are closed.
     *
     * @return the first step with a share of 0.5 or less; empty if too many cases are pending to know it.
     */
    public OptionalLong median() {
        return quantile(0.5);
    }

    /**
     * Returns a quantile of the processing time.
     *
     * @param p share of cases that take no longer, above 0 and below 1.
     * @return the first step at which the share of longer cases is {@code 1 - p} or less, compared as correctly rounded
     *     doubles; empty if too many cases are pending to know it.
     * @throws IllegalArgumentException if p is out of range.
     */
    public OptionalLong quantile(final double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("p=" + p + ", expected above 0 and below 1");
        }
        final double share = BigDecimal.ONE.subtract(BigDecimal.valueOf(p)).doubleValue();
        for (final Step step : steps) {
            if (step.survival() <= share) {
                return OptionalLong.of(step.days());
            }
        }
        return OptionalLong.empty();
    }
}
