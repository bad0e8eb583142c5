package io.tollgate.core;

import static io.tollgate.api.series.Instants.ALL_KNOWN;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A reader for tests that change the window, pair or instant of knowledge at each read. The reader makes and caches the
 * readings for them. A reading of windows answers the metrics that it is made for, and all metrics that follow from the
 * sums of a window.
 */
public final class TestReader {
    private static final Window ANY = Window.last(1);

    private record PairOver(Pair pair, Window window) {}

    private record VersionsOver(Window window, boolean isOfPoints) {}

    private final MetricReader reader;

    /**
     * A reader.
     *
     * @param reader the delegate.
     */
    public TestReader(final MetricReader reader) {
        this.reader = reader;
    }

    /** {@return the delegate} */
    public MetricReader reader() {
        return reader;
    }

    /** True if the sums of a window suffice for a metric. */
    public static boolean isOfSums(final BasicMetric metric) {
        return !metric.isShape()
                && metric != Metric.CHANGES
                && metric != Metric.SINCE_CHANGE
                && metric != Metric.ZSCORE;
    }

    /** {@return the basic metrics that follow from the sums of a window} */
    static Metric[] ofSums() {
        return Arrays.stream(BasicMetric.values()).filter(TestReader::isOfSums).toArray(Metric[]::new);
    }

    /** {@return a reading of windows} */
    public WindowReading newReading(final Metric... metrics) {
        return newReading(ReadOptions.DEFAULT, metrics);
    }

    public WindowReading newReading(final ReadOptions options, final Metric... metrics) {
        final Metric[] all =
                Stream.concat(Arrays.stream(metrics), Arrays.stream(ofSums())).toArray(Metric[]::new);
        return FilledReading.create(
                WindowReading.class, reader, ANY, (asOf, window) -> asOf.windows(options, List.of(window), all));
    }

    /** Reads a window. */
    public void read(final Series series, final Window window, final long atNs, final WindowReading reading) {
        read(series, window, atNs, ALL_KNOWN, reading);
    }

    /** Reads a window as known at an instant. */
    public void read(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final WindowReading reading) {
        FilledReading.of(reading, window, knownAtNs).read(series, atNs);
    }

    /** {@return a window, read into a new reading} */
    public WindowReading window(final Series series, final Window window, final long atNs) {
        return window(series, window, atNs, ALL_KNOWN);
    }

    public WindowReading window(final Series series, final Window window, final long atNs, final long knownAtNs) {
        final WindowReading reading = newReading();
        read(series, window, atNs, knownAtNs, reading);
        return reading;
    }

    /** {@return a level, read into a new reading} */
    public LevelReading level(final StepSeries series, final long atNs) {
        return level(series, atNs, ALL_KNOWN);
    }

    public LevelReading level(final StepSeries series, final long atNs, final long knownAtNs) {
        final LevelReading reading = newLevelReading();
        readLevel(series, atNs, knownAtNs, reading);
        return reading;
    }

    /** {@return a reading of levels} */
    public LevelReading newLevelReading() {
        return FilledReading.create(LevelReading.class, reader, "level", (asOf, any) -> asOf.level());
    }

    /** Reads a level. */
    public void readLevel(final StepSeries series, final long atNs, final LevelReading reading) {
        readLevel(series, atNs, ALL_KNOWN, reading);
    }

    public void readLevel(final StepSeries series, final long atNs, final long knownAtNs, final LevelReading reading) {
        FilledReading.of(reading, "level", knownAtNs).read(series, atNs);
    }

    public PendingReading newPendingReading(final int maxPoints) {
        return FilledReading.create(PendingReading.class, reader, "pending", (asOf, any) -> asOf.pending(maxPoints));
    }

    public void readPending(final Series series, final long atNs, final PendingReading reading) {
        readPending(series, atNs, ALL_KNOWN, reading);
    }

    public void readPending(final Series series, final long atNs, final long knownAtNs, final PendingReading reading) {
        FilledReading.of(reading, "pending", knownAtNs).read(series, atNs);
    }

    public VersionReading newVersionReading(final int maxVersions) {
        return FilledReading.create(
                VersionReading.class,
                reader,
                new VersionsOver(ANY, false),
                (asOf, over) -> over.isOfPoints()
                        ? asOf.points(over.window(), maxVersions)
                        : asOf.versions(over.window(), maxVersions));
    }

    public void readPoints(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        final var over = new VersionsOver(window, true);
        FilledReading.of(reading, over, knownAtNs).read(series, atNs);
    }

    public void readVersions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final VersionReading reading) {
        final var over = new VersionsOver(window, false);
        FilledReading.of(reading, over, knownAtNs).read(series, atNs);
    }

    public RevisionReading newRevisionReading() {
        return FilledReading.create(RevisionReading.class, reader, ANY, MetricReader::revisions);
    }

    public void readRevisions(
            final Series series,
            final Window window,
            final long atNs,
            final long knownAtNs,
            final RevisionReading reading) {
        FilledReading.of(reading, window, knownAtNs).read(series, atNs);
    }

    public LifeReading newLifeReading() {
        return FilledReading.create(LifeReading.class, reader, "life", (asOf, any) -> asOf.life());
    }

    public LifeReading life(final Series series, final long knownAtNs) {
        final LifeReading reading = newLifeReading();
        readLife(series, knownAtNs, reading);
        return reading;
    }

    public void readLife(final Series series, final long knownAtNs, final LifeReading reading) {
        FilledReading.of(reading, "life", knownAtNs).read(series);
    }

    public PairReading newPairReading() {
        return newPairReading(ReadOptions.DEFAULT);
    }

    public PairReading newPairReading(final ReadOptions options) {
        return FilledReading.<PairOver, PairReading>create(
                PairReading.class, reader, null, (asOf, over) -> asOf.pair(options, over.pair(), over.window()));
    }

    public void readPair(final Pair pair, final Window window, final long atNs, final PairReading reading) {
        readPair(pair, window, atNs, ALL_KNOWN, reading);
    }

    public void readPair(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final PairReading reading) {
        final var over = new PairOver(pair, window);
        FilledReading.of(reading, over, knownAtNs).read(atNs);
    }

    public LagReading newLagReading(final LagRange lags) {
        return newLagReading(ReadOptions.DEFAULT, lags);
    }

    public LagReading newLagReading(final ReadOptions options, final LagRange lags) {
        return FilledReading.<PairOver, LagReading>create(
                LagReading.class, reader, null, (asOf, over) -> asOf.lags(options, over.pair(), over.window(), lags));
    }

    public void readLags(final Pair pair, final Window window, final long atNs, final LagReading reading) {
        readLags(pair, window, atNs, ALL_KNOWN, reading);
    }

    public void readLags(
            final Pair pair, final Window window, final long atNs, final long knownAtNs, final LagReading reading) {
        final var over = new PairOver(pair, window);
        FilledReading.of(reading, over, knownAtNs).read(atNs);
    }
}
