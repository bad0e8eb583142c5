package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/**
 * Builds one point or withdrawal field by field, and offers it:
 *
 * <pre>{@code
 * publisher.point(rate).validAt(effectiveNs).value(rate.scaled("34")).knownAt(announcedNs).reference(notice).offer();
 * publisher.point(rate).validAt(effectiveNs).unknown().offer();
 * publisher.point(rate).validAt(effectiveNs).value(rate.scaled("34")).apply();
 * publisher.point(rate).validAt(effectiveNs).knownAt(announcedNs).withdraw();
 * }</pre>
 *
 * <p>A valid time is always required; an offer also requires a value or {@link #unknown()}. {@link PointSink#point}
 * clears all fields. A {@link Publisher} has one encoder for each thread, so that threads share it without a lock; a
 * {@link Batch} has one. After {@link #offer()} or {@link #withdraw()} returns a number above 0 the encoder is empty.
 * After a code below 0 it keeps its fields, so the same call can be repeated. Methods that take a {@code long} do not
 * allocate.
 */
public interface PointEncoder {
    /**
     * Sets the valid time: the instant at which the level takes effect or the event happens.
     *
     * @param instantNs nanoseconds since the epoch.
     * @return this encoder.
     */
    PointEncoder validAt(long instantNs);

    /**
     * Sets the valid time: the instant at which the level takes effect or the event happens.
     *
     * @param validAt the instant, converted exactly.
     * @return this encoder.
     * @throws IllegalArgumentException if it is outside {@link Instants#MIN} to {@link Instants#MAX}.
     */
    default PointEncoder validAt(final Instant validAt) {
        return validAt(Instants.of(Objects.requireNonNull(validAt, "validAt=null, expected the valid time")));
    }

    /**
     * Sets the value.
     *
     * @param scaledValue {@code value x 10^scale}, with the scale of the series.
     * @return this encoder.
     */
    PointEncoder value(long scaledValue);

    /**
     * Sets the value.
     *
     * @param value the value, converted exactly.
     * @return this encoder.
     * @throws IllegalArgumentException if the scale of the series cannot represent the value exactly; the message names
     *                                  series, value and scale.
     */
    PointEncoder value(BigDecimal value);

    /**
     * Marks the level as unknown from the valid time until the next point.
     *
     * @return this encoder.
     * @throws IllegalArgumentException if the series is a FLOW.
     */
    PointEncoder unknown();

    /**
     * Sets the knowledge time. It must not be before the last knowledge time of the series.
     *
     * @param instantNs nanoseconds since the epoch; {@link Instants#NONE}, the default, for the engine clock.
     * @return this encoder.
     */
    PointEncoder knownAt(long instantNs);

    /**
     * Sets the knowledge time. It must not be before the last knowledge time of the series.
     *
     * @param knownAt the instant, converted exactly.
     * @return this encoder.
     * @throws IllegalArgumentException if it is outside {@link Instants#MIN} to {@link Instants#MAX}.
     */
    default PointEncoder knownAt(final Instant knownAt) {
        return knownAt(
                Instants.of(Objects.requireNonNull(knownAt, "knownAt=null, expected the knowledge time, or no call")));
    }

    /**
     * Sets the reference. Under {@link DuplicatePolicy#ALL} the reference identifies the event: a withdrawal must
     * repeat it, unless the event is the only one at its instant. Under all other policies the reference names the
     * source of the point or withdrawal.
     *
     * @param reference any number; {@link Publisher#NO_REFERENCE}, the default, for none.
     * @return this encoder.
     */
    PointEncoder reference(long reference);

    /**
     * Offers the point. If a point with the same identity exists, the {@link DuplicatePolicy} of the series applies; by
     * default the new point revises the old one.
     *
     * @return a number above 0 if the point is taken (see {@link PointSink}), or a code below 0.
     * @throws IllegalStateException if the series, the valid time, or both value and {@link #unknown()} are missing.
     */
    long offer();

    /**
     * Applies the point at once, on the thread that steps the engine. Points that were offered before are applied
     * first. Readers see the point when this method returns. A batch does not support this method.
     *
     * @return APPLIED, UNCHANGED or REFUSED with the reason. No object is allocated.
     * @throws IllegalArgumentException if an argument is one for which {@link #offer()} returns a code below 0.
     * @throws IllegalStateException    if no series, no valid time or neither a value nor {@link #unknown()} is set,
     *     the
     *                                  engine has threads of its own, is closed or has failed, or a queue of updates
     *                                  that must not lose any is full.
     */
    Outcome apply();

    /**
     * Withdraws the point at the valid time. For a level, the level before it is then in force there; an event never
     * happened. The history keeps the withdrawn point. If there is no such point, the engine refuses the withdrawal
     * ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @return a number above 0 if the withdrawal is taken (see {@link PointSink}), or a code below 0.
     * @throws IllegalStateException if the series or the valid time is missing, or a value is set.
     */
    long withdraw();
}
