package io.tollgate.examples.replay;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.pair.Bucket;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.examples.points.PointColumns;
import io.tollgate.examples.points.PointFeed;
import io.tollgate.examples.points.PointFile;
import io.tollgate.examples.points.PointFormat;
import io.tollgate.examples.points.PointTimes;
import io.tollgate.examples.points.Progress;
import io.tollgate.examples.points.Rejects;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a run does.
 *
 * @param kind       of the series.
 * @param duplicates what becomes of a second point at an instant.
 * @param scale      digits behind the decimal point that are kept.
 * @param rounding   what to do with digits beyond the scale.
 * @param times      how times are read.
 * @param windows    asked for.
 * @param metrics    asked for.
 * @param bucket     by which events of two series are paired.
 * @param instants   at which to read after all input is in.
 * @param grid       of instants at which to read after all input is in; without either, series are read at each line.
 * @param knownAtNs  knowledge time as of which series are read.
 * @param directory  of the data, empty for none.
 * @param durability of the data; at COMMIT a line is on disk before it is answered.
 */
record Replay(
        SeriesKind kind,
        DuplicatePolicy duplicates,
        int scale,
        RoundingMode rounding,
        PointTimes times,
        List<WindowArgument> windows,
        List<MetricArgument> metrics,
        Bucket bucket,
        List<Long> instants,
        Optional<Grid> grid,
        long knownAtNs,
        Optional<Path> directory,
        Durability durability) {

    /** The engine that it runs on, to be closed. */
    TollgateEngine launch(final PointColumns columns) {
        final EngineContext context = new EngineContext()
                .threadingMode(ThreadingMode.STEPPED)
                .clockMode(columns.hasKnownAt() ? ClockMode.KNOWLEDGE : ClockMode.EVENT)
                .refusalHandler(refusal -> {});
        directory.ifPresent(path -> context.durability(durability).directory(path));
        return TollgateEngine.launch(context);
    }

    /**
     * Runs it. The input's header is read by then, and the output has a line of its own for it.
     *
     * @throws IOException if the input cannot be read or an output cannot be written.
     */
    void run(
            final Engine engine,
            final PointFile input,
            final CsvWriter output,
            final Rejects rejects,
            final Progress progress)
            throws IOException {
        final MetricReader reader = engine.newReader().asOf(knownAtNs);
        final MetricTable table =
                new MetricTable(output, windows, metrics, reader, new PairedSeries(engine, reader, kind, bucket));
        final PointFeed feed = new PointFeed(engine, UnaryOperator.identity(), kind, duplicates, scale, registered());
        final PointFormat format = new PointFormat(kind, scale, rounding, times, input.columns());
        input.feed(format, feed, rejects, progress, (point, series) -> {
            if (durability.equals(Durability.COMMIT)) {
                engine.awaitDurable(feed.lastTicket());
            }
            if (isReadAtEachLine()) {
                table.write(series, engine.now());
            }
        });
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
        return instants.isEmpty() && grid.isEmpty();
    }

    /** The windows whose state pays: a window that is read once, at the end, needs none. */
    private Window[] registered() {
        return isReadAtEachLine()
                ? WindowArgument.registered(windows.stream(), SeriesDefinition.MAX_WINDOWS)
                : new Window[0];
    }
}
