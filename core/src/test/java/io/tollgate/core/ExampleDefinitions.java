package io.tollgate.core;

import io.tollgate.api.Batch;
import io.tollgate.api.CalendarPeriod;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Closed;
import io.tollgate.api.DuplicatePolicy;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Instants;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.ReportingPeriod;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.SeriesKind;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import io.tollgate.api.WindowRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a data directory is filled with: each kind of series, window and policy, more series than
 * the first of its maps have room for, refusals of each reason that is logged, and a watch that has told more than can
 * be retracted. The clock is that of the system.
 */
final class ExampleDefinitions {
    static final long START_NS = Instants.parse("2026-01-01T00:00Z");
    static final long DAY_NS = 86_400_000_000_000L;

    /** When all is there. */
    static final long NOW_NS = START_NS + 14 * DAY_NS;

    /** More than the first maps have room for. */
    static final int MANY = 1_030;

    /** How often the level changes that is watched. */
    static final int TOGGLES = 41;

    static final Window[] WINDOWS = {
        Window.sliding(Duration.ofDays(10)),
        Window.sliding(Duration.ofDays(10), Closed.LEFT),
        Window.sliding(Duration.ofDays(10), Closed.BOTH),
        Window.sliding(Duration.ofDays(10), Closed.NEITHER),
        Window.last(3),
        Window.since(START_NS),
        Window.toDate(CalendarPeriod.MONTH, ZoneId.of("America/New_York")),
        Window.toDate(CalendarPeriod.QUARTER, ZoneOffset.ofHours(8)),
        Window.toDate(CalendarPeriod.YEAR, ZoneId.of("Asia/Shanghai"))
    };

    /** Of the system, as far as the engine knows. */
    private final AtomicLong clock;

    private final Engine engine;

    private ExampleDefinitions(final Engine engine, final AtomicLong clock) {
        this.engine = engine;
        this.clock = clock;
    }

    static EngineContext context(final Path directory, final AtomicLong clock) {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(directory)
                .clockMode(ClockMode.SYSTEM)
                .clock(clock::get)
                .stepped(true)
                .logSegmentLength(1 << 16);
    }

    /** The level that changes all the time. */
    static Subscription subscription() {
        return Subscription.of("toggles", "toggle").withWatches(Watch.above(WatchedMetric.LEVEL, 5));
    }

