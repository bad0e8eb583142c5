package io.tollgate.core.read;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Window;
import java.util.Objects;

/** Refuses, by name, what nothing can be read with. Any thread. */
public final class ReadArguments {
    private ReadArguments() {}

    /**
     * Refuses instants out of range.
     *
     * @param atNs      the instant of a read.
     * @param knownAtNs as known at which it is made.
     * @throws IllegalArgumentException if one is.
     */
    public static void requireInRange(final long atNs, final long knownAtNs) {
        Instants.requireInRange(atNs);
        if (knownAtNs != MetricReader.ALL_KNOWN) {
            Instants.requireInRange(knownAtNs);
        }
    }

    /**
     * Refuses no window: a reader would answer over the one that it read before.
     *
     * @param window of a read.
     * @throws NullPointerException if there is none.
     */
    public static void requireWindow(final Window window) {
        Objects.requireNonNull(window, "window=null, expected one");
    }

    static void requireSeries(final Series series) {
        Objects.requireNonNull(series, "series=null, expected one of this engine");
    }

    /**
     * Refuses no reading.
     *
     * @param reading to be filled.
     * @param <R>     its type.
     * @return the reading.
     * @throws NullPointerException if there is none.
     */
    public static <R> R requireReading(final R reading) {
        return Objects.requireNonNull(reading, "reading=null, expected one that this reader made");
    }

    /**
     * Refuses the reading of another reader: it has the scratch memory of that one, which another thread may be using.
     *
     * @param isOwn whether the reader has made it.
     * @throws IllegalArgumentException if not.
     */
    public static void requireOwn(final boolean isOwn) {
        if (!isOwn) {
            throw new IllegalArgumentException("reading=that of another reader, expected one that this reader made");
        }
    }
}
