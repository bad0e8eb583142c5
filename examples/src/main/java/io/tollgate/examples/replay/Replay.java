package io.tollgate.examples.replay;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.data.table.RowWriter;
import io.tollgate.examples.points.Grid;
import io.tollgate.examples.points.PointColumns;
import io.tollgate.examples.points.PointFeed;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointFormat;
import io.tollgate.examples.points.PointOptions;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.Rejects;
import io.tollgate.examples.points.SeriesOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A run of the command.
 *
 * @param definition of the series.
 * @param windows    requested windows.
 * @param metrics    requested metrics.
 * @param bucket     for pairing events of two series.
 * @param points     format of points; without a grid or instants, series are read at each line.
 * @param store      options of the data directory; at COMMIT a line is on disk before its answer is written.
 */
record Replay(
        SeriesOptions definition,
        List<WindowArgument> windows,
        List<MetricArgument> metrics,
        Bucket bucket,
        PointOptions points,
        StoreOptions store) {
    /** Returns the format of a file with its columns. */
    PointFormat format(final PointColumns columns) {
        return new PointFormat(
                definition.kind(), definition.scale(), points.rounding(), points.times(), columns, points.values());
    }

    /** Launches the engine of the run, to be closed. */
    TollgateEngine launch(final PointColumns columns) {
        final EngineContext context = new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(columns.hasKnownAt() ? ClockMode.KNOWLEDGE : ClockMode.EVENT)
                .refusalHandler(refusal -> {});
        return TollgateEngine.launch(store.applyTo(context));
    }

    /**
     * Runs the command. The header of the input has been read, and the output gets its own header.
     *
     * @throws IOException if the input cannot be read or an output cannot be written.
     */
    void run(
            final Engine engine,
            final PointFile input,
            final RowWriter output,
            final Rejects rejects,
            final Progress progress)
            throws IOException {
        final MetricReader reader = engine.newReader().asOf(points.knownAtNs());
        final MetricTable table = new MetricTable(
                output, windows, metrics, reader, new PairedSeries(engine, reader, definition.kind(), bucket));
        final PointFeed feed = new PointFeed(
                engine,
                UnaryOperator.identity(),
                definition.kind(),
                definition.duplicates(),
                definition.scale(),
                registered());
        final PointFormat format = format(input.columns());
        final boolean isOnDiskAtEachLine = store.durability().equals(Durability.COMMIT);
        final boolean isReadAtEachLine = isReadAtEachLine();
        input.feed(format, feed, rejects, progress, (point, series) -> {
            if (isOnDiskAtEachLine) {
                engine.awaitDurable(feed.lastTicket());
            }
            if (isReadAtEachLine) {
                table.write(series, engine.now());
            }
        });
        final List<Long> instants = points.instants();
        final Optional<Grid> grid = points.grid();
        for (final Series series : feed.series().values()) {
            for (final long atNs : instants) {
                table.write(series, atNs);
            }
            if (grid.isPresent()) {
                grid.get().forEach(feed.firstTimeNs(series), engine.now(), atNs -> table.write(series, atNs));
            }
        }
    }

    private boolean isReadAtEachLine() {
        return !points.hasInstants() && points.grid().isEmpty();
    }

    /** Returns the windows that benefit from a state; a window that is read only once, at the end, does not. */
    private Window[] registered() {
        return isReadAtEachLine()
                ? WindowArgument.registered(windows.stream(), SeriesDefinition.MAX_WINDOWS)
                : new Window[0];
    }
}
