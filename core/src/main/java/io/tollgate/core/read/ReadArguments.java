package io.tollgate.core.read;

import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Window;
import java.util.Objects;

/** Validates the arguments of a read. Any thread. */
public final class ReadArguments {
    private ReadArguments() {}

    /**
     * Rejects instants that are out of range.
     *
     * @param atNs      the instant of a read.
     * @param knownAtNs the knowledge time of the read.
     * @throws IllegalArgumentException if either is out of range.
     */
    public static void requireInRange(final long atNs, final long knownAtNs) {
        Instants.requireInRange(atNs);
        if (knownAtNs != Instants.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
    }

    /**
     * Rejects a null window. Without this check a reader would use the window of its previous read.
     *
     * @param window of a read.
     * @throws NullPointerException if the window is null.
     */
    public static void requireWindow(final Window window) {
        Objects.requireNonNull(window, "window=null, expected a window");
    }

    static void requireSeries(final Series series) {
        Objects.requireNonNull(series, "series=null, expected a series of this engine");
    }
}
