package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.read.Baseline;
import io.tollgate.api.read.BaselineRatio;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.PoissonScore;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.CalendarPeriod;
import io.tollgate.api.series.Closed;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.ReportingPeriod;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.fixture.UpdateRecorder;
import io.tollgate.core.watch.UpdateTimelineTest;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The expected updates of a subscription. The model reads all metrics of its series after each operation, and at each
 * instant at which time can change a metric. It compares them with the previous ones. The instants come from all
 * points. {@link UpdateTimelineTest} checks that they are complete.
 */
public final class UpdateModel {
    /** An update, without the fields that only the log knows. */
    record Expected(
            long number,
            long seriesNumber,
            int metricIndex,
            long revision,
            UpdateCause cause,
            long atNs,
            Status oldStatus,
            Double oldValue,
            Status newStatus,
            Double newValue) {
        static Expected of(final UpdateRecorder.Recorded recorded) {
            return new Expected(
                    recorded.number(),
                    recorded.seriesNumber(),
                    recorded.metricIndex(),
                    recorded.revision(),
                    recorded.cause(),
                    recorded.atNs(),
                    recorded.oldStatus(),
                    recorded.oldValue(),
                    recorded.newStatus(),
                    recorded.newValue());
        }
    }

    /** Metrics of a level that have no value while the level is constant. */
    private static final Set<Metric> NEED_SPREAD = Set.of(Metric.SKEW, Metric.KURTOSIS, Metric.ZSCORE_INCLUSIVE);

    /** The state of a metric. */
    private record Worth(Status status, Double value, long scaled) {}

    /** Returns the next instant after another one at which time or a point can change a metric of a series. */
    public long nextRead(final Series series, final Oracle oracle, final long fromNs) {
        now = fromNs;
        return next(new Followed(series, oracle));
    }

    /** Returns the value of the first metric of a series, NaN without one. */
    double valueAt(final Series series, final long atNs) {
        return read(new Followed(series, null), 0, atNs).value;
    }

    /** A series, its points, and the last state of its metrics. */
    private static final class Followed {
        private final Series series;
        private final Oracle oracle;
        private final List<Worth> worths = new ArrayList<>();
        private final List<Long> revisions = new ArrayList<>();

        Followed(final Series series, final Oracle oracle) {
            this.series = series;
            this.oracle = oracle;
        }
    }

    private TestReader reader;
    private final Subscription subscription;
    private final List<Followed> followed = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private final List<WindowReading> readings = new ArrayList<>();
    private long now;

    public UpdateModel(final Engine engine, final Subscription subscription, final long now) {
        this.subscription = subscription;
        this.now = now;
        reopened(engine);
    }

    /** Continues with a reopened engine. */
    void reopened(final Engine opened) {
        reader = new TestReader(opened.newReader());
        readings.clear();
        for (final WatchedMetric watched : subscription.metrics()) {
            readings.add(
                    watched instanceof WatchedMetric.OfWindow of
                            ? reader.newReading(subscription.options(), of.metric())
                            : reader.newReading());
        }
    }

    /** Follows a series from now on. */
    void follow(final Series series, final Oracle oracle) {
        final Followed added = new Followed(series, oracle);
        for (int i = 0; i < subscription.metrics().size(); i++) {
            added.worths.add(read(added, i, now));
            added.revisions.add(0L);
        }
        followed.add(added);
    }

    /** Moves the model to an instant, before any other operation at it. */
    void advanceTo(final long instantNs) {
        while (true) {
            long next = Long.MAX_VALUE;
            for (final Followed one : followed) {
                next = Math.min(next, next(one));
            }
            if (next > instantNs) {
                now = Math.max(now, instantNs);
                return;
            }
            final List<Followed> due = new ArrayList<>();
            for (final Followed one : followed) {
                if (next(one) == next) {
                    due.add(one);
                }
            }
            now = next;
            due.forEach(one -> compare(one, UpdateCause.TIME));
        }
    }

    /** Compares the metrics after an operation on a series. */
    void applied(final Series series, final UpdateCause cause) {
        followed.stream().filter(one -> one.series.number() == series.number()).forEach(one -> compare(one, cause));
    }

