package io.tollgate.api.series;

import java.util.List;
import java.util.Objects;

/** What lists of windows to be registered have in common. */
public final class RegisteredWindows {
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

    /**
     * Refuses a window whose zone cannot be stored: it is stored as that of a reporting period is.
     *
     * @param subject what messages call the owner of the window.
     * @param window  the window.
     * @throws IllegalArgumentException if its zone cannot be stored.
     */
    public static void requireStorable(final String subject, final Window.ToDate window) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(window, "window");
        try {
            ReportingPeriod.of(window.period(), window.zone());
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(subject + " window=" + window + ": " + e.getMessage(), e);
        }
    }
}
