package io.tollgate.core.timeline;

import io.tollgate.api.panel.RatioReading;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.WatchedPanel;
import io.tollgate.core.panel.MemberReader;
import io.tollgate.core.read.SeriesChangeTimes;

/** A ratio of sums. It is read whenever an amount enters or leaves its window. */
final class RatioCursor implements PanelCursor {
    private final WatchedPanel.OfRatio of;
    private final RatioReading reading;
    private final SeriesChangeTimes acts;

    RatioCursor(final WatchedPanel.OfRatio of, final MemberReader reader) {
        this.of = of;
        reading = reader.ratio(of.ratio(), of.window());
        acts = new SeriesChangeTimes(reader.levels());
        for (final FlowSeries series : of.ratio().numerators()) {
            acts.add(series, 0);
        }
        for (final FlowSeries series : of.ratio().denominators()) {
            acts.add(series, of.earlierNs());
        }
    }

    @Override
    public void read(final long atNs) {
        final long baseNs = Math.max(atNs, Instants.MIN + of.earlierNs()) - of.earlierNs();
        reading.read(atNs, baseNs);
    }

    @Override
    public Status status() {
        return reading.status();
    }

    @Override
    public double value() {
        return reading.value(of.metric());
    }

    @Override
    public long nextNs(final long atNs) {
        acts.find(of.window(), atNs);
        return acts.nextNs();
    }

    @Override
    public boolean isSteady() {
        return false;
    }
}