    /** Requires exactly the expected updates. */
    public void check(final List<UpdateRecorder.Recorded> recorded, final String context) {
        for (int i = 0; i < Math.min(recorded.size(), expected.size()); i++) {
            assertEquals(expected.get(i), Expected.of(recorded.get(i)), context);
        }
        assertEquals(expected.size(), recorded.size(), context);
    }

    private void compare(final Followed one, final UpdateCause cause) {
        for (int i = 0; i < one.worths.size(); i++) {
            final Worth before = one.worths.get(i);
            final Worth after = read(one, i, now);
            if (!before.equals(after)) {
                one.worths.set(i, after);
                one.revisions.set(i, one.revisions.get(i) + 1);
                expected.add(new Expected(
                        expected.size() + 1,
                        one.series.number(),
                        i,
                        one.revisions.get(i),
                        cause,
                        now,
                        before.status,
                        before.value,
                        after.status,
                        after.value));
            }
        }
    }

    private Worth read(final Followed one, final int index, final long atNs) {
        if (subscription.metrics().get(index) instanceof WatchedMetric.OfWindow of) {
            final WindowReading reading = readings.get(index);
            reader.read(one.series, of.window(), atNs, reading);
            return new Worth(reading.status(of.metric()), reading.value(of.metric()), 0);
        }
        if (one.series instanceof StepSeries step) {
            final LevelReading reading = reader.level(step, atNs);
            return new Worth(reading.status(), reading.value(), reading.scaledValue());
        }
        return new Worth(Status.EMPTY, Double.NaN, 0);
    }

    /** Returns the next instant after now at which time can change a metric of a series. */
    private long next(final Followed one) {
        final NavigableSet<BigInteger> instants = new TreeSet<>();
        for (final WatchedMetric watched : subscription.metrics()) {
            if (watched instanceof WatchedMetric.OfWindow of) {
                addOfWindow(one, of.window(), BigInteger.ZERO, instants);
                if (NEED_SPREAD.contains(of.metric())) {
                    addSpread(one, BigInteger.ZERO, instants);
                }
                if (of.metric() == Metric.ZSCORE
                        && one.series.definition().kind() == SeriesKind.FLOW
                        && of.window() instanceof Window.Sliding sliding) {
                    one.oracle
                            .points()
                            .forEach(point -> instants.add(big(point.time())
                                    .add(big(sliding.lengthNs()))
                                    .add(BigInteger.ONE)));
                }
                addEarlier(one, of, instants);
            } else if (one.series.definition().kind() == SeriesKind.STEP) {
                addOfPoints(one, BigInteger.ZERO, instants);
            }
        }
        if (subscription.everyNs() != 0 && !one.oracle.points().isEmpty()) {
            final long first = one.oracle.points().get(0).time();
            final long before = Math.max(now, first - 1);
            instants.add(big(Math.floorDiv(before, subscription.everyNs()))
                    .add(BigInteger.ONE)
                    .multiply(big(subscription.everyNs())));
        }
        final BigInteger next = instants.higher(big(now));
        return next == null || next.compareTo(big(Instants.MAX)) > 0 ? Long.MAX_VALUE : next.longValueExact();
    }

    private void addEarlier(
            final Followed one, final WatchedMetric.OfWindow of, final NavigableSet<BigInteger> instants) {
        final Baseline baseline = of.metric() instanceof BaselineRatio ratio
                ? ratio.baseline()
                : of.metric() instanceof PoissonScore score ? score.baseline() : null;
        if (baseline instanceof Baseline.Earlier earlier) {
            for (int i = 1; i <= earlier.count(); i++) {
                final BigInteger shift = big(earlier.shiftNs()).multiply(BigInteger.valueOf(i));
                if (shift.compareTo(big(Long.MAX_VALUE)) > 0) {
                    return;
                }
                addOfWindow(one, of.window(), shift, instants);
                addSpread(one, shift, instants);
            }
        }
    }

    /**
     * A known level has no duration at its first instant. One nanosecond later it has some, beside the other levels.
     */
    private void addSpread(final Followed one, final BigInteger shift, final NavigableSet<BigInteger> instants) {
        if (one.series.definition().kind() == SeriesKind.STEP) {
            one.oracle.points().stream()
                    .filter(Oracle.Point::isKnown)
                    .forEach(point -> instants.add(big(point.time()).add(shift).add(BigInteger.ONE)));
        }
    }

