package io.tollgate.core.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.read.BasicMetric;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.ReadOptions;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.LifeEnd;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * One stream of points in two series of an engine, with and without registered windows and shapes, and in an oracle.
 * All three must give the same answers.
 */
public final class Twin {
    private static final Metric[] METRICS =
            Arrays.stream(BasicMetric.values()).filter(TestReader::isOfSums).toArray(Metric[]::new);

    /** One read in so many checks pending points, and only for series with at most so many points. */
    private static final int PENDING_TURNS = 4;

    private static final int MOST_PENDING = 60;

    private final Oracle oracle;
    private final Series registered;
    private final Series plain;
    private long lastKnowledge = Long.MIN_VALUE;
    private long refusalCount;
    private long comparisonCount;
    private long pendingTurn;

    /** Chooses limits, the same ones in each run of a stream. */
    private final Random random = new Random(1);

    public Twin(final Engine engine, final SeriesDefinition definition, final Window... windows) {
        oracle = new Oracle(definition);
        registered = define(engine, registered(definition, windows));
        plain = define(engine, renamed(definition, ".plain"));
    }

    /** Continues with the same series of a reopened engine and the current oracle. */
    public Twin(final Engine engine, final Twin before) {
        oracle = before.oracle;
        registered = engine.series().find(before.registered.key()).orElseThrow();
        plain = engine.series().find(before.plain.key()).orElseThrow();
        lastKnowledge = before.lastKnowledge;
        assertEquals(before.registered.number(), registered.number());
        assertEquals(before.plain, plain);
    }

    /** Registers shapes if there are windows. Without either, both may be registered by pattern. */
    private static SeriesDefinition registered(final SeriesDefinition definition, final Window... windows) {
        final SeriesDefinition registered = renamed(definition, ".registered").withWindows(windows);
        return windows.length == 0 ? registered : registered.withShapes();
    }

    public static Series define(final Engine engine, final SeriesDefinition definition) {
        return definition.kind() == SeriesKind.STEP ? engine.defineStep(definition) : engine.defineFlow(definition);
    }

    public Oracle oracle() {
        return oracle;
    }

    public Series registered() {
        return registered;
    }

    public Series plain() {
        return plain;
    }

    /** Returns the number of answers that were compared, metric by metric. */
    public long comparisonCount() {
        return comparisonCount;
    }

    /**
     * Offers a point to both series of the engine. Gives the point to the oracle, unless the engine should refuse it
     * for its knowledge time or the policy of the series.
     */
    public long put(
            final Engine engine,
            final ClockModel clock,
            final long time,
            final long value,
            final long knowledge,
            final long reference) {
        offer(engine, registered, time, value, knowledge, reference);
        final long ticket = offer(engine, plain, time, value, knowledge, reference);
        if (isAccepted(clock, oracle.current().admits(time, value, reference), time, knowledge)) {
            oracle.put(time, value, lastKnowledge, reference);
        }
        return ticket;
    }

    /** Withdraws a point from both series of the engine, and from the oracle unless the engine should refuse that. */
    public long withdraw(
            final Engine engine, final ClockModel clock, final long time, final long knowledge, final long reference) {
        withdraw(engine, registered, time, knowledge, reference);
        final long ticket = withdraw(engine, plain, time, knowledge, reference);
        if (isAccepted(clock, oracle.current().canWithdraw(time, reference), time, knowledge)) {
            oracle.current().withdraw(time, reference);
        }
        return ticket;
    }

    /** Closes both series of the engine, and the oracle. The end must be possible. */
    void close(final Engine engine, final ClockModel clock, final long endNs, final long knowledge) {
        final LifeEnd end = new LifeEnd(endNs, knowledge, Optional.empty());
        engine.series().close(registered, end);
        engine.series().close(plain, end);
        clock.tick();
        lastKnowledge = clock.knowledge(endNs, knowledge, lastKnowledge);
        oracle.current().close(endNs);
    }

    private boolean isAccepted(
            final ClockModel clock, final boolean isPossible, final long time, final long knowledge) {
        clock.tick();
        final long stamped = isPossible ? clock.knowledge(time, knowledge, lastKnowledge) : Instants.NONE;
        if (stamped == Instants.NONE) {
            refusalCount += 2;
            return false;
        }
        lastKnowledge = stamped;
        return true;
    }

