package io.tollgate.api.panel;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.StepSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What happened to series around events, beyond what was to be expected (MacKinlay 1997, Event Studies in Economics and
 * Finance). On a calendar of instants, as the closes of a market, a model of the returns is fitted over an estimation
 * window that ends before the event window begins; what the returns of the event window differ from it is abnormal. An
 * event that is not on the calendar counts at its next instant. Immutable; the {@code with} methods return a changed
 * copy.
 *
 * @param subjects         the series whose returns are studied.
 * @param events           their instants: of announcement, rather than of effect; of both at most {@value #MAX_PAIRS}
 *                         pairs.
 * @param calendar         instants in order at which all series are read.
 * @param market           whose returns explain those of the subjects, in the market model; empty for the model of a
 *                         constant mean.
 * @param returns          how a return follows from the levels.
 * @param estimationLength so many returns are fitted.
 * @param gap              so many returns between the estimation window and the event window are left out.
 * @param before           so many returns before that of the event are in the event window.
 * @param after            so many returns after that of the event are in the event window.
 * @param isAsKnown        whether the study looks at no knowledge that came later, see {@link #asKnown()}.
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
    /** Longest estimation window and event window, in returns. */
    public static final int MAX_LENGTH = 1 << 16;

    /** Most pairs of an event and a series. */
    public static final int MAX_PAIRS = 1 << 24;

    /** How a return follows from the levels of a series at two instants of the calendar, one after the other. */
    public enum Returns {
        /** The level itself is the return. */
        LEVEL,
        /** The change relative to the level before: {@code p1 / p0 - 1}. */
        RELATIVE,
        /** The logarithm {@code ln(p1 / p0)}; of levels above 0. */
        LOG
    }

    /**
     * Checks the parts.
     *
     * @param subjects         the series whose returns are studied.
     * @param events           their instants: of announcement, rather than of effect.
     * @param calendar         instants in order at which all series are read.
     * @param market           whose returns explain those of the subjects, in the market model; empty for the model of
     *                         a constant mean.
     * @param returns          how a return follows from the levels.
     * @param estimationLength so many returns are fitted.
     * @param gap              so many returns between the estimation window and the event window are left out.
     * @param before           so many returns before that of the event are in the event window.
     * @param after            so many returns after that of the event are in the event window.
     * @param isAsKnown        whether the study looks at no knowledge that came later, see {@link #asKnown()}.
     * @throws IllegalArgumentException naming what is out of range.
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
                throw new IllegalArgumentException("calendar=" + Instants.format(calendar.get(i)) + " behind "
                        + Instants.format(calendar.get(i - 1)) + ", expected instants in order, each once");
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
                    + ", expected at most " + MAX_PAIRS + " pairs of both; split the study");
        }
    }

    /**
     * A study with the market model over logarithmic returns, whose event window is the return of the event alone.
     *
     * @param market           whose returns explain those of the subjects.
     * @param subjects         the series whose returns are studied.
     * @param events           their instants.
     * @param calendar         instants in order at which all series are read.
     * @param estimationLength so many returns are fitted.
     * @return the study.
     * @throws IllegalArgumentException naming what is out of range.
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
     * A study with the model of a constant mean over logarithmic returns, whose event window is the return of the event
     * alone.
     *
     * @param subjects         the series whose returns are studied.
     * @param events           their instants.
     * @param calendar         instants in order at which all series are read.
     * @param estimationLength so many returns are fitted.
     * @return the study.
     * @throws IllegalArgumentException naming what is out of range.
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
     * The same with other returns.
     *
     * @param kind of return.
     * @return the changed study.
     */
    public EventStudy withReturns(final Returns kind) {
        Objects.requireNonNull(kind, "kind");
        return new EventStudy(
                subjects, events, calendar, market, kind, estimationLength, gap, before, after, isAsKnown);
    }

    /**
     * The same with another event window.
     *
     * @param left     so many returns between the estimation window and the event window are left out.
     * @param earlier  so many returns before that of the event are in the event window.
     * @param later    so many returns after that of the event are in the event window.
     * @return the changed study.
     * @throws IllegalArgumentException if one is below 0 or too large.
     */
    public EventStudy withWindow(final int left, final int earlier, final int later) {
        return new EventStudy(
                subjects, events, calendar, market, returns, estimationLength, left, earlier, later, isAsKnown);
    }

    /**
     * The same without looking ahead: the estimation window is read as known at the instant of the event, and each
     * return of the event window as known at its own instant, or that of the event where that is later. A revision that
     * came later has no effect.
     *
     * @return the changed study.
     */
    public EventStudy asKnown() {
        return new EventStudy(subjects, events, calendar, market, returns, estimationLength, gap, before, after, true);
    }

    /**
     * The length of the event window.
     *
     * @return returns in it, 1 or more.
     */
    public int eventLength() {
        return before + 1 + after;
    }
}
