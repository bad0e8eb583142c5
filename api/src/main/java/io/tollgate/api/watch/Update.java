package io.tollgate.api.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;

/**
 * One change of a watched metric, or one event of a {@link Watch}. It is a flyweight: valid until the handler returns,
 * and reused for the next update. Copy the fields that are to be kept.
 */
public interface Update {
    /**
     * The position of this update among all updates of its subscription. An update that is replayed from the log has
     * the same number.
     *
     * @return 1, 2, 3 and so on.
     */
    long number();

    /**
     * The series that changed.
     *
     * @return {@link Series#number()}; for a {@link WatchSet} {@link Series#NO_NUMBER} if several series changed, or
     *     none.
     */
    long seriesNumber();

    /** {@return the type: a change of a metric, or an event of a watch} */
    UpdateType type();

    /**
     * The metric that changed.
     *
     * @return the index in {@link Subscription#metrics()}, -1 for an event of a watch.
     */
    int metricIndex();

    /**
     * The watch that the event belongs to.
     *
     * @return the index in {@link Subscription#watches()} or {@link WatchSet#watches()}, -1 for a change of a metric.
     */
    int watchIndex();

    /**
     * The position of this update among those of the same metric and series, or of the same watch and series.
     *
     * @return 1, 2, 3 and so on since the subscription began.
     */
    long revision();

    /** {@return the cause of the change} */
    UpdateCause cause();

    /**
     * The operation that caused the update: a point, a withdrawal, the end of a batch, or an advance of the clock. For
     * a {@link WatchSet} it is the last operation that the duty cycle applied.
     *
     * @return its sequence in the log, 1 or more.
     */
    long sequence();

    /**
     * The valid time of the update: the engine clock after the operation, or, for {@link UpdateCause#TIME}, the instant
     * of the change. An event of a watch has the instant of the event, even if it is retracted.
     *
     * @return nanoseconds since the epoch.
     */
    long atNs();

    /**
     * The valid time of the point that caused the update.
     *
     * @return nanoseconds since the epoch; {@link Instants#NONE} for TIME and BATCH.
     */
    long validTimeNs();

    /**
     * The knowledge time of the point that caused the update.
     *
     * @return nanoseconds since the epoch; {@link Instants#NONE} for TIME and BATCH.
     */
    long knowledgeTimeNs();

    /**
     * The reference of the point that caused the update.
     *
     * @return the reference; {@link Publisher#NO_REFERENCE} if it has none, and for TIME and BATCH.
     */
    long reference();

    /**
     * The status before the change.
     *
     * @return EMPTY for FIRED and CLEARED; for a retraction the status reported with the event.
     */
    Status oldStatus();

    /**
     * The value before the change.
     *
     * @return in the unit of the series, NaN if the status has no value.
     */
    double oldValue();

    /** {@return the status after the change} */
    Status newStatus();

    /**
     * The value after the change.
     *
     * @return in the unit of the series, NaN if the status has no value.
     */
    double newValue();

    /**
     * The exact level before the change.
     *
     * @return the scaled value of {@link WatchedMetric#LEVEL}; {@link Decimals#UNKNOWN} if there is none, and for other
     *     metrics.
     */
    long oldScaledValue();

    /**
     * The exact level after the change.
     *
     * @return the scaled value of {@link WatchedMetric#LEVEL}; {@link Decimals#UNKNOWN} if there is none, and for other
     *     metrics.
     */
    long newScaledValue();
}