    /** Adds the instants at which points take effect and heartbeats end. */
    private void addOfPoints(final Followed one, final BigInteger shift, final NavigableSet<BigInteger> instants) {
        for (final Oracle.Point point : one.oracle.points()) {
            instants.add(big(point.time()).add(shift));
        }
        addExpiries(one, BigInteger.ZERO, shift, instants);
    }

    /** Adds the instants at which the last value expires without a newer point until then. */
    private void addExpiries(
            final Followed one,
            final BigInteger later,
            final BigInteger shift,
            final NavigableSet<BigInteger> instants) {
        final long heartbeat = one.series.definition().policies().heartbeatNs();
        for (final Oracle.Point point : one.oracle.points()) {
            final Oracle.Point newer = one.oracle.current().higher(point.time());
            final BigInteger expiry = big(point.time()).add(big(heartbeat));
            if (heartbeat != 0
                    && expiry.compareTo(big(Instants.MAX)) <= 0
                    && (newer == null || big(newer.time()).compareTo(expiry.add(later)) >= 0)) {
                instants.add(expiry.add(later).add(shift));
            }
        }
    }

    private void addOfWindow(
            final Followed one, final Window window, final BigInteger shift, final NavigableSet<BigInteger> instants) {
        final SeriesDefinition definition = one.series.definition();
        final long lifeStart = definition.policies().lifeStartNs();
        final long seen = big(now).subtract(shift).max(big(Instants.MIN - 1)).longValueExact();
        addOfPoints(one, shift, instants);
        if (lifeStart != Instants.NONE) {
            instants.add(big(lifeStart).add(shift));
        }
        if (window instanceof Window.Sliding sliding) {
            addOfSliding(one, sliding, shift, instants);
        } else if (window instanceof Window.Since since) {
            instants.add(big(since.instantNs()).add(shift));
        } else if (window instanceof Window.ToDate toDate) {
            instants.add(big(nextStart(toDate.period(), toDate.zone(), seen)).add(shift));
        }
        new CoverTurns(definition, one.oracle)
                .of(window, seen)
                .forEach(turn -> instants.add(turn.add(shift).add(BigInteger.ONE)));
    }

    private static long nextStart(final CalendarPeriod period, final ZoneId zone, final long atNs) {
        final LocalDate day = LocalDate.ofInstant(Instants.toInstant(atNs), zone);
        final var start =
                period.nextFirstDay(period.firstDay(day)).atStartOfDay(zone).toInstant();
        return start.isAfter(Instants.toInstant(Instants.MAX)) ? Instants.MAX : Instants.of(start);
    }

    private void addOfSliding(
            final Followed one,
            final Window.Sliding window,
            final BigInteger shift,
            final NavigableSet<BigInteger> instants) {
        final SeriesDefinition definition = one.series.definition();
        final BigInteger length = big(window.lengthNs());
        final Closed closed = window.closed();
        addExpiries(one, length, shift, instants);
        if (definition.policies().lifeStartNs() != Instants.NONE) {
            instants.add(big(definition.policies().lifeStartNs()).add(length).add(shift));
        }
        for (final Oracle.Point point : one.oracle.points()) {
            final BigInteger time = big(point.time()).add(shift);
            instants.add(time.add(length));
            if (closed.includesStart()) {
                instants.add(time.add(length).add(BigInteger.ONE));
            }
            if (!closed.includesEnd()) {
                instants.add(time.add(BigInteger.ONE));
            }
            if (definition.policies().period().isPresent()) {
                final ReportingPeriod period = definition.policies().period().get();
                if (point.time() > Instants.MIN) {
                    final BigInteger from = big(period.startNs(point.time()));
                    if (from.add(length).compareTo(big(point.time())) >= 0) {
                        instants.add(from.add(shift).add(length).add(BigInteger.ONE));
                    }
                }
            }
        }
    }

    private static BigInteger big(final long value) {
        return BigInteger.valueOf(value);
    }
}
