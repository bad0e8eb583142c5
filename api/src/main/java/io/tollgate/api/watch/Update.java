package io.tollgate.api.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * One change of a watched metric, or one event of a {@link Watch}. Valid until the handler that it is given to returns:
 * copy what is to be kept. It is the same object each time.
 */
public interface Update {
    /**
     * The place of this update among all of its subscription: 1, 2, 3 and so on. An
     * update that is told again from the log has the same number.
     *
     * @return 1 or more.
     */
    long number();

    /**
     * The series.
     *
     * @return {@link Series#number()}; of {@link WatchSet} that of the one that has changed, {@link
     *     Series#NO_NUMBER}
     *     for several or none.
     */
    long seriesNumber();

    /**
     * What it tells.
     *
     * @return the type.
     */
    UpdateType type();

    /**
     * Which metric has changed.
     *
     * @return the index in {@link Subscription#metrics()}, -1 for an event of a watch.
     */
    int metricIndex();

    /**
     * Which watch it is an event of.
     *
     * @return the index in {@link Subscription#watches()}, -1 for a change of a metric.
     */
    int watchIndex();

    /**
     * How often this metric of this series has changed, or this watch on this series has told something, this time
     * included: 1, 2, 3 and so on since it was subscribed to.
     *
     * @return 1 or more.
     */
    long revision();

    /**
     * What made it change.
     *
     * @return the cause.
     */
    UpdateCause cause();

    /**
     * The operation that it came with: a point, a withdrawal, the end of a batch, or an advance of the clock; of {@link
     * WatchSet} the last one that the duty cycle has applied.
     *
     * @return its sequence in the log, 1 or more.
     */
    long sequence();

    /**
     * The instant t that the metric was read at: the engine clock at the operation, for {@link UpdateCause#TIME} the
     * instant at which it changed. Of an event of a watch the instant of the event, also of one that is retracted.
     *
     * @return nanoseconds since the epoch.
     */
    long atNs();

    /**
     * The valid time of the point that was the cause.
     *
     * @return nanoseconds since the epoch; {@link Instants#NONE} for TIME and BATCH.
     */
    long validTimeNs();

    /**
     * The knowledge time of the point that was the cause.
     *
     * @return nanoseconds since the epoch; {@link Instants#NONE} for TIME and BATCH.
     */
    long knowledgeTimeNs();

    /**
     * The reference of the point that was the cause.
     *
     * @return the reference, {@link Publisher#NO_REFERENCE} if it has none, and for TIME and BATCH.
     */
    long reference();

    /**
     * What the value was worth before.
     *
     * @return the status before; EMPTY for FIRED and CLEARED, what was told for events that are retracted.
     */
    Status oldStatus();

    /**
     * The value before.
     *
     * @return in the unit of the series, NaN where the status has no value.
     */
    double oldValue();

    /**
     * What the value is worth now.
     *
     * @return the status.
     */
    Status newStatus();

    /**
     * The value now.
     *
     * @return in the unit of the series, NaN where the status has no value.
     */
    double newValue();

    /**
     * The level before, exact.
     *
     * @return the scaled value of {@link WatchedMetric#LEVEL}; {@link Decimals#UNKNOWN} where it has none, and of any
     *     other metric.
     */
    long oldScaledValue();

    /**
     * The level now, exact.
     *
     * @return the scaled value of {@link WatchedMetric#LEVEL}; {@link Decimals#UNKNOWN} where it has none, and of any
     *     other metric.
     */
    long newScaledValue();
}