    /** Returns the number of points and withdrawals that the engine should have refused. */
    long refusalCount() {
        return refusalCount;
    }

    /** Returns the knowledge time of the last accepted point or withdrawal. */
    long lastKnowledge() {
        return lastKnowledge;
    }

    /** Offers until there is space, and returns the ticket. */
    public static long offer(
            final Engine engine,
            final Series series,
            final long time,
            final long value,
            final long knowledge,
            final long reference) {
        return untilTaken(
                engine, series, () -> tryOffer(engine.publisher(), series, time, value, knowledge, reference));
    }

    /** Withdraws once there is space, and returns the ticket. */
    public static long withdraw(
            final Engine engine, final Series series, final long time, final long knowledge, final long reference) {
        final Publisher publisher = engine.publisher();
        return untilTaken(
                engine,
                series,
                () -> publisher
                        .point(series)
                        .validAt(time)
                        .knownAt(knowledge)
                        .reference(reference)
                        .withdraw());
    }

    private static long untilTaken(final Engine engine, final Series series, final LongSupplier attempt) {
        while (true) {
            final long ticket = attempt.getAsLong();
            if (ticket != Publisher.BACK_PRESSURED) {
                assertTrue(ticket > 0, () -> Publisher.describe(ticket));
                return ticket;
            }
            // The ring is full. A definition without effect waits until the engine has taken all its messages.
            define(engine, series.definition());
        }
    }

    /** Requires the answers of window and level bit for bit, or within a tolerance if not correctly rounded. */
    public void check(final TestReader reader, final Window window, final long at, final String context) {
        final String where = context + " series=" + registered.key() + " kind="
                + registered.definition().kind() + " scale="
                + registered.definition().scale() + " window="
                + window + " atNs=" + at;
        final Oracle.Answer answer = oracle.window(window, at);
        final WindowReading first = reader.newReading();
        final WindowReading second = reader.newReading();
        reader.read(registered, window, at, first);
        reader.read(plain, window, at, second);
        final String withoutWindows = "without windows: " + where;
        for (final Metric metric : METRICS) {
            checkMetric(answer.metrics().get(metric), metric, first, where);
            assertEquals(first.status(metric), second.status(metric), () -> metric + " " + withoutWindows);
            assertSameBits(first.value(metric), second.value(metric), metric, withoutWindows);
        }
        final WindowReading declared = reader.newReading(OracleComparison.METRICS);
        final WindowReading searched = reader.newReading(OracleComparison.METRICS);
        reader.read(registered, window, at, declared);
        reader.read(plain, window, at, searched);
        final String isDeclared = "declared: " + where;
        final String notKept = "not kept: " + where;
        for (final Metric metric : answer.metrics().keySet()) {
            checkMetric(answer.metrics().get(metric), metric, declared, isDeclared);
            assertEquals(declared.status(metric), searched.status(metric), () -> metric + " " + notKept);
            assertSameBits(declared.value(metric), searched.value(metric), metric, notKept);
        }
        final WindowReading limited = checkLimited(reader, window, at, answer, where);
        for (final WindowReading reading : new WindowReading[] {first, second, declared, searched, limited}) {
            assertEquals(at, reading.atNs(), where);
            assertEquals(answer.count(), reading.count(), where);
            assertEquals(answer.hasCarriedIn(), reading.hasCarriedIn(), where);
            assertSameBits(answer.carriedIn(), reading.carriedInValue(), Metric.FIRST, "carried in: " + where);
            assertEquals(answer.carriedInSince(), reading.carriedInSinceNs(), where);
        }
        if (registered.definition().policies().period().isPresent()) {
            checkProRata(reader, window, at, answer, where);
        }
        comparisonCount += 2L * (METRICS.length + answer.metrics().size());
        if (registered instanceof StepSeries step) {
            checkLevel(reader, step, at, where);
            checkLevel(reader, (StepSeries) plain, at, where);
        } else {
            checkPendingEvents(reader, at, where);
        }
    }

