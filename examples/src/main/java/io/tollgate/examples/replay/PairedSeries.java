package io.tollgate.examples.replay;

import io.tollgate.api.Engine;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import java.util.HashMap;
import java.util.Map;

/** Reads the series of a row together with another one. If the other one does not exist yet, the answer is EMPTY. */
final class PairedSeries {
    private final Map<String, Series> seriesByKey = new HashMap<>();
    private final Engine engine;
    private final MetricReader reader;
    private final Map<Paired, PairReading> readings = new HashMap<>();
    private final SeriesKind kind;
    private final Bucket bucket;
    private Status status = Status.EMPTY;
    private double value = Double.NaN;

    PairedSeries(final Engine engine, final MetricReader reader, final SeriesKind kind, final Bucket bucket) {
        this.engine = engine;
        this.reader = reader;
        this.kind = kind;
        this.bucket = bucket;
    }

    private record Paired(Pair pair, Window window) {}

    /** Reads the other series as x and the series of the row as y. */
    void read(final MetricArgument.OfPair argument, final Series y, final Window window, final long atNs) {
        // A missing series is looked up again each time, because it may appear on any line.
        final Series x = seriesByKey.computeIfAbsent(argument.key(), this::find);
        if (x == null) {
            status = Status.EMPTY;
            value = Double.NaN;
            return;
        }
        final PairReading reading = readings.computeIfAbsent(
                new Paired(pair(x, y), window), paired -> reader.pair(paired.pair(), paired.window()));
        reading.read(atNs);
        status = reading.status(argument.metric());
        value = reading.value(argument.metric());
    }

    /** Finds a series of the kind of the run; a data directory may contain others. */
    private Series find(final String key) {
        return engine.series()
                .find(key)
                .filter(series -> series.definition().kind() == kind)
                .orElse(null);
    }

    private Pair pair(final Series x, final Series y) {
        return x instanceof StepSeries stepX && y instanceof StepSeries stepY
                ? Pair.asOf(stepX, stepY)
                : Pair.byBucket(x, y, bucket);
    }

    Status status() {
        return status;
    }

    double value() {
        return value;
    }
}
