package io.tollgate.core.oracle;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.Watch;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.watch.TimelineShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Random points of a few random series, through an engine and the {@link UpdateModel} of its updates. */
public final class UpdateStream {
    private static final Metric[] METRICS = Stream.of(
                    Arrays.stream(BasicMetric.values()),
                    PointOracle.METRICS.stream(),
                    QuantileOracle.METRICS.stream(),
                    EwmaOracle.METRICS.stream(),
                    CusumOracle.METRICS.stream(),
                    BaselineOracle.METRICS.stream())
            .flatMap(metrics -> metrics)
            .toArray(Metric[]::new);

    /** One series with its state in the test. */
    private static final class Fed {
        private final RandomStream stream;
        private final Oracle oracle;
        private Series series;
        private long definedAt;
        private long lastKnowledge = Long.MIN_VALUE;

        Fed(final RandomStream stream) {
            this.stream = stream;
            oracle = new Oracle(stream.definition());
        }
    }

    private final Random random;
    private final ClockModel clock;
    private final List<Fed> fed = new ArrayList<>();
    private Subscription subscription;
    private Engine engine;
    private UpdateModel model;

    public UpdateStream(final Random random, final ClockMode mode, final String name) {
        this.random = random;
        clock = new ClockModel(mode, Instants.MIN);
        final int seriesCount = 1 + random.nextInt(3);
        for (int i = 0; i < seriesCount; i++) {
            fed.add(new Fed(new RandomStream(random, name + "." + i, false)));
        }
        subscription = subscription(name);
    }

