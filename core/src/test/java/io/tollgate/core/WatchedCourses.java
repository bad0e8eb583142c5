package io.tollgate.core;

import io.tollgate.api.Engine;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.WatchedPanel;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Courses of what is watched of random series, gone through from look to look. */
abstract class WatchedCourses implements PanelWatchFixture.Model {
    final WatchedSeries series;
    final Random random;

    /** Points lie at so many instants from 0 on, a unit apart. */
    WatchedCourses(final Engine engine, final Random random, final int count, final long unitNs) {
        this.random = random;
        series = new WatchedSeries(engine, random, count, unitNs);
    }

    /** The value at an instant, NaN where there is none. */
    abstract double value(WatchedPanel panel, long at);

    /** The next instant at which it is looked at: each, where looks between its changes do no harm. */
    long next(final WatchedPanel panel, final long at) {
        return at + 1;
    }

    @Override
    public void change() {
        series.change();
    }

    @Override
    public void reopened(final Engine reopened) {
        series.reopened(reopened);
    }

    @Override
    public final Set<PanelWatchFixture.Event> events(final PanelWatches watches, final long nowNs) {
        final Set<PanelWatchFixture.Event> events = new LinkedHashSet<>();
        for (int i = 0; i < watches.watches().size(); i++) {
            final WatchedPanel panel = watches.panel(i);
            PanelWatchFixture.addEvents(
                    i, watches.watches().get(i), nowNs, at -> value(panel, at), at -> next(panel, at), events);
        }
        return events;
    }
}
