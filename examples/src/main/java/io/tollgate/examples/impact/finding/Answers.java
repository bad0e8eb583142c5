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

/** Reads the engine. Single-threaded. */
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
     * @param scaledValue as in the series, {@link Decimals#UNKNOWN} if it is unknown.
     */
    public record Step(long atNs, long scaledValue) {}

    /** Returns the reader of panels. */
    public PanelReader panels() {
        return panels;
    }

    /** Returns the level in force at an instant. The next call overwrites it. */
    public LevelReading level(final StepSeries series, final long atNs) {
        return level.read(series, atNs);
    }

    /** Returns the level as known at another instant. */
    public LevelReading level(final StepSeries series, final long atNs, final long knownAtNs) {
        return reader.asOf(knownAtNs).level().read(series, atNs);
    }

    /** Returns the window {@code (at - length, at]}. */
    public WindowReading window(final Series series, final Window.Sliding length, final long atNs) {
        return window(series, length, atNs, Instants.ALL_KNOWN);
    }

    /** Returns the window as known at another instant. */
    public WindowReading window(
            final Series series, final Window.Sliding length, final long atNs, final long knownAtNs) {
        return reader.asOf(knownAtNs).window(length, METRICS).read(series, atNs);
    }

    /**
     * Returns the levels in force from one instant to another; each starts inside this range. Unknown levels are NaN.
     */
    public List<StepChart.Point> steps(final StepSeries series, final long fromNs, final long toNs) {
        final List<StepChart.Point> points = new ArrayList<>();
        forEachLevel(series, fromNs, toNs, (reading, atNs) -> points.add(new StepChart.Point(atNs, reading.value())));
        return points;
    }

    /** Returns the same levels, scaled so that they can be offered again. */
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

    /** Returns the references of the levels in force from one instant to another, in order. */
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
