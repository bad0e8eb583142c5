package io.tollgate.flink;

import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Window;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;

/**
 * A window in the form in which the graph of a job has it.
 *
 * @param kind   the type of the window.
 * @param number length in ns, number of points, or start in ns; 0 for a window to date.
 * @param option the closed ends of a sliding window, or the period of a window to date; otherwise empty.
 * @param zone   the zone of a window to date; otherwise empty.
 */
record WindowTerms(Kind kind, long number, String option, String zone) implements Serializable {
    private enum Kind {
        SLIDING,
        LAST_POINTS,
        SINCE,
        TO_DATE
    }

    static WindowTerms of(final Window window) {
        if (window instanceof final Window.Sliding sliding) {
            return new WindowTerms(
                    Kind.SLIDING, sliding.lengthNs(), sliding.closed().name(), "");
        }
        if (window instanceof final Window.LastPoints last) {
            return new WindowTerms(Kind.LAST_POINTS, last.pointCount(), "", "");
        }
        if (window instanceof final Window.Since since) {
            return new WindowTerms(Kind.SINCE, since.instantNs(), "", "");
        }
        final Window.ToDate toDate = (Window.ToDate) window;
        return new WindowTerms(
                Kind.TO_DATE, 0, toDate.period().name(), toDate.zone().getId());
    }

    static WindowTerms[] of(final List<? extends Window> windows) {
        return windows.stream().map(WindowTerms::of).toArray(WindowTerms[]::new);
    }

    Window window() {
        return switch (kind) {
            case SLIDING -> new Window.Sliding(number, Closed.valueOf(option));
            case LAST_POINTS -> new Window.LastPoints(number);
            case SINCE -> new Window.Since(number);
            case TO_DATE -> new Window.ToDate(CalendarPeriod.valueOf(option), ZoneId.of(zone));
        };
    }
}
