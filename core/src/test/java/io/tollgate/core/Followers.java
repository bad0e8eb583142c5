package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMetric;
import io.tollgate.api.GroupReading;
import io.tollgate.api.LevelPattern;
import io.tollgate.api.Listening;
import io.tollgate.api.MemberPattern;
import io.tollgate.api.Metric;
import io.tollgate.api.PanelReader;
import io.tollgate.api.PanelWatches;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.UpdateQueue;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.WatchedPanel;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Followers of the levels of an engine: windows by pattern with shapes, a group that is kept up to date, metrics
 * of each series and watches of the group, each by a queue and by a listener.
 */
final class Followers implements AutoCloseable {
    private static final Window LONG = Window.slidingNs(20_000);
    private static final String POLLED = "polled";
    private static final String HEARD = "heard";

    private final Engine engine;
    private final Group group;
    private final PanelReader reader;
    private final GroupReading reading;
    private final UpdateQueue metrics;
    private final UpdateQueue panels;
    private final Listening metricsHeard;
    private final Listening panelsHeard;
    private final LongAdder heard = new LongAdder();
    private long polled;

    /** Follows the levels in per cent with two decimals whose keys fit a pattern with one star, the last segment. */
    Followers(final Engine engine, final String pattern) {
        this.engine = engine;
        engine.register(WindowRegistration.of(pattern)
                .withWindows(Window.slidingNs(911), Window.last(5))
                .withShapes());
        group = Group.fitting(MemberPattern.of(new LevelPattern(pattern, Unit.PERCENT, 2)));
        engine.register(group);
        reader = engine.newPanelReader();
        reading = reader.newReading(group);
        final QueueOptions options = QueueOptions.DEFAULT.withCapacity(1 << 10);
        metrics = engine.subscribe(metrics(POLLED, pattern), options);
        panels = engine.watch(panels(POLLED), options);
        metricsHeard = engine.subscribe(metrics(HEARD, pattern), options, update -> heard.increment());
        panelsHeard = engine.watch(panels(HEARD), options, update -> heard.increment());
    }

    private static Subscription metrics(final String name, final String pattern) {
        return Subscription.of(name, pattern)
                .withMetrics(
                        WatchedMetric.LEVEL, WatchedMetric.of(LONG, Metric.MEAN), WatchedMetric.of(LONG, Metric.SKEW));
    }

    private PanelWatches panels(final String name) {
        return PanelWatches.of(
                "panels." + name,
                Watch.above(WatchedPanel.of(group, GroupMetric.SIMPLE), 0),
                Watch.below(WatchedPanel.of(Window.slidingNs(173), group, GroupMetric.FREQUENCY), 0.5));
    }

    /** Takes what waits in the queues and reads the group. */
    void look() {
        polled += metrics.poll(update -> {}, Integer.MAX_VALUE) + panels.poll(update -> {}, Integer.MAX_VALUE);
        reader.read(engine.now(), reading);
    }

    /** How much was told until now, by queues that were looked into and by listeners. */
    long toldCount() {
        return polled + heard.sum();
    }

    /** Ends what can end, and with it what listens. */
    @Override
    public void close() {
        look();
        metricsHeard.close();
        panelsHeard.close();
        for (final String name : new String[] {POLLED, HEARD}) {
            engine.unsubscribe(name);
            engine.unsubscribe("panels." + name);
        }
        assertEquals(0, metricsHeard.failureCount() + panelsHeard.failureCount());
    }
}
