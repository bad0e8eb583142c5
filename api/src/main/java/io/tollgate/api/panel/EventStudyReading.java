package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * A cursor over the answers of an {@link EventStudy}. They are computed in double, with compensated sums in the order
 * of the calendar, so they have the same bits each time. Belongs to its reader and the thread of that reader.
 */
public interface EventStudyReading {
    /**
     * Reads the study.
     *
     * @return this reading.
     * @throws IllegalStateException if the engine is closed.
     */
    EventStudyReading read();

    /** {@return the study of this reading} */
    EventStudy study();

    /**
     * Returns the status of a metric of one event and one subject.
     *
     * @param event   the index in the list of events.
     * @param subject the index in the list of subjects.
     * @param metric  the metric.
     * @return UNREAD, CONTENDED or FORGOTTEN; INSUFFICIENT if the event window exceeds the calendar or one of its
     *     returns is unknown, if the estimation window has fewer than 3 known returns (2 for the constant-mean model),
     *     or if the market did not move in it; UNDEFINED, see {@link EventMetric}; PARTIAL if a return of the
     *     estimation window is unknown; else OK.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    Status status(int event, int subject, EventMetric metric);

    /**
     * Returns a metric of one event and one subject.
     *
     * @param event   the index in the list of events.
     * @param subject the index in the list of subjects.
     * @param metric  the metric.
     * @return the value, NaN if the status has no value.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    double value(int event, int subject, EventMetric metric);

    /**
     * Returns an abnormal return: the return less the prediction of the model.
     *
     * @param event   the index in the list of events.
     * @param subject the index in the list of subjects.
     * @param day     the index of the return in the event window, from 0.
     * @return the abnormal return, NaN if {@link EventMetric#CAR} has no value.
     * @throws IndexOutOfBoundsException if there is no such event, subject or day.
     */
    double abnormal(int event, int subject, int day);

    /**
     * Returns the number of returns that the model was fitted to.
     *
     * @param event   the index in the list of events.
     * @param subject the index in the list of subjects.
     * @return the number n of known returns in the estimation window.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    int estimationCount(int event, int subject);

    /**
     * Returns the instant of the calendar at which an event counts.
     *
     * @param event the index in the list of events.
     * @return the first instant of the calendar at or after the event, {@link Instants#NONE} if there is none.
     * @throws IndexOutOfBoundsException if there is no such event.
     */
    long eventAtNs(int event);

    /**
     * Returns the status of a metric of all events and subjects together.
     *
     * @param metric the metric.
     * @return UNREAD, CONTENDED or FORGOTTEN; EMPTY if no pair has a value; INSUFFICIENT or UNDEFINED, see
     *     {@link StudyMetric}; PARTIAL if some pairs have no value; else OK.
     */
    Status status(StudyMetric metric);

    /**
     * Returns a metric of all events and subjects together.
     *
     * @param metric the metric.
     * @return the value, NaN if the status has no value.
     */
    double value(StudyMetric metric);
}