    /** All series but the many, which are alike. */
    static List<SeriesDefinition> definitions() {
        final List<SeriesDefinition> definitions = new ArrayList<>(List.of(
                SeriesDefinition.step("level.windows", Unit.PERCENT, 2)
                        .withWindows(WINDOWS)
                        .withShapes(),
                SeriesDefinition.step("level.heartbeat", Unit.BASIS_POINT, 0).withHeartbeat(Duration.ofDays(2)),
                SeriesDefinition.step("level.once", Unit.COUNT, 9).withDuplicates(DuplicatePolicy.REJECT),
                SeriesDefinition.step("toggle", Unit.COUNT, 0),
                SeriesDefinition.step("z\u00f6lle.\u5173\u7a0e." + "x".repeat(110), new Unit("MILLION-TONNES/a"), 6),
                SeriesDefinition.flow("flow.life", new Unit("TONNE"), 3).withLifeStart(START_NS - DAY_NS),
                SeriesDefinition.flow("period.week", Unit.COUNT, 0).withPeriod(ReportingPeriod.of(Duration.ofDays(7))),
                SeriesDefinition.flow("period.month", Unit.COUNT, 0)
                        .withPeriod(ReportingPeriod.of(CalendarPeriod.MONTH, ZoneId.of("America/New_York"))),
                SeriesDefinition.flow("period.quarter", Unit.COUNT, 0)
                        .withPeriod(ReportingPeriod.of(CalendarPeriod.QUARTER, ZoneOffset.ofHours(8))),
                SeriesDefinition.flow("period.year", Unit.COUNT, 0)
                        .withPeriod(ReportingPeriod.of(CalendarPeriod.YEAR, ZoneId.of("Asia/Shanghai"))),
                SeriesDefinition.flow("closed", Unit.COUNT, 0)));
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            definitions.add(
                    SeriesDefinition.flow("policy." + policy, Unit.COUNT, 0).withDuplicates(policy));
        }
        return definitions;
    }

    /** What is registered by pattern, for series that are there and for those to come. */
    static WindowRegistration registration() {
        return WindowRegistration.of("later.*").withWindows(WINDOWS).withShapes();
    }

    static SeriesDefinition later(final String name) {
        return SeriesDefinition.step("later." + name, Unit.PERCENT, 2);
    }

    /** Fills a directory, and closes it. */
    static void fill(final Path directory) {
        final AtomicLong clock = new AtomicLong(START_NS);
        try (Engine engine = TollgateEngine.launch(context(directory, clock))) {
            final ExampleDefinitions filling = new ExampleDefinitions(engine, clock);
            engine.subscribe(subscription(), QueueOptions.DEFAULT).close();
            filling.define();
            filling.offerLevels();
            filling.offerTwice();
            filling.toggle();
            clock.set(NOW_NS);
            filling.close();
            filling.refuse();
        }
    }

    private void define() {
        for (final SeriesDefinition definition : definitions()) {
            if (definition.kind() == SeriesKind.STEP) {
                engine.defineStep(definition);
            } else {
                engine.defineFlow(definition);
            }
        }
        engine.register(registration());
        engine.defineStep(later("a"));
        for (int i = 0; i < MANY; i++) {
            engine.defineFlow(SeriesDefinition.flow("many." + i, Unit.COUNT, 0));
        }
        await(engine.publisher().offer(flow("many." + (MANY - 1)), START_NS, MANY, Publisher.NONE, 1));
    }

    private StepSeries step(final String key) {
        return (StepSeries) engine.find(key).orElseThrow();
    }

    private FlowSeries flow(final String key) {
        return (FlowSeries) engine.find(key).orElseThrow();
    }

    private void await(final long ticket) {
        engine.awaitApplied(ticket);
    }

    /** 10 on the first of January, 20 on the fifth, 40 on the tenth. */
    private void offerLevels() {
        final long[] days = {0, 4, 9};
        final long[] values = {1_000, 2_000, 4_000};
        for (int i = 0; i < days.length; i++) {
            clock.set(Math.max(clock.get(), START_NS + days[i] * DAY_NS));
            await(engine.publisher().offer(step("level.windows"), START_NS + days[i] * DAY_NS, values[i]));
            await(engine.publisher().offer(step("later.a"), START_NS + days[i] * DAY_NS, values[i]));
        }
        await(engine.publisher().offer(step("level.heartbeat"), START_NS + 4 * DAY_NS, 7));
        await(engine.publisher().offerUnknown(step("level.heartbeat"), START_NS + 5 * DAY_NS));
        await(engine.publisher().offer(flow("flow.life"), START_NS, 1_500, Publisher.NONE, 1));
        await(engine.publisher().offer(flow("period.month"), Instants.parse("2026-01-01T00:00-05:00"), 31));
        await(engine.publisher().offer(step("level.heartbeat"), START_NS + 6 * DAY_NS, 8));
        await(engine.publisher().withdraw(step("level.heartbeat"), START_NS + 6 * DAY_NS));
    }

    /** 3 and then 4 at one instant, which the policies make different things of. */
    private void offerTwice() {
        for (final DuplicatePolicy policy : DuplicatePolicy.values()) {
            final FlowSeries series = flow("policy." + policy);
            await(engine.publisher().offer(series, START_NS, 3, Publisher.NONE, 1));
            await(engine.publisher().offer(series, START_NS, 4, Publisher.NONE, 2));
        }
    }

    /** 10 and 0 in turn, an hour each from the tenth of January on. */
    private void toggle() {
        final long hourNs = DAY_NS / 24;
        for (int i = 0; i < TOGGLES; i++) {
            clock.set(START_NS + 10 * DAY_NS + i * hourNs);
            await(engine.publisher().offer(step("toggle"), clock.get(), i % 2 == 0 ? 10 : 0));
        }
    }

    private void close() {
        await(engine.publisher().offer(flow("closed"), START_NS, 1, Publisher.NONE, 1));
        engine.closeSeries(flow("closed"), LifeEnd.at(START_NS + 3 * DAY_NS));
    }

    /** Each reason that is logged, but that the disk or the store is full or knowledge times are missing. */
    private void refuse() {
        final Publisher publisher = engine.publisher();
        await(publisher.offer(step("level.once"), START_NS, 1, NOW_NS, Publisher.NONE));
        await(publisher.offer(step("level.once"), START_NS, 2, NOW_NS, Publisher.NONE));
        await(publisher.offer(step("level.once"), START_NS + 1, 3, NOW_NS - 1, Publisher.NONE));
        await(publisher.withdraw(flow("policy.ALL"), START_NS + 5, Publisher.NONE, 9));
        await(publisher.offer(flow("policy.SUM"), START_NS, Long.MAX_VALUE, Publisher.NONE, 1));
        await(publisher.offer(flow("closed"), START_NS + 4 * DAY_NS, 2, Publisher.NONE, 2));
        final Batch batch = publisher.newBatch();
        batch.begin();
        batch.offer(step("level.heartbeat"), START_NS, 5);
        batch.offer(flow("closed"), START_NS + 5 * DAY_NS, 3);
        await(batch.commit());
    }
}