    /** A pro-rata read of a period flow gives the same answers except for sum, rate and coverage. */
    private void checkProRata(
            final TestReader reader,
            final Window window,
            final long at,
            final Oracle.Answer answer,
            final String where) {
        final Map<Metric, Oracle.Worth> expected = new HashMap<>(answer.metrics());
        expected.putAll(oracle.proRata(window, at));
        final WindowReading reading = reader.newReading(ReadOptions.DEFAULT.withProRata(), OracleComparison.METRICS);
        reader.read(registered, window, at, reading);
        final String isProRata = "pro rata: " + where;
        for (final Metric metric : expected.keySet()) {
            checkMetric(expected.get(metric), metric, reading, isProRata);
        }
        assertEquals(answer.count(), reading.count(), where);
    }

    /** Reads the same under limits, which may require more than the window holds. */
    private WindowReading checkLimited(
            final TestReader reader,
            final Window window,
            final long at,
            final Oracle.Answer answer,
            final String where) {
        final LimitOracle limit = new LimitOracle(
                oracle.run(window, at), answer.metrics().get(Metric.COVERAGE).value());
        final ReadOptions options = limit.options(random);
        final WindowReading limited = reader.newReading(options, OracleComparison.METRICS);
        reader.read(plain, window, at, limited);
        final String underLimits = options + ": " + where;
        for (final Map.Entry<Metric, Oracle.Worth> entry : answer.metrics().entrySet()) {
            final Oracle.Worth worth = limit.limited(entry.getKey(), entry.getValue(), options);
            checkMetric(worth, entry.getKey(), limited, underLimits);
        }
        return limited;
    }

    private void checkMetric(
            final Oracle.Worth worth, final Metric metric, final WindowReading reading, final String where) {
        OracleComparison.require(worth, metric, reading, () -> describe(where));
    }

    private void checkLevel(final TestReader reader, final StepSeries series, final long at, final String where) {
        final LevelReading reading = reader.level(series, at);
        final Oracle.Level actual = new Oracle.Level(
                reading.status(),
                reading.value(),
                reading.scaledValue(),
                reading.sinceNs(),
                reading.nextChangeAtNs(),
                reading.knowledgeTimeNs(),
                reading.reference());
        assertEquals(oracle.level(at), actual, () -> "level: " + describe(where));
        comparisonCount++;
        if (isTurnOfPending()) {
            final PendingOracle pending = new PendingOracle(series, oracle.points(), at, "pending: " + where);
            pending.check(reading);
            pending.check(reader, reading.scaledValue());
        }
    }

    private boolean isTurnOfPending() {
        return pendingTurn++ % PENDING_TURNS == 0 && oracle.points().size() <= MOST_PENDING;
    }

    private void checkPendingEvents(final TestReader reader, final long at, final String where) {
        if (isTurnOfPending()) {
            new PendingOracle(registered, oracle.points(), at, "pending: " + where).check(reader, Decimals.UNKNOWN);
        }
    }

    private void assertSameBits(final double expected, final double actual, final Metric metric, final String where) {
        OracleComparison.requireSameBits(expected, actual, metric, () -> describe(where));
    }

    private String describe(final String where) {
        final String points = oracle.points().toString();
        return where + " policies=" + plain.definition().policies() + " windows="
                + registered.definition().windows() + " points="
                + (points.length() > 4_000 ? oracle.points().size() + " of them" : points);
    }

    private static long tryOffer(
            final Publisher publisher,
            final Series series,
            final long time,
            final long value,
            final long knowledge,
            final long reference) {
        final PointEncoder point =
                publisher.point(series).validAt(time).knownAt(knowledge).reference(reference);
        return (value == Decimals.UNKNOWN && series instanceof StepSeries ? point.unknown() : point.value(value))
                .offer();
    }

    public static SeriesDefinition renamed(final SeriesDefinition definition, final String suffix) {
        return new SeriesDefinition(
                definition.key() + suffix,
                definition.kind(),
                definition.unit(),
                definition.scale(),
                definition.policies(),
                definition.windows(),
                definition.keepsShapes());
    }
}
