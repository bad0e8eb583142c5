package io.tollgate.data;

import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.data.table.RowProducer;
import io.tollgate.data.table.RowWriter;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** The rows of a file of series, in order of their keys. One thread at a time. */
public final class SeriesRows implements RowProducer {
    private static final int MAX_ATTEMPTS = 1_000;

    private final SeriesSource source;
    private final long knownAtNs;
    private final MetricReader reader;
    private final LifeReading life;
    private final Iterator<Series> series;
    private final int count;

    /**
     * Creates the rows.
     *
     * @param source  the series to read.
     * @param options the extent; lives are as known at its knowledge time.
     */
    public SeriesRows(final SeriesSource source, final DumpOptions options) {
        this.source = source;
        knownAtNs = options.knownAtNs();
        reader = source.newReader().asOf(knownAtNs);
        life = reader.life();
        final List<Series> found = source.series(options.pattern());
        count = found.size();
        series = found.iterator();
    }

    /**
     * Writes the next series.
     *
     * @throws IllegalStateException if the life of a series known then was deleted, or if the engine or the view is
     *                               closed.
     */
    @Override
    public boolean produce(final RowWriter writer) throws IOException {
        if (!series.hasNext()) {
            return false;
        }
        final Series next = series.next();
        int attempts = 0;
        while (life.read(next).status() == Status.CONTENDED && ++attempts < MAX_ATTEMPTS) {
            Thread.yield();
        }
        VersionRows.requireRead(life.status() == Status.CONTENDED, life.status() == Status.FORGOTTEN, next, knownAtNs);
        SeriesTable.write(writer, next, life, source.find(life.successor()));
        return true;
    }

    @Override
    public void handOver() {
        reader.handOver();
    }

    /** {@return the number of series} */
    public int count() {
        return count;
    }
}
