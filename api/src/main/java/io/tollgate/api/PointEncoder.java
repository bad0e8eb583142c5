package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * Encodes one point or withdrawal, field by field:
 *
 * <pre>
 *   publisher.point(rate).validAt(t).value(v).knownAt(k).reference(r).offer();
 *   publisher.point(rate).validAt(t).unknown().offer();
 *   publisher.point(rate).validAt(t).knownAt(k).withdraw();
 * </pre>
 *
 * <p>{@link PointSink#point} clears all fields. The valid time is always needed, and a value, or {@link #unknown()},
 * for an offer. After {@link #offer()} or {@link #withdraw()} has returned a number above 0 it is empty; after a code
 * below 0 it keeps its fields, so the same call may be made again. The methods that take a {@code long} do not
 * allocate.
 *
 * <p>The encoder is used again, so that a point allocates nothing. Threads share a {@link Publisher}, which has one for
 * each of them: they need no lock, and one thread may encode points for two engines at a time. A {@link Batch} is used
 * by one thread at a time and has one.
 */
public interface PointEncoder {
    /**
     * Sets the instant from which the level is in force, or at which the event happened.
     *
     * @param instantNs nanoseconds since the epoch.
     * @return this.
     */
    PointEncoder validAt(long instantNs);

    /**
     * Sets the instant from which the level is in force, or at which the event happened.
     *
     * @param validAt to convert exactly.
     * @return this.
     * @throws IllegalArgumentException if it is outside {@link Instants#MIN} to {@link Instants#MAX}.
     */
    default PointEncoder validAt(final Instant validAt) {
        return validAt(Instants.of(Objects.requireNonNull(validAt, "validAt=null, expected the valid time")));
    }

    /**
     * Sets the value.
     *
     * @param scaledValue {@code value x 10^scale}, at the scale of the series.
     * @return this.
     */
    PointEncoder value(long scaledValue);

    /**
     * Sets the value.
     *
     * @param value to convert exactly.
     * @return this.
     * @throws IllegalArgumentException with series, value and scale if it does not fit exactly.
     */
    PointEncoder value(BigDecimal value);

    /**
     * Sets no value: the level is unknown from the instant on, until the next point.
     *
     * @return this.
     * @throws IllegalArgumentException if the series is a FLOW.
     */
    PointEncoder unknown();

    /**
     * Sets the knowledge time: not before the last one of the series.
     *
     * @param instantNs nanoseconds since the epoch; {@link Instants#NONE} for the engine's clock, as without this call.
     * @return this.
     */
    PointEncoder knownAt(long instantNs);

    /**
     * Sets the knowledge time: not before the last one of the series.
     *
     * @param knownAt to convert exactly.
     * @return this.
     * @throws IllegalArgumentException if it is outside {@link Instants#MIN} to {@link Instants#MAX}.
     */
    default PointEncoder knownAt(final Instant knownAt) {
        return knownAt(
                Instants.of(Objects.requireNonNull(knownAt, "knownAt=null, expected the knowledge time, or no call")));
    }

    /**
     * Sets the reference. Under {@link DuplicatePolicy#ALL} it is the identity of the event: a withdrawal needs that of
     * its event, unless it is the only one of the instant. Under the other policies it is the source that the point, or
     * the withdrawal, comes from.
     *
     * @param reference any; {@link Publisher#NO_REFERENCE} for none, as without this call.
     * @return this.
     */
    PointEncoder reference(long reference);

    /**
     * Offers the point. If there is a point of the same identity already, the series' {@link DuplicatePolicy} says what
     * becomes of the two; by default it revises the first.
     *
     * @return a number above 0 if it is taken, as {@link PointSink} says, or a code below 0.
     * @throws IllegalStateException if no series, no valid time or neither a value nor {@link #unknown()} is set.
     */
    long offer();

    /**
     * Withdraws the point of the instant. The level before it is in force there from now on, or the event never
     * happened; the history keeps it. If there is no point, the engine refuses the withdrawal
     * ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @return a number above 0 if it is taken, as {@link PointSink} says, or a code below 0.
     * @throws IllegalStateException if no series or no valid time is set, or a value is.
     */
    long withdraw();
}
