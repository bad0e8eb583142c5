package io.tollgate.core;

import io.tollgate.api.pair.LagRange;
import io.tollgate.api.pair.LagReading;
import io.tollgate.api.pair.Pair;
import io.tollgate.api.pair.PairMetric;
import io.tollgate.api.pair.PairReading;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.LifeReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.PendingReading;
import io.tollgate.api.read.RevisionReading;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Readings of tests that name the window, the pair or the instant of knowledge at each read; see {@link TestReader}.
 */
final class TestReadings {
    private TestReadings() {}

    record PairOver(Pair pair, Window window) {}

    record VersionsOver(Window window, boolean isOfPoints) {}

    static final class OfWindow extends FilledReading<Window, WindowReading> implements WindowReading {
        OfWindow(
                final MetricReader reader,
                final Window any,
                final BiFunction<MetricReader, Window, WindowReading> making) {
            super(reader, any, making);
        }

        @Override
        public WindowReading read(final Series series, final long atNs) {
            return filled().read(series, atNs);
        }

        @Override
        public List<Window> windows() {
            return filled().windows();
        }

        @Override
        public long atNs() {
            return filled().atNs();
        }

        @Override
        public Status status(final int window, final Metric metric) {
            return filled().status(window, metric);
        }

        @Override
        public double value(final int window, final Metric metric) {
            return filled().value(window, metric);
        }

        @Override
        public long count(final int window) {
            return filled().count(window);
        }

        @Override
        public boolean hasCarriedIn(final int window) {
            return filled().hasCarriedIn(window);
        }

        @Override
        public double carriedInValue(final int window) {
            return filled().carriedInValue(window);
        }

        @Override
        public long carriedInSinceNs(final int window) {
            return filled().carriedInSinceNs(window);
        }
    }

    static final class OfLevel extends FilledReading<String, LevelReading> implements LevelReading {
        OfLevel(
                final MetricReader reader,
                final String any,
                final BiFunction<MetricReader, String, LevelReading> making) {
            super(reader, any, making);
        }

        @Override
        public LevelReading read(final StepSeries series, final long atNs) {
            return filled().read(series, atNs);
        }

        @Override
        public Status status() {
            return filled().status();
        }

        @Override
        public long atNs() {
            return filled().atNs();
        }

        @Override
        public double value() {
            return filled().value();
        }

        @Override
        public long scaledValue() {
            return filled().scaledValue();
        }

        @Override
        public long sinceNs() {
            return filled().sinceNs();
        }

        @Override
        public long nextChangeAtNs() {
            return filled().nextChangeAtNs();
        }

        @Override
        public double nextValue() {
            return filled().nextValue();
        }

        @Override
        public long nextScaledValue() {
            return filled().nextScaledValue();
        }

        @Override
        public long nextKnowledgeTimeNs() {
            return filled().nextKnowledgeTimeNs();
        }

        @Override
        public double pendingChange() {
            return filled().pendingChange();
        }

        @Override
        public long countdownNs() {
            return filled().countdownNs();
        }

        @Override
        public double shareElapsed() {
            return filled().shareElapsed();
        }

        @Override
        public long announcementLagNs() {
            return filled().announcementLagNs();
        }

        @Override
        public long knowledgeTimeNs() {
            return filled().knowledgeTimeNs();
        }

        @Override
        public long reference() {
            return filled().reference();
        }
    }

    static final class OfPending extends FilledReading<String, PendingReading> implements PendingReading {
        OfPending(
                final MetricReader reader,
                final String any,
                final BiFunction<MetricReader, String, PendingReading> making) {
            super(reader, any, making);
        }

        @Override
        public PendingReading read(final Series series, final long atNs) {
            return filled().read(series, atNs);
        }

        @Override
        public Status status() {
            return filled().status();
        }

        @Override
        public long atNs() {
            return filled().atNs();
        }

        @Override
        public long count() {
            return filled().count();
        }

        @Override
        public int heldCount() {
            return filled().heldCount();
        }

        @Override
        public long validTimeNs(final int index) {
            return filled().validTimeNs(index);
        }

        @Override
        public double value(final int index) {
            return filled().value(index);
        }

        @Override
        public long scaledValue(final int index) {
            return filled().scaledValue(index);
        }

        @Override
        public double change(final int index) {
            return filled().change(index);
        }

        @Override
        public long knowledgeTimeNs(final int index) {
            return filled().knowledgeTimeNs(index);
        }

        @Override
        public long reference(final int index) {
            return filled().reference(index);
        }

        @Override
        public long announcementLagNs(final int index) {
            return filled().announcementLagNs(index);
        }

        @Override
        public double pipeline() {
            return filled().pipeline();
        }
    }

