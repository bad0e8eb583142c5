package io.tollgate.core;

import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Instants;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Tells of the reading that was filled last. Keeps those that it has filled.
 *
 * @param <S> what is named at each read, as a window.
 * @param <R> the type of the readings.
 */
abstract class FilledReading<S, R> {
    private static final int MOST_KEPT = 64;

    private final Map<Object, R> kept = new HashMap<>();
    private final MetricReader reader;
    private final BiFunction<MetricReader, S, R> making;
    private R filled;

    /** Tells of a reading that is not filled yet, of any subject; null without one. */
    FilledReading(final MetricReader reader, final S any, final BiFunction<MetricReader, S, R> making) {
        this.reader = reader;
        this.making = making;
        filled = any == null ? null : making.apply(reader, any);
    }

    private record Key(Object subject, long knownAtNs) {}

    /** The reading of a subject as known at an instant; from now on it is the one that is told of. */
    final R of(final S subject, final long knownAtNs) {
        final Key key = new Key(subject, knownAtNs);
        filled = kept.get(key);
        if (filled == null) {
            if (kept.size() == MOST_KEPT) {
                kept.clear();
            }
            filled = making.apply(knownAtNs == Instants.ALL_KNOWN ? reader : reader.asOf(knownAtNs), subject);
            kept.put(key, filled);
        }
        return filled;
    }

    final R filled() {
        return filled;
    }

    @Override
    public final String toString() {
        return filled.toString();
    }
}
