package io.tollgate.api.series;

import java.util.List;

/** Checks lists of windows to register. */
final class RegisteredWindows {
    private RegisteredWindows() {}

    /**
     * Copies and checks the windows of a series or pattern. Messages begin with the field and the name of the owner.
     */
    static List<Window> copyOf(final String field, final String name, final List<Window> windows) {
        final List<Window> copy = List.copyOf(windows);
        final int count = copy.size();
        if (count > SeriesDefinition.MAX_WINDOWS) {
            throw new IllegalArgumentException(
                    field + name + " windows=" + count + ", expected at most " + SeriesDefinition.MAX_WINDOWS);
        }
        for (int i = 0; i < count; i++) {
            final Window window = copy.get(i);
            if (copy.indexOf(window) < i) {
                throw new IllegalArgumentException(field + name + " windows=" + copy + ", expected no duplicates");
            }
            if (window instanceof Window.ToDate toDate) {
                requireStorable(field + name, toDate);
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
