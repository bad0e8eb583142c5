package io.tollgate.api.series;

import java.util.List;

/** What lists of windows to be registered have in common. */
final class RegisteredWindows {
    private RegisteredWindows() {}

    /** Copies the windows of a series or a pattern, which messages call by the subject. */
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

    /** A zone is stored as that of a reporting period is. */
    private static void requireStorable(final String subject, final Window.ToDate window) {
        try {
            ReportingPeriod.of(window.period(), window.zone());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(subject + " window=" + window + ": " + e.getMessage(), e);
        }
    }
}
