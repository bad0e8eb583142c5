package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An event study of returns (MacKinlay 1997, Event Studies in Economics and Finance): the abnormal returns of series
 * around events. All series are read on a calendar of instants, for example the closes of a market. A model of the
 * returns is fitted over an estimation window that ends before the event window. An abnormal return of the event window
 * is its return less the prediction of the model. An event between two instants of the calendar counts at the next one.
 * Immutable; the {@code with} methods return a changed copy.
 *
 * <pre>{@code
 * EventStudy study = EventStudy.ofMarket(market, List.of(steel), List.of(announced), closes, 120).withWindow(5, 1, 1);
 * EventStudyReading reading = reader.study(study).read();
 * double car = reading.value(0, 0, EventMetric.CAR);
 * }</pre>
 *
 * @param subjects         the series whose returns are studied.
 * @param events           the instants of the events: of announcement rather than of effect; at most
 *                         {@value #MAX_PAIRS} pairs of an event and a subject.
 * @param calendar         the instants at which all series are read, in order.
 * @param market           the series whose returns explain those of the subjects, in the market model; empty for the
 *                         constant-mean model.
 * @param returns          the kind of return.
 * @param estimationLength the number of returns in the estimation window.
 * @param gap              the number of returns between the estimation window and the event window.
 * @param before           the number of returns in the event window before that of the event.
 * @param after            the number of returns in the event window after that of the event.
 * @param isAsKnown        true to ignore later knowledge, see {@link #asKnown()}.
 */
public record EventStudy(
        List<StepSeries> subjects,
        List<Long> events,
        List<Long> calendar,
        Optional<StepSeries> market,
        Returns returns,
        int estimationLength,
        int gap,
        int before,
        int after,
        boolean isAsKnown) {
    /** The maximum length of the estimation window and of the parts of the event window, in returns. */
    public static final int MAX_LENGTH = 1 << 16;

    /** The maximum number of pairs of an event and a subject. */
    public static final int MAX_PAIRS = 1 << 24;

    /** The kind of return between two consecutive instants of the calendar, with levels p0 and p1. */
    public enum Returns {
        /** The level itself, {@code p1}. */
        LEVEL,
        /** The relative change {@code p1 / p0 - 1}. */
        RELATIVE,
        /** The logarithmic change {@code ln(p1 / p0)}; levels must be above 0. */
        LOG
    }

    /**
     * Checks the parts.
     *
     * @param subjects         the series whose returns are studied.
     * @param events           the instants of the events: of announcement rather than of effect.
     * @param calendar         the instants at which all series are read, in order.
     * @param market           the series whose returns explain those of the subjects, in the market model.
     * @param returns          the kind of return.
     * @param estimationLength the number of returns in the estimation window.
     * @param gap              the number of returns between the estimation window and the event window.
     * @param before           the number of returns in the event window before that of the event.
     * @param after            the number of returns in the event window after that of the event.
     * @param isAsKnown        true to ignore later knowledge, see {@link #asKnown()}.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
     */
    public EventStudy {
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(subjects, "subjects");
        subjects = List.copyOf(subjects);
        events = List.copyOf(events);
        calendar = List.copyOf(calendar);
        Objects.requireNonNull(market, "market");
        Objects.requireNonNull(returns, "returns");
        require("subjects", subjects.size(), 1);
        require("events", events.size(), 1);
        requirePairs(subjects.size(), events.size());
        require("estimationLength", estimationLength, 1);
        require("gap", gap, 0);
        require("before", before, 0);
        require("after", after, 0);
        require("calendar", Math.min(calendar.size(), MAX_LENGTH), 1);
        for (int i = 0; i < calendar.size(); i++) {
            Instants.requireInRange(calendar.get(i));
            if (i > 0 && calendar.get(i) <= calendar.get(i - 1)) {
                throw new IllegalArgumentException("calendar=" + Instants.format(calendar.get(i)) + " follows "
                        + Instants.format(calendar.get(i - 1)) + ", expected increasing instants");
            }
        }
        events.forEach(Instants::requireInRange);
    }

    private static void require(final String name, final int value, final int least) {
        if (value < least || value > MAX_LENGTH) {
            throw new IllegalArgumentException(name + "=" + value + ", expected " + least + " to " + MAX_LENGTH);
        }
    }

    private static void requirePairs(final int subjectCount, final int eventCount) {
        if ((long) subjectCount * eventCount > MAX_PAIRS) {
            throw new IllegalArgumentException("subjects=" + subjectCount + " events=" + eventCount
                    + ", expected at most " + MAX_PAIRS + " pairs of a subject and an event; split the study");
        }
    }

    /**
     * Returns a study with the market model, logarithmic returns, and the return of the event alone as event window.
     *
     * @param market           the series whose returns explain those of the subjects.
     * @param subjects         the series whose returns are studied.
     * @param events           the instants of the events.
     * @param calendar         the instants at which all series are read, in order.
     * @param estimationLength the number of returns in the estimation window.
     * @return the study.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
     */
    public static EventStudy ofMarket(
            final StepSeries market,
            final List<StepSeries> subjects,
            final List<Long> events,
            final List<Long> calendar,
            final int estimationLength) {
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(market, "market");
        Objects.requireNonNull(subjects, "subjects");
        return new EventStudy(
                subjects, events, calendar, Optional.of(market), Returns.LOG, estimationLength, 0, 0, 0, false);
    }

    /**
     * Returns a study with the constant-mean model, logarithmic returns, and the return of the event alone as event
     * window.
     *
     * @param subjects         the series whose returns are studied.
     * @param events           the instants of the events.
     * @param calendar         the instants at which all series are read, in order.
     * @param estimationLength the number of returns in the estimation window.
     * @return the study.
     * @throws IllegalArgumentException if one of them is out of range; the message names it.
     */
    public static EventStudy ofMean(
            final List<StepSeries> subjects,
            final List<Long> events,
            final List<Long> calendar,
            final int estimationLength) {
        Objects.requireNonNull(calendar, "calendar");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(subjects, "subjects");
        return new EventStudy(
                subjects, events, calendar, Optional.empty(), Returns.LOG, estimationLength, 0, 0, 0, false);
    }

    /**
     * Returns a copy with another kind of return.
     *
     * @param kind the kind of return.
     * @return the changed study.
     */
    public EventStudy withReturns(final Returns kind) {
        Objects.requireNonNull(kind, "kind");
        return new EventStudy(
                subjects, events, calendar, market, kind, estimationLength, gap, before, after, isAsKnown);
    }

    /**
     * Returns a copy with another event window.
     *
     * @param left    the number of returns between the estimation window and the event window.
     * @param earlier the number of returns in the event window before that of the event.
     * @param later   the number of returns in the event window after that of the event.
     * @return the changed study.
     * @throws IllegalArgumentException if one of them is below 0 or too large.
     */
    public EventStudy withWindow(final int left, final int earlier, final int later) {
        return new EventStudy(
                subjects, events, calendar, market, returns, estimationLength, left, earlier, later, isAsKnown);
    }

    /**
     * Returns a copy without look-ahead. The estimation window is read as known at the instant of the event. Each
     * return of the event window is read as known at its own instant, or at that of the event if the event is later.
     * Later revisions have no effect.
     *
     * @return the changed study.
     */
    public EventStudy asKnown() {
        return new EventStudy(subjects, events, calendar, market, returns, estimationLength, gap, before, after, true);
    }

    /** {@return the number of returns in the event window, 1 or more} */
    public int eventLength() {
        return before + 1 + after;
    }
}
