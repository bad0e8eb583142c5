package io.tollgate.api;

/**
 * Offers points and withdrawals to the engine, without blocking and without allocating. Any number of threads may share
 * one.
 *
 * <p>Each {@code offer} returns a ticket above 0 when the point is claimed, to be acknowledged with
 * {@link Engine#awaitApplied(long)}; or a code below 0, and then nothing was taken. Points may be offered in any order
 * of their valid times.
 */
public interface Publisher {
    /** No knowledge time, no reference. */
    long NONE = Long.MIN_VALUE;

    /** The value of a STEP point that says "unknown from here on". */
    long UNKNOWN = Long.MIN_VALUE;

    /** The engine is behind and has no room: offer again later. */
    long BACK_PRESSURED = -1;

    /** The engine is closed, or has failed. */
    long CLOSED = -2;

    /** The series is not one of this engine, or of another kind there. */
    long UNKNOWN_SERIES = -3;

    /** The value is the reserved {@code Long.MIN_VALUE}. */
    long VALUE_RESERVED = -4;

    /** The valid or knowledge time is outside {@link Instants#MIN} to {@link Instants#MAX}. */
    long TIME_OUT_OF_RANGE = -5;

    /**
     * A level in force from an instant on, known as of the engine's clock.
     *
     * @param series      to add to.
     * @param validTimeNs the instant from which it is in force.
     * @param value       scaled value.
     * @return a ticket above 0, or a code below 0.
     */
    default long offer(final StepSeries series, final long validTimeNs, final long value) {
        return offer(series, validTimeNs, value, NONE, NONE);
    }

    /**
     * A level in force from an instant on. There is one current point an instant: what becomes of a second one is the
     * series' {@link DuplicatePolicy}; by default it revises the first.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant from which it is in force.
     * @param value           scaled value.
     * @param knowledgeTimeNs when it became known, not before the last one of the series; {@link #NONE} for the
     *                        engine's clock.
     * @param reference       the source it comes from, or {@link #NONE}.
     * @return a ticket above 0, or a code below 0.
     */
    long offer(StepSeries series, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /**
     * The level is unknown from an instant on, until the next point.
     *
     * @param series      to add to.
     * @param validTimeNs the instant from which it is unknown.
     * @return a ticket above 0, or a code below 0.
     */
    default long offerUnknown(final StepSeries series, final long validTimeNs) {
        return offerUnknown(series, validTimeNs, NONE, NONE);
    }

    /**
     * The level is unknown from an instant on, until the next point.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant from which it is unknown.
     * @param knowledgeTimeNs when this became known; {@link #NONE} for the engine's clock.
     * @param reference       the source it comes from, or {@link #NONE}.
     * @return a ticket above 0, or a code below 0.
     */
    long offerUnknown(StepSeries series, long validTimeNs, long knowledgeTimeNs, long reference);

    /**
     * An event, known as of the engine's clock, without a reference of the caller's.
     *
     * @param series      to add to.
     * @param validTimeNs the instant at which it happened.
     * @param value       scaled amount.
     * @return a ticket above 0, or a code below 0.
     */
    default long offer(final FlowSeries series, final long validTimeNs, final long value) {
        return offer(series, validTimeNs, value, NONE, NONE);
    }

    /**
     * An event. By default ({@link DuplicatePolicy#ALL}) several may share an instant, and one with the instant and
     * reference of an earlier one revises it.
     *
     * @param series          to add to.
     * @param validTimeNs     the instant at which it happened.
     * @param value           scaled amount.
     * @param knowledgeTimeNs when it became known, not before the last one of the series; {@link #NONE} for the
     *                        engine's clock.
     * @param reference       under ALL the identity of the event; {@link #NONE} for the sequence number it gets, above
     *                        0. Where events with and without a reference share an instant, use references below 0:
     *                        one equal to a sequence number means that event. Under the other policies the source it
     *                        comes from, or {@link #NONE}.
     * @return a ticket above 0, or a code below 0.
     */
    long offer(FlowSeries series, long validTimeNs, long value, long knowledgeTimeNs, long reference);

    /**
     * Withdraws the point of an instant, known as of the engine's clock.
     *
     * @param series      to withdraw from.
     * @param validTimeNs the instant of the point.
     * @return a ticket above 0, or a code below 0.
     */
    default long withdraw(final StepSeries series, final long validTimeNs) {
        return withdraw(series, validTimeNs, NONE, NONE);
    }

    /**
     * Withdraws the point of an instant: from now on the level before it is in force there. It stays in the history. A
     * withdrawal that finds no point is refused ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @param series          to withdraw from.
     * @param validTimeNs     the instant of the point.
     * @param knowledgeTimeNs when the withdrawal became known, not before the last knowledge time of the series;
     *                        {@link #NONE} for the engine's clock.
     * @param reference       the source of the withdrawal, or {@link #NONE}: it goes to the log, and need not be
     *                        that of the point.
     * @return a ticket above 0, or a code below 0.
     */
    long withdraw(StepSeries series, long validTimeNs, long knowledgeTimeNs, long reference);

    /**
     * Withdraws an event: from now on it never happened. It stays in the history. A withdrawal that finds no event is
     * refused ({@link RefusalReason#NO_SUCH_POINT}).
     *
     * @param series          to withdraw from.
     * @param validTimeNs     the instant of the event.
     * @param knowledgeTimeNs when the withdrawal became known, not before the last knowledge time of the series;
     *                        {@link #NONE} for the engine's clock.
     * @param reference       under {@link DuplicatePolicy#ALL} that of the event; {@link #NONE} for the only event of
     *                        the instant, and where there are several the withdrawal is refused. Under the other
     *                        policies the source of the withdrawal, or {@link #NONE}.
     * @return a ticket above 0, or a code below 0.
     */
    long withdraw(FlowSeries series, long validTimeNs, long knowledgeTimeNs, long reference);

    /**
     * The name of a code below 0.
     *
     * @param code as returned by {@code offer} or {@code withdraw}.
     * @return its name, or the number as text if it is none of the codes.
     */
    static String describe(final long code) {
        if (code == BACK_PRESSURED) {
            return "BACK_PRESSURED";
        }
        if (code == CLOSED) {
            return "CLOSED";
        }
        if (code == UNKNOWN_SERIES) {
            return "UNKNOWN_SERIES";
        }
        if (code == VALUE_RESERVED) {
            return "VALUE_RESERVED";
        }
        return code == TIME_OUT_OF_RANGE ? "TIME_OUT_OF_RANGE" : Long.toString(code);
    }
}
