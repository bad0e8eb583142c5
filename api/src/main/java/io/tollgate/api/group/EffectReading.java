package io.tollgate.api.group;

import io.tollgate.api.series.Status;

/**
 * A cursor over the change of the weighted average of a {@link Group} between two instants, split into a rate effect
 * and a mix effect. Belongs to its reader and the thread of that reader.
 *
 * <pre>{@code
 * EffectReading change = reader.effects(group).read(before, after);
 * System.out.println(change.change() + " = " + change.rateEffect() + " + " + change.mixEffect());
 * }</pre>
 *
 * <p>With the rates t and the shares s of the members in the weight, the change {@code sum s1 t1 - sum s0 t0} is the
 * sum of
 *
 * <ul>
 *   <li>the <b>rate effect</b> {@code sum s0 (t1 - t0)}: the change of the rates at the shares before, over the members
 *       whose rate is known at both instants;
 *   <li>the <b>mix effect</b>, the rest: {@code sum (s1 - s0) t1} if all rates are known. It includes members that join
 *       or leave.
 * </ul>
 */
public interface EffectReading {
    /**
     * Reads the change from one instant to another.
     *
     * @param fromNs the first instant, in ns since the epoch.
     * @param toNs   the second instant, in ns since the epoch.
     * @return this reading.
     * @throws IllegalArgumentException if an instant is out of range.
     * @throws IllegalStateException if the engine is closed.
     */
    EffectReading read(long fromNs, long toNs);

    /** {@return the group of this reading} */
    Group group();

    /** {@return the status of the weighted averages at both instants: the one that has precedence} */
    Status status();

    /** {@return the weighted average at the first instant, NaN if the status has no value} */
    double before();

    /** {@return the weighted average at the second instant, NaN if the status has no value} */
    double after();

    /**
     * The change of the weighted average, in the unit of the rates (percentage points for PERCENT). The change and both
     * effects are each correctly rounded, so the sum of the effects may differ from the change in the last digit.
     *
     * @return the change, NaN if the status has no value.
     */
    double change();

    /**
     * {@return the change of {@link GroupMetric#EXPOSURE} in the unit of the weights, correctly rounded; NaN if the
     * status has no value}
     */
    double exposureChange();

    /** {@return the rate effect, NaN if the status has no value} */
    double rateEffect();

    /** {@return the mix effect, NaN if the status has no value} */
    double mixEffect();
}
