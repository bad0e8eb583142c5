package io.tollgate.api;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;

/**
 * Takes points and withdrawals, without blocking and without allocating: the engine itself, one by one
 * ({@link Publisher}), or all together ({@link Batch}). A number above 0 is a ticket there, and the count of points
 * here; {@link Publisher} names the codes below 0.
 *
 * <p>{@link #point} sets any field of a point. The other methods are short forms for points that become known as of the
 * engine's clock and have no reference.
 */
public interface PointSink {
    /**
     * Begins a point or a withdrawal, with all fields cleared.
     *
     * @param series to add to, or to withdraw from.
     * @return the encoder of this thread, to be used before the next call of this method.
     */
    PointEncoder point(Series series);

    /**
     * Offers a level in force from an instant on, or an event.
     *
     * @param series      to add to.
     * @param validAtNs   the instant, in nanoseconds since the epoch.
     * @param scaledValue {@code value x 10^scale}, at the scale of the series.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long offer(Series series, long validAtNs, long scaledValue);

    /**
     * Offers a level in force from an instant on, or an event.
     *
     * @param series  to add to.
     * @param validAt the instant, converted exactly.
     * @param value   converted exactly.
     * @return a number above 0 if it is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range, or, with series, value and scale, if the value
     *                                  does not fit exactly.
     */
    default long offer(final Series series, final Instant validAt, final BigDecimal value) {
        Objects.requireNonNull(series, "series=null, expected one of this engine");
        Objects.requireNonNull(value, "value=null, expected a decimal");
        return offer(series, nanos(validAt), series.scaled(value, RoundingMode.UNNECESSARY));
    }

    /**
     * Says that the level is unknown from an instant on, until the next point.
     *
     * @param series    to add to.
     * @param validAtNs the instant, in nanoseconds since the epoch.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long offerUnknown(StepSeries series, long validAtNs);

    /**
     * Says that the level is unknown from an instant on, until the next point.
     *
     * @param series  to add to.
     * @param validAt the instant, converted exactly.
     * @return a number above 0 if it is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    default long offerUnknown(final StepSeries series, final Instant validAt) {
        return offerUnknown(series, nanos(validAt));
    }

    /**
     * Withdraws the point of an instant; of several events the reference is needed, see {@link #point}.
     *
     * @param series    to withdraw from.
     * @param validAtNs the instant, in nanoseconds since the epoch.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long withdraw(Series series, long validAtNs);

    /**
     * Withdraws the point of an instant; of several events the reference is needed, see {@link #point}.
     *
     * @param series  to withdraw from.
     * @param validAt the instant, converted exactly.
     * @return a number above 0 if it is taken, or a code below 0.
     * @throws IllegalArgumentException if the instant is out of range.
     */
    default long withdraw(final Series series, final Instant validAt) {
        return withdraw(series, nanos(validAt));
    }

    private static long nanos(final Instant validAt) {
        return Instants.of(Objects.requireNonNull(validAt, "validAt=null, expected an instant"));
    }
}
