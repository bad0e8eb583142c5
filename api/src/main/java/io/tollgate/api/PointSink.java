package io.tollgate.api;

import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.Objects;

/**
 * Takes points and withdrawals, without blocking and without allocating: the engine itself, one by one
 * ({@link Publisher}), or all together ({@link Batch}). What is returned above 0 is a ticket there, and the count of
 * points here; what a code below 0 means stands in {@link Publisher}.
 */
public interface PointSink {
    /**
     * A level in force from an instant on, known as of the engine's clock.
     *
     * @param series      to add to.
     * @param validTimeNs the instant from which it is in force.
     * @param value       scaled value.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    default long offer(final StepSeries series, final long validTimeNs, final long value) {
        Objects.requireNonNull(series, "series");
        return offer(series, validTimeNs, value, Instants.NONE, Instants.NONE);
    }

    /**
     * A level in force from an instant on. There is one current point an instant: what becomes of a second one is the
     * series' {@link DuplicatePolicy}; by default it revises the first.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant from which it is in force.
     * @param value           scaled value.
     * @param knowledgeTimeNs when it became known, not before the last one of the series; {@link Instants#NONE} for
     *                        the engine's clock.
     * @param reference       the source it comes from, or {@link Instants#NONE}.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long offer(StepSeries series, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /**
     * The level is unknown from an instant on, until the next point.
     *
     * @param series      to add to.
     * @param validTimeNs the instant from which it is unknown.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    default long offerUnknown(final StepSeries series, final long validTimeNs) {
        Objects.requireNonNull(series, "series");
        return offerUnknown(series, validTimeNs, Instants.NONE, Instants.NONE);
    }

    /**
     * The level is unknown from an instant on, until the next point.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant from which it is unknown.
     * @param knowledgeTimeNs when this became known; {@link Instants#NONE} for the engine's clock.
     * @param reference       the source it comes from, or {@link Instants#NONE}.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long offerUnknown(StepSeries series, long validTimeNs, long knowledgeTimeNs, long reference);

    /**
     * An event without a reference, known as of the engine's clock.
     *
     * @param series      to add to.
     * @param validTimeNs the instant at which it happened.
     * @param value       scaled amount.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    default long offer(final FlowSeries series, final long validTimeNs, final long value) {
        Objects.requireNonNull(series, "series");
        return offer(series, validTimeNs, value, Instants.NONE, Instants.NONE);
    }

    /**
     * An event. By default ({@link DuplicatePolicy#ALL}) several may share an instant, and one with the instant and
     * reference of an earlier one revises it.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant at which it happened.
     * @param value           scaled amount.
     * @param knowledgeTimeNs when it became known, not before the last one of the series; {@link Instants#NONE} for
     *                        the engine's clock.
     * @param reference       under ALL the identity of the event, any {@code long} but {@link Instants#NONE}. With
     *                        {@code NONE} the event is a new one: no reference names it, and none is read of it. Under
     *                        the other policies the source it comes from, or {@link Instants#NONE}.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long offer(FlowSeries series, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /**
     * Withdraws the point of an instant, known as of the engine's clock.
     *
     * @param series      to withdraw from.
     * @param validTimeNs the instant of the point.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    default long withdraw(final StepSeries series, final long validTimeNs) {
        Objects.requireNonNull(series, "series");
        return withdraw(series, validTimeNs, Instants.NONE, Instants.NONE);
    }

    /**
     * Withdraws the point of an instant: from now on the level before it is in force there. It stays in the history. A
     * withdrawal that finds no point is refused ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @param series          to withdraw from.
     * @param validTimeNs     the instant of the point.
     * @param knowledgeTimeNs when the withdrawal became known, not before the last knowledge time of the series;
     *                        {@link Instants#NONE} for the engine's clock.
     * @param reference       the source of the withdrawal, or {@link Instants#NONE}: it goes to the log, and need not
     *                        be that of the point.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long withdraw(StepSeries series, long validTimeNs, long knowledgeTimeNs, long reference);

    /**
     * Withdraws an event: from now on it never happened. It stays in the history. A withdrawal that finds no event is
     * refused ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @param series          to withdraw from.
     * @param validTimeNs     the instant of the event.
     * @param knowledgeTimeNs when the withdrawal became known, not before the last knowledge time of the series;
     *                        {@link Instants#NONE} for the engine's clock.
     * @param reference       under {@link DuplicatePolicy#ALL} that of the event. {@link Instants#NONE} means the only
     *                        event of the instant, with or without a reference; if there are several, the withdrawal
     *                        names none of them and is refused. Under the other policies the source of the withdrawal,
     *                        or {@link Instants#NONE}.
     * @return a number above 0 if it is taken, or a code below 0.
     */
    long withdraw(FlowSeries series, long validTimeNs, long knowledgeTimeNs, long reference);
}
