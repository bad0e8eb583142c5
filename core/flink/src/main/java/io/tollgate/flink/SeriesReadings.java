package io.tollgate.flink;

import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All readings of a job, as known at one time. One thread. */
final class SeriesReadings {
    private final MetricReader reader;
    private final PanelReader panels;
    private final List<Reading> readings;
    private final List<Watched> watches;

    /** A reading with its texts. */
    private record Reading(WindowReading reading, String[] windows, Metric[] metrics) {}

    /** A watch with the reading of its metric. */
    private record Watched(WindowReading reading, Metric metric, Watch watch, String name) {}

    SeriesReadings(final RateStream stream, final MetricReader reader, final PanelReader panels) {
        this.reader = reader;
        this.panels = panels;
        readings = stream.reads().stream().map(read -> reading(stream, read)).toList();
        watches = stream.watches().stream()
                .map(watch -> new Watched(
                        reader.windows(stream.options(), List.of(watch.window()), watch.metric()),
                        watch.metric(),
                        watch.watch(),
                        watch.name()))
                .toList();
    }

    private Reading reading(final RateStream stream, final SeriesRead read) {
        final Metric[] metrics = read.metrics();
        final Metric[] withCoverage = Stream.concat(Arrays.stream(metrics), Stream.of(Metric.COVERAGE))
                .distinct()
                .toArray(Metric[]::new);
        return new Reading(
                reader.windows(stream.options(), read.windows(), withCoverage),
                read.windows().stream().map(Window::toString).toArray(String[]::new),
                metrics);
    }

    MetricReader reader() {
        return reader;
    }

    PanelReader panels() {
        return panels;
    }

    /** Reads all windows and metrics of a series at an instant. */
    void read(final SeriesTrack track, final long atNs, final Consumer<RateAnswer> answers) {
        final String key = track.series().key();
        for (final Reading reading : readings) {
            final WindowReading windows = reading.reading().read(track.series(), atNs);
            for (int i = 0; i < reading.windows().length; i++) {
                final double coverage = windows.value(i, Metric.COVERAGE);
                for (final Metric metric : reading.metrics()) {
                    answers.accept(new RateAnswer(
                            key,
                            atNs,
                            reading.windows()[i],
                            metric.text(),
                            windows.value(i, metric),
                            windows.status(i, metric),
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
