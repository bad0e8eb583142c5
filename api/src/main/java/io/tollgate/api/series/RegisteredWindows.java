package io.tollgate.api.series;

import java.util.List;

/** Checks lists of windows to register. */
final class RegisteredWindows {
    private RegisteredWindows() {}

    /** Copies and checks the windows of a series or pattern. The subject names their owner in messages. */
    static List<Window> copyOf(final String subject, final List<Window> windows) {
        final List<Window> copy = List.copyOf(windows);
        if (copy.size() > SeriesDefinition.MAX_WINDOWS) {
            throw new IllegalArgumentException(
                    subject + " windows=" + copy.size() + ", expected at most " + SeriesDefinition.MAX_WINDOWS);
        }
        if (copy.stream().distinct().count() != copy.size()) {
            throw new IllegalArgumentException(subject + " windows=" + copy + ", expected no duplicates");
        }
        for (final Window window : copy) {
            if (window instanceof Window.ToDate toDate) {
                requireStorable(subject, toDate);
            }
        }
        return copy;
    }

    /** Checks that the zone of a window can be stored, like the zone of a reporting period. */
    private static void requireStorable(final String subject, final Window.ToDate window) {
        try {
            ReportingPeriod.of(window.period(), window.zone());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(subject + " window=" + window + ": " + e.getMessage(), e);
        }
    }
}
