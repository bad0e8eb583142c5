package io.tollgate.examples.impact.finding;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.panel.PanelReader;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.MetricReader;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.examples.report.model.StepChart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjLongConsumer;

/** The way out of the engine: for one thread. */
public final class Answers {
    private static final Metric[] METRICS = {
        Metric.SUM, Metric.MEAN, Metric.SD, Metric.MIN, Metric.MAX, Metric.FIRST, Metric.LAST, Metric.DELTA
    };

    private final MetricReader reader;
    private final LevelReading level;
    private final PanelReader panels;

    public Answers(final Engine engine) {
        reader = engine.newReader();
        level = reader.level();
        panels = engine.newPanelReader();
    }

    /**
     * A level from an instant on.
     *
     * @param atNs        its first instant.
     * @param scaledValue as in the series, {@link Decimals#UNKNOWN} where it is not known.
     */
    public record Step(long atNs, long scaledValue) {}

    /** What reads many series together. */
    public PanelReader panels() {
        return panels;
    }

    /** The level in force at an instant; overwritten by the next call. */
    public LevelReading level(final StepSeries series, final long atNs) {
        return level.read(series, atNs);
    }

    /** The same, as known at another instant. */
    public LevelReading level(final StepSeries series, final long atNs, final long knownAtNs) {
        return reader.asOf(knownAtNs).level().read(series, atNs);
    }

    /** The window {@code (at - length, at]}. */
    public WindowReading window(final Series series, final Window.Sliding length, final long atNs) {
        return window(series, length, atNs, Instants.ALL_KNOWN);
    }

    /** The same, as known at another instant. */
    public WindowReading window(
            final Series series, final Window.Sliding length, final long atNs, final long knownAtNs) {
        return reader.asOf(knownAtNs).window(length, METRICS).read(series, atNs);
    }

    /** The levels in force from one instant to another, each with its start inside; NaN where unknown. */
    public List<StepChart.Point> steps(final StepSeries series, final long fromNs, final long toNs) {
        final List<StepChart.Point> points = new ArrayList<>();
        forEachLevel(series, fromNs, toNs, (reading, atNs) -> points.add(new StepChart.Point(atNs, reading.value())));
        return points;
    }

    /** The same, as they can be offered again. */
    public List<Step> scaledSteps(final StepSeries series, final long fromNs, final long toNs) {
        final List<Step> steps = new ArrayList<>();
        forEachLevel(
                series,
                fromNs,
                toNs,
                (reading, atNs) -> steps.add(
                        new Step(atNs, reading.status().hasValue() ? reading.scaledValue() : Decimals.UNKNOWN)));
        return steps;
    }

    /** The references of the levels in force from one instant to another, in order. */
    public List<Long> references(final StepSeries series, final long fromNs, final long toNs) {
        final List<Long> references = new ArrayList<>();
        forEachLevel(series, fromNs, toNs, (reading, atNs) -> {
            if (reading.reference() != Publisher.NO_REFERENCE) {
                references.add(reading.reference());
            }
        });
        return references;
    }

    private void forEachLevel(
            final StepSeries series, final long fromNs, final long toNs, final ObjLongConsumer<LevelReading> action) {
        long atNs = fromNs;
        while (atNs != Instants.NONE && atNs < toNs) {
            final LevelReading reading = level(series, atNs);
            final long nextNs = reading.nextChangeAtNs();
            action.accept(reading, atNs);
            atNs = nextNs;
        }
    }
}
