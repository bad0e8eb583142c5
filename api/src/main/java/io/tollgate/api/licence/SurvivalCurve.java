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
 * How long cases take where some are pending still: the Kaplan-Meier estimate {@code S(t) = product over event times
 * t_i <= t of (1 - d_i / n_i)} (Kaplan and Meier 1958), the share of cases that take longer than t. A pending case
 * counts as long as it has been watched, and not as one that took no longer: a median of the cases closed alone is too
 * small. One that left at the time of an event was still there. The shares are exact fractions. Immutable; any thread.
 */
public final class SurvivalCurve {
    private final List<Step> steps;

    private SurvivalCurve(final List<Step> steps) {
        this.steps = steps;
    }

    /**
     * A step of the curve.
     *
     * @param days     how long: the time of one or more events.
     * @param atRisk   cases that had taken no less, just before.
     * @param events   of them, those that took just so long.
     * @param survival the share that takes longer, the double nearest to the exact fraction.
     */
    public record Step(long days, long atRisk, long events, double survival) {}

    /** A step and its exact share. */
    private record Fraction(BigInteger part, BigInteger whole) {
        /** With a digit for each bit and some more, also of a share half way between two doubles it is rounded once. */
        double value() {
            final MathContext digits = new MathContext(whole.bitLength() + 40);
            return new BigDecimal(part).divide(new BigDecimal(whole), digits).doubleValue();
        }
    }

    /**
     * The curve of some cases.
     *
     * @param closed  days that the cases closed took.
     * @param pending days for which those pending have been watched.
     * @return the curve; without steps if no case was closed.
     * @throws IllegalArgumentException if a case has less than 0 days.
     */
    public static SurvivalCurve of(final Collection<Long> closed, final Collection<Long> pending) {
        Objects.requireNonNull(closed, "closed");
        Objects.requireNonNull(pending, "pending");
        final NavigableMap<Long, long[]> times = new TreeMap<>();
        closed.forEach(days -> times.computeIfAbsent(requireDays(days), key -> new long[2])[0]++);
        pending.forEach(days -> times.computeIfAbsent(requireDays(days), key -> new long[2])[1]++);
        final List<Step> steps = new ArrayList<>();
        long atRisk = closed.size() + pending.size();
        // Between two cases that leave, the factors telescope: (n - d1) / n x (n - d1 - d2) / (n - d1) x ...
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
            throw new IllegalArgumentException("days=" + days + ", expected 0 or more: closed before it came in");
        }
        return days;
    }

    /**
     * The steps.
     *
     * @return in rising days.
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * The share of cases that take longer.
     *
     * @param days how long.
     * @return the share, 1 before the first event.
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
     * The median: half of the cases take no longer.
     *
     * @return the first time with a share of 0.5 or less; empty if so many are pending that it is not known yet.
     */
    public OptionalLong median() {
        return quantile(0.5);
    }

    /**
     * A quantile of the time that cases take.
     *
     * @param p share of the cases that take no longer, above 0 and below 1.
     * @return the first time at which the share of those that take longer is {@code 1 - p} or less, compared as doubles
     *     that are each the nearest to the exact number; empty if so many are pending that it is not known yet.
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
