package io.tollgate.core.golden;

import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answers of an engine with {@link ExamplePoints}, as lines of text. A line {@code of} says which series is read,
 * at which instant, and as known when. The lines after it are the answers. A double is there as its 64 bits and as a
 * decimal of nine digits.
 */
final class PointAnswers {
    private static final int MAX_VERSIONS = 12;
    private static final MathContext DIGITS = new MathContext(9);

    /** Metrics from which the others follow. */
    private static final Metric[] METRICS = {
        Metric.COUNT,
        Metric.SUM,
        Metric.MEAN,
        Metric.VARIANCE,
        Metric.SD,
        Metric.ZSCORE,
        Metric.MIN,
        Metric.MAX,
        Metric.FIRST,
        Metric.LAST,
        Metric.LOG_CHANGE,
        Metric.SKEW,
        Metric.KURTOSIS,
        Metric.SLOPE,
        Metric.COVERAGE,
        Metric.CHANGES,
        Metric.SINCE_CHANGE,
        Metric.MEDIAN
    };

    private final TestReader reader;
    private final List<String> lines = new ArrayList<>();

    private PointAnswers(final TestReader reader) {
        this.reader = reader;
    }

    static List<String> of(final Function<String, Optional<Series>> finder, final TestReader reader) {
        final PointAnswers answers = new PointAnswers(reader);
        for (final ExamplePoints.Filled filled : ExamplePoints.series()) {
            final Series series = finder.apply(filled.key()).orElseThrow();
            answers.read(series, filled.endNs(), Instants.ALL_KNOWN);
            answers.read(series, filled.endNs() / 2, filled.endNs() * 2 / 3);
        }
        return answers.lines;
    }

    private void read(final Series series, final long at, final long known) {
        lines.add("of " + series.key() + " at " + at + " as known at "
                + (known == Instants.ALL_KNOWN ? "the end" : Long.toString(known)));
        addLife(series, known);
        if (series instanceof StepSeries step) {
            addLevel(step, at, known);
        }
        addPending(series, at, known);
        for (final Window window : ExamplePoints.WINDOWS) {
            addWindow(series, window, at, known);
        }
        final Window newest = ExamplePoints.WINDOWS.get(1);
        addRevisions(series, newest, at, known);
        addVersions(series, newest, at, known);
    }

    private void addLife(final Series series, final long known) {
        final LifeReading life = reader.life(series, known);
        lines.add("  life " + life.status() + " from " + time(life.startNs()) + " to " + time(life.endNs()));
    }

    private void addLevel(final StepSeries series, final long at, final long known) {
        final LevelReading level = reader.level(series, at, known);
        lines.add("  level " + level.status() + ' ' + level.scaledValue() + " since " + time(level.sinceNs())
                + " reference " + time(level.reference()) + ", known at " + time(level.knowledgeTimeNs()) + ", then "
                + time(level.nextScaledValue()) + " from " + time(level.nextChangeAtNs()) + ", known at "
                + time(level.nextKnowledgeTimeNs()));
    }

    private void addPending(final Series series, final long at, final long known) {
        final PendingReading pending = reader.newPendingReading(2);
        reader.readPending(series, at, known, pending);
        lines.add("  pending " + pending.status() + " count " + pending.count() + " pipeline "
                + bits(pending.pipeline()));
        for (int i = 0; i < pending.heldCount(); i++) {
            lines.add("    " + pending.scaledValue(i) + " from " + pending.validTimeNs(i) + " known at "
                    + pending.knowledgeTimeNs(i) + " reference " + time(pending.reference(i)));
        }
    }

    private void addWindow(final Series series, final Window window, final long at, final long known) {
        final WindowReading reading = reader.newReading(METRICS);
        reader.read(series, window, at, known, reading);
        lines.add("  window " + window + " count " + reading.count() + " carried in " + bits(reading.carriedInValue())
                + " since " + time(reading.carriedInSinceNs()));
        for (final Metric metric : METRICS) {
            lines.add("    " + metric.text() + ' ' + reading.status(metric) + ' ' + bits(reading.value(metric)));
        }
    }

    private void addRevisions(final Series series, final Window window, final long at, final long known) {
        final RevisionReading revisions = reader.newRevisionReading();
        reader.readRevisions(series, window, at, known, revisions);
        lines.add("  revisions " + revisions.status() + " points " + revisions.pointCount() + " restated "
                + revisions.restatedCount() + " revisions " + revisions.revisionCount() + " withdrawals "
                + revisions.withdrawalCount() + " mean " + bits(revisions.meanRevision()));
    }

    private void addVersions(final Series series, final Window window, final long at, final long known) {
        final VersionReading versions = reader.newVersionReading(MAX_VERSIONS);
        reader.readVersions(series, window, at, known, versions);
        lines.add("  versions " + versions.status() + " count " + versions.count() + " forgotten before "
                + time(versions.horizonNs()));
        for (int i = 0; i < versions.heldCount(); i++) {
            lines.add("    " + time(versions.scaledValue(i)) + " from " + versions.validTimeNs(i) + " reference "
                    + time(versions.reference(i)) + " known from " + versions.knowledgeTimeNs(i) + " to "
                    + time(versions.endKnowledgeTimeNs(i)) + (versions.isWithdrawn(i) ? " withdrawn" : ""));
        }
    }

    /** The text of a double by the JDK differs between versions of it. */
    private static String bits(final double value) {
        return String.format("%016x ", Double.doubleToLongBits(value))
                + (Double.isFinite(value) ? new BigDecimal(value).round(DIGITS) : "no number");
    }

    private static String time(final long value) {
        return value == Instants.NONE ? "none" : value == Instants.ALL_KNOWN ? "now" : Long.toString(value);
    }
}
