package io.tollgate.core;

import io.tollgate.api.Engine;
import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random levels and flows of an engine, their oracles, and random changes of both. */
final class WatchedSeries {
    private final List<Series> series = new ArrayList<>();
    private final List<Oracle> oracles = new ArrayList<>();
    private final Random random;
    private final int count;
    private final long unitNs;
    private final Map<Window, UpdateModel> acts = new HashMap<>();
    private Engine engine;

    /** Points lie at so many instants from 0 on, a unit apart. */
    WatchedSeries(final Engine engine, final Random random, final int count, final long unitNs) {
        this.engine = engine;
        this.random = random;
        this.count = count;
        this.unitNs = unitNs;
    }

    Series step(final String key) {
        final SeriesDefinition plain = SeriesDefinition.step(key, Unit.PERCENT, 0);
        return define(random.nextBoolean() ? plain : plain.withHeartbeat(Duration.ofNanos(unitNs * (1 + any() / 2))));
    }

    Series flow(final String key) {
        final SeriesDefinition plain = SeriesDefinition.flow(key, new Unit("USD"), 0);
        return define(random.nextBoolean() ? plain : plain.withLifeStart(unitNs * any()));
    }

    private Series define(final SeriesDefinition definition) {
        series.add(Twin.define(engine, definition));
        oracles.add(new Oracle(definition));
        return series.get(series.size() - 1);
    }

    private long any() {
        return random.nextInt(count);
    }

    void reopened(final Engine reopened) {
        engine = reopened;
        acts.clear();
    }

    Oracle oracle(final Series of) {
        return oracles.get(series.indexOf(of));
    }

    /** A point comes, in or out of order, is revised or withdrawn. */
    void change() {
        final int which = random.nextInt(series.size());
        final Series of = series.get(which);
        final Oracle oracle = oracles.get(which);
        final long at = unitNs * any();
        final long reference = random.nextInt(3);
        final boolean isStep = of.definition().kind() == SeriesKind.STEP;
        if (random.nextInt(5) == 0 && oracle.current().canWithdraw(at, reference)) {
            engine.awaitApplied(Twin.withdraw(engine, of, at, Publisher.NONE, reference));
            oracle.current().withdraw(at, reference);
            return;
        }
        final long value = isStep && random.nextInt(7) == 0 ? Publisher.UNKNOWN : random.nextInt(40) - 5;
        engine.awaitApplied(Twin.offer(engine, of, at, value, Publisher.NONE, reference));
        oracle.put(at, value, 0, reference);
    }

    /** The next instant at which a window of a series holds something else, if it is seen from some time earlier. */
    long nextAct(final Series of, final Window window, final long shiftNs, final long at) {
        final UpdateModel model = acts.computeIfAbsent(
                window,
                any -> new UpdateModel(
                        engine, Subscription.of("acts", "*").withMetrics(WatchedMetric.of(window, Metric.SKEW)), 0));
        final long next = model.nextLook(of, oracle(of), at - shiftNs);
        return next == Long.MAX_VALUE ? next : next + shiftNs;
    }

    /** When a series begins: a level with its first point, a flow with its life. */
    long beginsNs(final Series of) {
        final Oracle oracle = oracle(of);
        if (of.definition().kind() == SeriesKind.FLOW) {
            return oracle.hasLife() ? oracle.lifeStart() : Long.MAX_VALUE;
        }
        return oracle.points().isEmpty()
                ? Long.MAX_VALUE
                : oracle.points().get(0).time();
    }
}
