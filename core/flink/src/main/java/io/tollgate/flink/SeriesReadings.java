package io.tollgate.flink;

import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All readings of a job, as known at one time. One thread. */
final class SeriesReadings {
    private final ReadOptions options;
    private final MetricReader reader;
    private final PanelReader panels;
    private final List<Reading> readings;
    private final List<Watched> watches;

    /** A reading of windows with the texts of its answers. */
    private record Reading(WindowReading windows, String[] windowTexts, Metric[] metrics, String[] metricTexts) {
        private static Reading of(final RateStream stream, final SeriesRead read, final MetricReader reader) {
            return new Reading(
                    reader.windows(stream.options(), read.windows(), withCoverage(read.metrics())),
                    read.windows().stream().map(Window::toString).toArray(String[]::new),
                    read.metrics(),
                    read.metricTexts());
        }

        private static Metric[] withCoverage(final Metric... metrics) {
            return Stream.concat(Arrays.stream(metrics), Stream.of(Metric.COVERAGE))
                    .distinct()
                    .toArray(Metric[]::new);
        }

        private Reading of(final ReadOptions options, final MetricReader reader) {
            return new Reading(
                    reader.windows(options, windows.windows(), withCoverage(metrics)),
                    windowTexts,
                    metrics,
                    metricTexts);
        }
    }

    /** A watch with the reading of its metric. */
    private record Watched(WindowReading reading, Metric metric, Watch watch, String name) {
        private static Watched of(final RateStream stream, final WatchRead watch, final MetricReader reader) {
            return new Watched(
                    reader.windows(stream.options(), List.of(watch.window()), watch.metric()),
                    watch.metric(),
                    watch.watch(),
                    watch.name());
        }

        private Watched of(final ReadOptions options, final MetricReader reader) {
            return new Watched(reader.windows(options, reading.windows(), metric), metric, watch, name);
        }
    }

    SeriesReadings(final RateStream stream, final MetricReader reader, final PanelReader panels) {
        this(
                stream.options(),
                reader,
                panels,
                stream.reads().stream()
                        .map(read -> Reading.of(stream, read, reader))
                        .toList(),
                stream.watches().stream()
                        .map(watch -> Watched.of(stream, watch, reader))
                        .toList());
    }

    private SeriesReadings(
            final ReadOptions options,
            final MetricReader reader,
            final PanelReader panels,
            final List<Reading> readings,
            final List<Watched> watches) {
        this.options = options;
        this.reader = reader;
        this.panels = panels;
        this.readings = readings;
        this.watches = watches;
    }

    /** Returns the same readings as known at an instant. */
    SeriesReadings asOf(final long instantNs) {
        final MetricReader earlier = reader.asOf(instantNs);
        return new SeriesReadings(
                options,
                earlier,
                panels.asOf(instantNs),
                readings.stream().map(reading -> reading.of(options, earlier)).toList(),
                watches.stream().map(watched -> watched.of(options, earlier)).toList());
    }

    MetricReader reader() {
        return reader;
    }

    PanelReader panels() {
        return panels;
    }

    /** Reads all windows and metrics of a series at an instant. */
    void read(final SeriesTrack track, final long atNs, final Consumer<RateAnswer> answers) {
        for (final Reading reading : readings) {
            final WindowReading windows = reading.windows().read(track.series(), atNs);
            for (int w = 0; w < reading.windowTexts().length; w++) {
                final double coverage = windows.value(w, Metric.COVERAGE);
                for (int m = 0; m < reading.metrics().length; m++) {
                    final Metric metric = reading.metrics()[m];
                    answers.accept(new RateAnswer(
                            track.series().key(),
                            atNs,
                            reading.windowTexts()[w],
                            reading.metricTexts()[m],
                            windows.value(w, metric),
                            windows.status(w, metric),
                            coverage,
                            track.sequence()));
                }
            }
        }
    }

    /** Compares all watches with a series at an instant. */
    void watch(final SeriesTrack track, final long atNs, final Consumer<WatchEvent> events) {
        track.watchedAtNs(atNs);
        for (final Watched watched : watches) {
            final double value = watched.reading().read(track.series(), atNs).value(watched.metric());
            final boolean isChanged = track.watchStates()
                    .update(
                            watched.name(),
                            watched.watch(),
                            atNs,
                            value,
                            isFired -> events.accept(
                                    new WatchEvent(track.series().key(), watched.name(), isFired, atNs, value)));
            track.hasNewWatchStates(isChanged || track.hasNewWatchStates());
        }
    }
}
