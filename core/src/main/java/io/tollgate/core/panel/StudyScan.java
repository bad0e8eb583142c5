package io.tollgate.core.panel;

import io.tollgate.api.panel.EventStudy;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.number.Quotients;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.Arrays;

/** Reads the returns of a study, event by event and series by series. Used by one thread. */
final class StudyScan implements LevelReader.Attempt {
    private final EventStudy study;
    private final LevelSet levels;
    private final LevelCursor cursor;
    private final Quotients quotients = new Quotients();
    private final long[] calendar;
    private final int[] subjects;
    private final int[] scales;
    private final int market;
    private final int marketScale;
    private final EventFit[] fits;
    private final long knownAtNs;
    private boolean isIntact;

    StudyScan(final EventStudy study, final LevelSource source, final LevelCursor cursor) {
        this.study = study;
        this.cursor = cursor;
        levels = source.newSet();
        knownAtNs = levels.knownAtNs();
        calendar = study.calendar().stream().mapToLong(Long::longValue).toArray();
        subjects = study.subjects().stream().mapToInt(levels::add).toArray();
        scales = study.subjects().stream()
                .mapToInt(series -> series.definition().scale())
                .toArray();
        market = study.market().map(levels::add).orElse(MemberTable.NONE);
        marketScale = study.market().map(series -> series.definition().scale()).orElse(0);
        fits = new EventFit[study.events().size() * subjects.length];
        Arrays.setAll(fits, i -> new EventFit(study));
    }

    LevelSet levels() {
        return levels;
    }

    /** Returns all pairs, ordered by event and then by series. */
    EventFit[] fits() {
        return fits;
    }

    /**
     * Returns the index of an event in the calendar. Returns the length of the calendar if the event is after its end.
     */
    int place(final int event) {
        final long atNs = study.events().get(event);
        int low = 0;
        int high = calendar.length;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (calendar[middle] < atNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the calendar day of an event, NONE if the event is after the end of the calendar. */
    long eventAtNs(final int event) {
        final int place = place(event);
        return place < calendar.length ? calendar[place] : Instants.NONE;
    }

    @Override
    public boolean read() {
        isIntact = true;
        for (int event = 0; event < study.events().size() && isIntact; event++) {
            final int place = place(event);
            for (int i = 0; i < subjects.length; i++) {
                read(fits[event * subjects.length + i], event, place, i);
            }
        }
        return isIntact;
    }

    private void read(final EventFit fit, final int event, final int place, final int subject) {
        fit.clear();
        final int eventStart = place - study.before();
        final int estimationStart = eventStart - study.gap() - study.estimationLength();
        if (eventStart < 0 || place + study.after() >= calendar.length) {
            fit.fit();
            return;
        }
        for (int day = 0; day < study.estimationLength() + study.eventLength(); day++) {
            final boolean isEvent = day >= study.estimationLength();
            final int at = isEvent ? eventStart + day - study.estimationLength() : estimationStart + day;
            levels.seeAsKnownAt(knownAtNs(event, isEvent, at));
            fit.set(
                    day,
                    returnAt(subjects[subject], scales[subject], at),
                    market == MemberTable.NONE ? 0 : returnAt(market, marketScale, at));
        }
        fit.fit();
    }

    private long knownAtNs(final int event, final boolean isEvent, final int at) {
        if (!study.isAsKnown()) {
            return knownAtNs;
        }
        final long eventNs = study.events().get(event);
        return Math.min(knownAtNs, isEvent ? Math.max(eventNs, calendar[at]) : eventNs);
    }

    /** Returns the return of a day, NaN if it is not known. */
    private double returnAt(final int series, final int scale, final int at) {
        if (at < 0) {
            return Double.NaN;
        }
        final long now = level(series, at);
        if (now == Decimals.UNKNOWN) {
            return Double.NaN;
        }
        if (study.returns() == EventStudy.Returns.LEVEL) {
            return quotients.decimal(now, scale);
        }
        final long before = at == 0 ? Decimals.UNKNOWN : level(series, at - 1);
        if (before == Decimals.UNKNOWN) {
            return Double.NaN;
        }
        return study.returns() == EventStudy.Returns.LOG
                ? quotients.logRatio(before, now)
                : quotients.relativeChange(before, now);
    }

    private long level(final int series, final int at) {
        isIntact &= cursor.open(levels, series, calendar[at], calendar[at]);
        return cursor.value();
    }
}
