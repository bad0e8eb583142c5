package io.tollgate.core;

import io.tollgate.api.Instants;
import io.tollgate.api.MetricReader;
import io.tollgate.api.RatioMetric;
import io.tollgate.api.RatioReading;
import io.tollgate.api.Status;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.WindowActs;

/** A ratio of sums over windows: it changes where an amount comes into its window or leaves it. */
final class RatioLook implements PanelLook {
    private final Window window;
    private final long earlierNs;
    private final RatioMetric metric;
    private final MemberReader reader;
    private final RatioReading reading;
    private final WindowActs acts;

    RatioLook(final WatchedPanel.OfRatio of, final MemberReader reader) {
        window = of.window();
        earlierNs = of.earlierNs();
        metric = of.metric();
        this.reader = reader;
        reading = reader.newRatioReading(of.ratio());
        acts = new WindowActs(reader.levels());
        of.ratio().numerators().forEach(series -> acts.add(series, 0));
        of.ratio().denominators().forEach(series -> acts.add(series, earlierNs));
    }

    @Override
    public boolean read(final long atNs) {
        final long baseNs = atNs < Instants.MIN + earlierNs ? Instants.MIN : atNs - earlierNs;
        reader.readRatio(window, atNs, baseNs, MetricReader.ALL_KNOWN, reading);
        return reading.status() != Status.CONTENDED;
    }

    @Override
    public Status status() {
        return reading.status();
    }

    @Override
    public double value() {
        return reading.value(metric);
    }

    @Override
    public boolean findNext(final long atNs) {
        return acts.find(window, atNs);
    }

    @Override
    public long nextNs() {
        return acts.nextNs();
    }
}