    private Subscription subscription(final String name) {
        final Set<WatchedMetric> metrics = new LinkedHashSet<>();
        final int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            final RandomStream stream = fed.get(random.nextInt(fed.size())).stream;
            metrics.add(
                    random.nextInt(5) == 0 && hasLevel()
                            ? WatchedMetric.LEVEL
                            : WatchedMetric.of(
                                    stream.windows()
                                            .get(random.nextInt(stream.windows().size())),
                                    METRICS[random.nextInt(METRICS.length)]));
        }
        final Subscription plain =
                Subscription.of(name, name + ".*").withMetrics(metrics.toArray(WatchedMetric[]::new));
        return random.nextInt(4) == 0 ? plain.withEvery(Duration.ofDays(3_650)) : plain;
    }

    /**
     * Returns true if the series defined before the subscription has a level. Otherwise the subscription would be
     * refused.
     */
    private boolean hasLevel() {
        return fed.get(0).stream.definition().kind() == SeriesKind.STEP;
    }

    public ClockModel clock() {
        return clock;
    }

    public Subscription subscription() {
        return subscription;
    }

    public UpdateModel model() {
        return model;
    }

    /**
     * Replaces the subscribed metrics by watches on the metrics that stay constant between two evaluations. The values
     * cross the thresholds.
     */
    public void watch() {
        final Watch[] watches = subscription.metrics().stream()
                .filter(this::isSteady)
                .map(this::watch)
                .toArray(Watch[]::new);
        subscription = subscription.withMetrics().withWatches(watches);
    }

    private boolean isSteady(final WatchedMetric metric) {
        return fed.stream()
                .map(one -> one.stream.definition().kind())
                .allMatch(kind -> metric.isExact(kind)
                        && TimelineShape.of(metric, kind, ReadOptions.DEFAULT) == TimelineShape.CONSTANT);
    }

    private Watch watch(final WatchedMetric metric) {
        final double scale = Math.pow(10, -fed.get(0).stream.definition().scale());
        final double fire = random.nextInt(100) * (random.nextBoolean() ? scale : 0.01);
        final double slack = random.nextBoolean() ? 0 : random.nextInt(50) * scale;
        final Watch watch = random.nextBoolean()
                ? Watch.above(metric, fire).withClear(fire - slack)
                : Watch.below(metric, fire).withClear(fire + slack);
        return random.nextBoolean() ? watch : watch.withFor(Duration.ofNanos(1 + random.nextInt(40)));
    }

    /** Returns the series defined so far with their points. */
    public Map<Series, Oracle> oracles() {
        final Map<Series, Oracle> oracles = new LinkedHashMap<>();
        fed.stream().filter(one -> one.series != null).forEach(one -> oracles.put(one.series, one.oracle));
        return oracles;
    }

    /** Returns the time of a series' definition. */
    public long definedAt(final Series series) {
        return fed.stream()
                .filter(one -> one.series == series)
                .mapToLong(one -> one.definedAt)
                .findFirst()
                .orElseThrow();
    }

    /** Defines one series now, and each other one with its first point. */
    public void define(final Engine opened) {
        engine = opened;
        define(fed.get(0));
    }

    private void define(final Fed one) {
        one.series = Twin.define(engine, one.stream.definition());
        clock.tick();
        one.definedAt = clock.now();
        if (model != null) {
            model.follow(one.series, one.oracle);
        }
    }

    /** Must be called when the engine has the subscription. */
    public void subscribed() {
        clock.tick();
        model = new UpdateModel(engine, subscription, clock.now());
        fed.stream()
                .filter(one -> one.series != null)
                .sorted(Comparator.comparingLong(one -> one.series.number()))
                .forEach(one -> model.follow(one.series, one.oracle));
    }

    /** Continues with a reopened engine. */
    public void reopened(final Engine opened) {
        engine = opened;
        if (model != null) {
            model.reopened(opened);
        }
    }

    /** Continues without a model, with an engine that has the same series under other numbers. */
    public void moved(final Engine other) {
        engine = other;
        model = null;
        fed.stream()
                .filter(one -> one.series != null)
                .forEach(one ->
                        one.series = other.series().find(one.series.key()).orElseThrow());
    }

    public void feed(final int count) {
        for (int i = 0; i < count; i++) {
            if (random.nextInt(4) == 0) {
                moveClock();
            }
            final Fed one = fed.get(random.nextInt(fed.size()));
            if (one.series == null) {
                define(one);
            }
            final long time = one.stream.time();
            final Oracle.Point point =
                    one.stream.isWithdrawal() ? one.oracle.current().floor(time) : null;
            engine.awaitApplied(point == null ? put(one, time) : withdraw(one, point));
        }
    }

    private void moveClock() {
        final RandomStream stream = fed.get(random.nextInt(fed.size())).stream;
        final boolean isSetBack = clock.mode() == ClockMode.SYSTEM && random.nextInt(8) == 0;
        final long instant = isSetBack ? stream.time() : stream.timeAfter(clock.now());
        clock.moveTo(instant);
        clock.tick();
        advanceModel();
        if (clock.mode() == ClockMode.MANUAL) {
            engine.advanceTo(instant);
        } else {
            engine.step();
        }
    }

    private void advanceModel() {
        if (model != null) {
            model.advanceTo(clock.now());
        }
    }

    private long put(final Fed one, final long newTime) {
        final List<Oracle.Point> points = one.oracle.points();
        final boolean isRevision = !points.isEmpty() && one.stream.isRevision();
        final Oracle.Point revised = isRevision ? points.get(random.nextInt(points.size())) : null;
        final long time = isRevision ? revised.time() : newTime;
        final boolean isRepetition = isRevision && one.stream.isRepetition();
        final boolean isNamed = isRevision && !one.stream.isStep() && revised.isNamed();
        final long reference = isRepetition || isNamed ? revised.reference() : one.stream.reference();
        final long value = isRepetition ? revised.value() : one.stream.value();
        final long knowledge = knowledge(one);
        final boolean isAccepted =
                isAccepted(one, one.oracle.current().admits(time, value, reference), time, knowledge);
        final UpdateCause cause = exists(one, time, reference) ? UpdateCause.REVISION : UpdateCause.POINT;
        advanceModel();
        final long ticket = Twin.offer(engine, one.series, time, value, knowledge, reference);
        if (isAccepted) {
            final boolean isUnchanged = one.oracle.current().isUnchanged(time, value, reference);
            one.oracle.put(time, value, one.lastKnowledge, reference);
            if (!isUnchanged) {
                applied(one, cause, ticket);
            }
        }
        return ticket;
    }

    private long withdraw(final Fed one, final Oracle.Point point) {
        final long reference = one.stream.withdrawnReference(point);
        final long knowledge = knowledge(one);
        final boolean isAccepted =
                isAccepted(one, one.oracle.current().canWithdraw(point.time(), reference), point.time(), knowledge);
        advanceModel();
        final long ticket = Twin.withdraw(engine, one.series, point.time(), knowledge, reference);
        if (isAccepted) {
            one.oracle.current().withdraw(point.time(), reference);
            applied(one, UpdateCause.WITHDRAWAL, ticket);
        }
        return ticket;
    }

    private void applied(final Fed one, final UpdateCause cause, final long ticket) {
        engine.awaitApplied(ticket);
        if (model != null) {
            model.applied(one.series, cause);
        }
    }

    /** Returns true if a point revises an existing one. */
    private static boolean exists(final Fed one, final long time, final long reference) {
        final DuplicatePolicy policy = one.stream.definition().policies().duplicates();
        return policy != DuplicatePolicy.KEEP_FIRST
                && one.oracle.points().stream()
                        .anyMatch(point -> point.time() == time
                                && (policy != DuplicatePolicy.ALL
                                        || reference != Publisher.NO_REFERENCE && point.reference() == reference));
    }

    private boolean isAccepted(final Fed one, final boolean isPossible, final long time, final long knowledge) {
        clock.tick();
        final long stamped = isPossible ? clock.knowledge(time, knowledge, one.lastKnowledge) : Instants.NONE;
        if (stamped == Instants.NONE) {
            return false;
        }
        one.lastKnowledge = stamped;
        return true;
    }

    private long knowledge(final Fed one) {
        if (clock.mode() != ClockMode.KNOWLEDGE || random.nextInt(20) == 0) {
            return Instants.NONE;
        }
        return random.nextInt(3) == 0 ? one.stream.timeAfter(clock.now()) : Math.max(clock.now(), one.lastKnowledge);
    }
}
