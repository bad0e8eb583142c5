package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;

/**
 * Reads an {@link EventStudy}. Its answers are computed in double, with compensated sums in the order of the
 * calendar: the same bits each time. Belongs to the reader that made it and its thread.
 */
public interface EventStudyReading {
    /**
     * Reads the study.
     *
     * @return this reading.
     * @throws IllegalStateException if the engine is closed.
     */
    EventStudyReading read();

    /**
     * The study that it was made for.
     *
     * @return the study.
     */
    EventStudy study();

    /**
     * What the answers for one series and one event are worth.
     *
     * @param event   its place in the list of events.
     * @param subject its place in the list of subjects.
     * @param metric  asked for.
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     INSUFFICIENT if the event window is not on the calendar as a whole, a return of it
     *     is not known, or fewer than 3 returns of the estimation window are (2 of a constant mean), or the market did
     *     not move in it; UNDEFINED as the metric says; PARTIAL if a return of the estimation window is missing; else
     *     OK.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    Status status(int event, int subject, EventMetric metric);

    /**
     * An answer for one series and one event.
     *
     * @param event   its place in the list of events.
     * @param subject its place in the list of subjects.
     * @param metric  asked for.
     * @return the value, NaN where the status has none.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    double value(int event, int subject, EventMetric metric);

    /**
     * An abnormal return.
     *
     * @param event   place of the event in the list of events.
     * @param subject place of the series in the list of subjects.
     * @param day     place in the event window, from 0.
     * @return the return less what the model expects, NaN where {@link EventMetric#CAR} has no value.
     * @throws IndexOutOfBoundsException if there is no such event, subject or day.
     */
    double abnormal(int event, int subject, int day);

    /**
     * How many returns the model was fitted to.
     *
     * @param event   place of the event in the list of events.
     * @param subject place of the series in the list of subjects.
     * @return n.
     * @throws IndexOutOfBoundsException if there is no such event or subject.
     */
    int estimationCount(int event, int subject);

    /**
     * Where an event counts.
     *
     * @param event its place in the list of events.
     * @return the first instant of the calendar at or after it, {@link Instants#NONE} if there is none.
     * @throws IndexOutOfBoundsException if there is no such event.
     */
    long eventAtNs(int event);

    /**
     * What an answer for all is worth.
     *
     * @param metric asked for.
     * @return UNREAD; CONTENDED; FORGOTTEN;
     *     EMPTY if no pair has a value; INSUFFICIENT or UNDEFINED as the metric says; PARTIAL
     *     if not all pairs have one; else OK.
     */
    Status status(StudyMetric metric);

    /**
     * An answer for all series and events together.
     *
     * @param metric asked for.
     * @return the value, NaN where the status has none.
     */
    double value(StudyMetric metric);
}
