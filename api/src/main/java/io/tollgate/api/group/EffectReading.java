package io.tollgate.api.group;

import io.tollgate.api.series.Status;

/**
 * Reads the change of the weighted average of a {@link Group} from one instant to another, and its causes. Belongs to
 * the reader that made it and its thread.
 *
 * <p>With the shares s of the members in the weight, {@code sum s1 t1 - sum s0 t0} is the sum of
 *
 * <ul>
 *   <li>the <b>rate effect</b> {@code sum s0 (t1 - t0)}: what the rates alone have changed, at the shares before, over
 *       the members whose rate is known at both instants;
 *   <li>the <b>mix effect</b>, all the rest: {@code sum (s1 - s0) t1} where all rates are known; members that come and
 *       go are in it.
 * </ul>
 */
public interface EffectReading {
    /**
     * Reads the change from one instant to another.
     *
     * @param fromNs the first instant.
     * @param toNs   the second instant.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException    if the engine is closed.
     */
    EffectReading read(long fromNs, long toNs);

    /**
     * The group that it was made for.
     *
     * @return the group.
     */
    Group group();

    /**
     * What the values are worth.
     *
     * @return the status of the weighted average at either instant, that with precedence of both.
     */
    Status status();

    /**
     * The weighted average at the first instant.
     *
     * @return the average, NaN where the status has no value.
     */
    double before();

    /**
     * The weighted average at the second instant.
     *
     * @return the average, NaN where the status has no value.
     */
    double after();

    /**
     * The change of the weighted average: correctly rounded, as both effects are, so that their sum may differ from it
     * in the last digit.
     *
     * @return the change, in the unit of the rates (percentage points of PERCENT), NaN where the status has no value.
     */
    double change();

    /**
     * The change of the {@link GroupMetric#EXPOSURE}, correctly rounded.
     *
     * @return the change, in the unit of the weights, NaN where the status has no value.
     */
    double exposureChange();

    /**
     * What the rates have changed.
     *
     * @return the rate effect, NaN where the status has no value.
     */
    double rateEffect();

    /**
     * What the weights have changed.
     *
     * @return the mix effect, NaN where the status has no value.
     */
    double mixEffect();
}
