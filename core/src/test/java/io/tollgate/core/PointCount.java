package io.tollgate.core;

import io.tollgate.api.Engine;
import io.tollgate.api.MetricReader;
import io.tollgate.api.Series;
import io.tollgate.api.Window;
import io.tollgate.api.WindowReading;

/** The points of a series from 0 on, as a reader finds them. */
final class PointCount {
    private static final long END_NS = 1L << 40;

    private PointCount() {}

    static long of(final Engine engine, final Series series) {
        return of(engine.newReader(), series);
    }

    static long of(final MetricReader reader, final Series series) {
        final WindowReading reading = reader.newReading();
        reader.read(series, Window.slidingNs(END_NS + 1), END_NS, reading);
        return reading.count();
    }

    static long of(final Engine engine, final String key) {
        return of(engine, engine.find(key).orElseThrow());
    }
}
