package io.tollgate.api;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

/**
 * Takes points and withdrawals without blocking and without allocating. A {@link Publisher} passes them to the engine
 * one by one and returns a ticket for each. A {@link Batch} collects them and returns the number of points collected so
 * far. Both return a code below 0 if they do not take a point; {@link Publisher} lists the codes.
 *
 * <p>{@link #point} gives access to every field of a point. The other methods are short forms for points without a
 * reference whose knowledge time is the engine clock.
 */
public interface PointSink {
    /**
     * Begins a point or a withdrawal with all fields cleared.
     *
     * @param series the series of the point.
     * @return the encoder of this thread; use it before the next call of this method.
     */
    PointEncoder point(Series series);

    /**
     * Offers a level that takes effect at an instant, or an event.
     *
     * @param series      the series of the point.
     * @param validAtNs   the valid time, in nanoseconds since the epoch.
     * @param scaledValue {@code value x 10^scale}, with the scale of the series.
     * @return a number above 0 if the point is taken, or a code below 0.
     */
    long offer(Series series, long validAtNs, long scaledValue);

    /**
     * Offers a level that takes effect at an instant, or an event, to the series of a number. This suits programs with
     * very many series that keep their numbers: the handle, which is often not in the cache, is not read.
     *
     * <p>The number must be one of this engine. Numbers are dense, so a number of another engine is usually that of
     * another series here, and is not recognised as wrong.
     *
     * @param seriesNumber the {@linkplain Series#number() number} of the series.
     * @param validAtNs    the valid time, in nanoseconds since the epoch.
     * @param scaledValue  {@code value x 10^scale}, with the scale of the series.
     * @return a number above 0 if the point is taken, or a code below 0: {@link Publisher#UNKNOWN_SERIES} if the engine
     *     has no series of this number.
     */
    long offer(long seriesNumber, long validAtNs, long scaledValue);

    /**
     * Offers a level that takes effect at an instant, or an event.
     *
     * @param series  the series of the point.
     * @param validAt the valid time, converted exactly.
     * @param value   the value, converted exactly.
     * @return a number above 0 if the point is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range, or the scale of the series cannot represent the
     *                                  value exactly.
     */
    default long offer(final Series series, final Instant validAt, final BigDecimal value) {
        Objects.requireNonNull(series, "series=null, expected a series of this engine");
        Objects.requireNonNull(value, "value=null, expected a decimal");
        return offer(series, nanos(validAt), series.scaled(value, RoundingMode.UNNECESSARY));
    }

    /**
     * Marks the level as unknown from an instant until the next point.
     *
     * @param series    the series of the point.
     * @param validAtNs the valid time, in nanoseconds since the epoch.
     * @return a number above 0 if the point is taken, or a code below 0.
     */
    long offerUnknown(StepSeries series, long validAtNs);

    /**
     * Marks the level as unknown from an instant until the next point.
     *
     * @param series  the series of the point.
     * @param validAt the valid time, converted exactly.
     * @return a number above 0 if the point is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    default long offerUnknown(final StepSeries series, final Instant validAt) {
        return offerUnknown(series, nanos(validAt));
    }

    /**
     * Withdraws the point at an instant. If several events share the instant, use {@link #point} and name the
     * reference.
     *
     * @param series    the series of the point.
     * @param validAtNs the valid time, in nanoseconds since the epoch.
     * @return a number above 0 if the withdrawal is taken, or a code below 0.
     */
    long withdraw(Series series, long validAtNs);

    /**
     * Withdraws the point at an instant. If several events share the instant, use {@link #point} and name the
     * reference.
     *
     * @param series  the series of the point.
     * @param validAt the valid time, converted exactly.
     * @return a number above 0 if the withdrawal is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    default long withdraw(final Series series, final Instant validAt) {
        return withdraw(series, nanos(validAt));
    }

    private static long nanos(final Instant validAt) {
        return Instants.of(Objects.requireNonNull(validAt, "validAt=null, expected an instant"));
    }
}