    static final class OfVersion extends FilledReading<VersionsOver, VersionReading> implements VersionReading {
        OfVersion(
                final MetricReader reader,
                final VersionsOver any,
                final BiFunction<MetricReader, VersionsOver, VersionReading> making) {
            super(reader, any, making);
        }

        @Override
        public VersionReading read(final Series series, final long atNs) {
            return filled().read(series, atNs);
        }

        @Override
        public Status status() {
            return filled().status();
        }

        @Override
        public long horizonNs() {
            return filled().horizonNs();
        }

        @Override
        public long count() {
            return filled().count();
        }

        @Override
        public int heldCount() {
            return filled().heldCount();
        }

        @Override
        public long validTimeNs(final int index) {
            return filled().validTimeNs(index);
        }

        @Override
        public double value(final int index) {
            return filled().value(index);
        }

        @Override
        public long scaledValue(final int index) {
            return filled().scaledValue(index);
        }

        @Override
        public long knowledgeTimeNs(final int index) {
            return filled().knowledgeTimeNs(index);
        }

        @Override
        public long reference(final int index) {
            return filled().reference(index);
        }

        @Override
        public long endKnowledgeTimeNs(final int index) {
            return filled().endKnowledgeTimeNs(index);
        }

        @Override
        public boolean isWithdrawn(final int index) {
            return filled().isWithdrawn(index);
        }
    }

    static final class OfRevision extends FilledReading<Window, RevisionReading> implements RevisionReading {
        OfRevision(
                final MetricReader reader,
                final Window any,
                final BiFunction<MetricReader, Window, RevisionReading> making) {
            super(reader, any, making);
        }

        @Override
        public RevisionReading read(final Series series, final long atNs) {
            return filled().read(series, atNs);
        }

        @Override
        public Status status() {
            return filled().status();
        }

        @Override
        public long horizonNs() {
            return filled().horizonNs();
        }

        @Override
        public long pointCount() {
            return filled().pointCount();
        }

        @Override
        public long restatedCount() {
            return filled().restatedCount();
        }

        @Override
        public long revisionCount() {
            return filled().revisionCount();
        }

        @Override
        public long withdrawalCount() {
            return filled().withdrawalCount();
        }

        @Override
        public double meanRevision() {
            return filled().meanRevision();
        }

        @Override
        public double meanAbsoluteRevision() {
            return filled().meanAbsoluteRevision();
        }

        @Override
        public double maxAbsoluteRevision() {
            return filled().maxAbsoluteRevision();
        }
    }

    static final class OfLife extends FilledReading<String, LifeReading> implements LifeReading {
        OfLife(
                final MetricReader reader,
                final String any,
                final BiFunction<MetricReader, String, LifeReading> making) {
            super(reader, any, making);
        }

        @Override
        public LifeReading read(final Series series) {
            return filled().read(series);
        }

        @Override
        public Status status() {
            return filled().status();
        }

        @Override
        public long startNs() {
            return filled().startNs();
        }

        @Override
        public long endNs() {
            return filled().endNs();
        }

        @Override
        public long endKnownAtNs() {
            return filled().endKnownAtNs();
        }

        @Override
        public long successor() {
            return filled().successor();
        }

        @Override
        public long predecessor() {
            return filled().predecessor();
        }
    }

    static final class OfPair extends FilledReading<PairOver, PairReading> implements PairReading {
        OfPair(
                final MetricReader reader,
                final PairOver any,
                final BiFunction<MetricReader, PairOver, PairReading> making) {
            super(reader, any, making);
        }

        @Override
        public PairReading read(final long atNs) {
            return filled().read(atNs);
        }

        @Override
        public long atNs() {
            return filled().atNs();
        }

        @Override
        public Status status(final PairMetric metric) {
            return filled().status(metric);
        }

        @Override
        public double value(final PairMetric metric) {
            return filled().value(metric);
        }

        @Override
        public long weight() {
            return filled().weight();
        }

        @Override
        public double coverage() {
            return filled().coverage();
        }
    }

    static final class OfLag extends FilledReading<PairOver, LagReading> implements LagReading {
        OfLag(
                final MetricReader reader,
                final PairOver any,
                final BiFunction<MetricReader, PairOver, LagReading> making) {
            super(reader, any, making);
        }

        @Override
        public LagReading read(final long atNs) {
            return filled().read(atNs);
        }

        @Override
        public long atNs() {
            return filled().atNs();
        }

        @Override
        public LagRange lags() {
            return filled().lags();
        }

        @Override
        public Status status(final int index) {
            return filled().status(index);
        }

        @Override
        public double correlation(final int index) {
            return filled().correlation(index);
        }

        @Override
        public int best() {
            return filled().best();
        }
    }
}
