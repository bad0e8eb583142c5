package io.tollgate.core;

import io.tollgate.api.Batch;
import io.tollgate.api.Branch;
import io.tollgate.api.ClockMode;
import io.tollgate.api.Composition;
import io.tollgate.api.Concordance;
import io.tollgate.api.Engine;
import io.tollgate.api.FlowRatio;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.Group;
import io.tollgate.api.GroupMember;
import io.tollgate.api.Hierarchy;
import io.tollgate.api.Layer;
import io.tollgate.api.LevelPattern;
import io.tollgate.api.LifeEnd;
import io.tollgate.api.MemberPattern;
import io.tollgate.api.Metric;
import io.tollgate.api.Publisher;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.ReadOptions;
import io.tollgate.api.Recoding;
import io.tollgate.api.Series;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Share;
import io.tollgate.api.Stack;
import io.tollgate.api.StepSeries;
import io.tollgate.api.Subscription;
import io.tollgate.api.Unit;
import io.tollgate.api.Watch;
import io.tollgate.api.WatchedMetric;
import io.tollgate.api.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is asked of many series, and what a directory is filled with for that: rates of few products by their codes,
 * their weights and memberships, in an engine whose clock the points move. From its series on it
 * is the same of the engine that filled a directory, of one that opens it, and of a view.
 *
 * <pre>
 *   valid time  rates of 8541  8517  2805  851713   weights of 8541  8517  2805   member 2805   duty  import
 *            0           10    20     0       2             600   300   100             0
 *            5                                                                                   100    1000
 *           20           25
 *           30                 30                                                        1
 *           35                                                                                   200    1000
 *           40                       50
 *           50            5
 *           55                                                                                   100    2000
 *           60                                                    1300
 * </pre>
 *
 * <p>The others are members from 0 on. At 25 the code 8517 is divided into 851713, 9 of 10 parts, and 851714.
 */
final class ExamplePanels {
    static final long RECODED_NS = 25;

    private static final String[] CODES = {"8541", "8517", "2805"};
    private static final Unit DOLLAR = new Unit("USD");
    private static final LevelPattern RATES = new LevelPattern("rate.US.*", Unit.PERCENT, 1);
    private static final LevelPattern WEIGHTS = new LevelPattern("weight.US.*", DOLLAR, 0);

    private final Function<String, Optional<Series>> finder;

    /** Of series that are found by their keys. */
    ExamplePanels(final Function<String, Optional<Series>> finder) {
        this.finder = finder;
    }

    static EngineContext context(final Path directory) {
        return new EngineContext()
                .timesNearEpochAllowed(true)
                .directory(directory)
                .clockMode(ClockMode.EVENT)
                .stepped(true)
                .logSegmentLength(1 << 16);
    }

    StepSeries step(final String key) {
        return (StepSeries) finder.apply(key).orElseThrow(() -> new IllegalArgumentException("key=" + key));
    }

    FlowSeries flow(final String key) {
        return (FlowSeries) finder.apply(key).orElseThrow(() -> new IllegalArgumentException("key=" + key));
    }

    StepSeries rate(final String code) {
        return step("rate.US." + code);
    }

    StepSeries weight(final String code) {
        return step("weight.US." + code);
    }

    /** All products, with their memberships. */
    Group group() {
        final List<GroupMember> members = new ArrayList<>();
        for (final String code : CODES) {
            members.add(
                    GroupMember.of(rate(code), weight(code)).withCode(code).withMembership(step("member.US." + code)));
        }
        return Group.of(members);
    }

    /** The same by pattern. */
    Group byPattern() {
        return Group.fitting(MemberPattern.of(RATES, WEIGHTS).withMembership("member.US.*"));
    }

    Concordance concordance() {
        return Concordance.of(Recoding.of(
                RECODED_NS,
                "8517",
                new Recoding.Part("851713", Share.of(9, 10)),
                new Recoding.Part("851714", Share.of(1, 10))));
    }

    /** All products at all times, by pattern and with the codes that follow. */
    Group recoded() {
        return Group.fitting(MemberPattern.of(RATES, WEIGHTS).withConcordance(concordance()));
    }

    /** Two products, listed, with the codes that follow. */
    Group listed() {
        return Group.of(concordance()
                .members(
                        List.of("8541", "8517"),
                        code -> finder.apply("rate.US." + code).map(StepSeries.class::cast),
                        code -> finder.apply("weight.US." + code).map(StepSeries.class::cast)));
    }

    Hierarchy chapters() {
        return Hierarchy.byPrefix(group(), 2).withBranches(Branch.of("28", "VI"));
    }

    Hierarchy headings() {
        return Hierarchy.byPrefix(recoded(), 6);
    }

    Stack stack() {
        return Stack.of(Composition.of(Layer.add("base", rate("8541")), Layer.add("extra", rate("2805"))));
    }

    FlowRatio collected() {
        return FlowRatio.of(flow("duty.US"), flow("import.US"));
    }

    /** The levels of all rates. */
    static Subscription subscription() {
        final WatchedMetric mean = WatchedMetric.of(Window.slidingNs(50), Metric.MEAN);
        return Subscription.of("levels", "rate.US.*")
                .withMetrics(
                        mean,
                        WatchedMetric.LEVEL,
                        WatchedMetric.of(Window.last(2), Metric.MAX),
                        WatchedMetric.of(Window.since(0), Metric.quantile(0.9)))
                .withWatches(
                        Watch.above(WatchedMetric.LEVEL, 15).withClear(12).withFor(Duration.ofNanos(5)),
                        Watch.below(mean, 1))
                .withOptions(new ReadOptions(1, 0.25, 3, true))
                .withEvery(Duration.ofSeconds(1));
    }

    private static Subscription ended() {
        return Subscription.of("ended", "duty.*").withMetrics(WatchedMetric.of(Window.since(0), Metric.SUM));
    }

    /** Fills a directory. */
    static Filled fill(final Path directory) {
        final Engine engine = TollgateEngine.launch(context(directory));
        define(engine);
        final ExamplePanels panels = new ExamplePanels(engine::find);
        panels.begin(engine);
        engine.subscribe(ended(), QueueOptions.DEFAULT).close();
        final Map<String, UpdateRecorder> told = new TreeMap<>();
        final Following following = Following.of(engine, panels, told);
        engine.watch(new ExampleWatches(panels).ended(), QueueOptions.DEFAULT).close();
        panels.changeBeforeACheckpoint(engine);
        engine.checkpoint();
        engine.unsubscribe("ended");
        engine.unsubscribe("gone");
        following.watch(engine, new ExampleWatches(panels).later());
        panels.changeBehindIt(engine);
        following.drain();
        return new Filled(engine, told);
    }

    /** An engine that has filled a directory, and what it has told, by name. */
    record Filled(Engine engine, Map<String, UpdateRecorder> told) implements AutoCloseable {
        @Override
        public void close() {
            engine.close();
        }
    }

    private static void define(final Engine engine) {
        for (final String code : CODES) {
            engine.defineStep(SeriesDefinition.step("rate.US." + code, Unit.PERCENT, 1));
            engine.defineStep(SeriesDefinition.step("weight.US." + code, DOLLAR, 0));
            engine.defineStep(SeriesDefinition.step("member.US." + code, Unit.COUNT, 0));
        }
        engine.defineStep(SeriesDefinition.step("rate.US.851713", Unit.PERCENT, 1));
        engine.defineStep(SeriesDefinition.step("price", Unit.COUNT, 0));
        engine.defineStep(SeriesDefinition.step("clock", Unit.COUNT, 0));
        for (final String key : new String[] {"duty.US", "import.US"}) {
            engine.defineFlow(SeriesDefinition.flow(key, DOLLAR, 0));
        }
        for (final String key : new String[] {"count", "life.a", "life.b"}) {
            engine.defineFlow(SeriesDefinition.flow(key, Unit.COUNT, 0));
        }
    }

    void offer(final Engine engine, final StepSeries series, final long at, final String value) {
        await(engine, engine.publisher().offer(series, at, series.scaled(value)));
    }

    private static void offer(
            final Engine engine, final FlowSeries series, final long at, final long value, final long reference) {
        await(engine, engine.publisher().offer(series, at, value, Publisher.NONE, reference));
    }

    private static void await(final Engine engine, final long ticket) {
        engine.awaitApplied(ticket);
        PanelWatchFixture.work(engine);
    }

    private void begin(final Engine engine) {
        final String[] rates = {"10", "20", "0"};
        final String[] weights = {"600", "300", "100"};
        final String[] memberships = {"1", "1", "0"};
        for (int i = 0; i < CODES.length; i++) {
            offer(engine, rate(CODES[i]), 0, rates[i]);
            offer(engine, weight(CODES[i]), 0, weights[i]);
            offer(engine, step("member.US." + CODES[i]), 0, memberships[i]);
        }
        offer(engine, rate("851713"), 0, "2");
        offer(engine, step("price"), 0, "100");
        offer(engine, flow("duty.US"), 5, 100, 1);
        offer(engine, flow("import.US"), 5, 1_000, 1);
        offer(engine, flow("count"), 5, 3, 7);
        offer(engine, flow("life.a"), 5, 1, 1);
        offer(engine, step("clock"), 10, "0");
    }

    private void changeBeforeACheckpoint(final Engine engine) {
        offer(engine, rate("8541"), 20, "25");
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        batch.offer(rate("8517"), 30, 300);
        batch.offer(step("member.US.2805"), 30, 1);
        await(engine, batch.commit());
        offer(engine, flow("duty.US"), 35, 200, 2);
        offer(engine, flow("import.US"), 35, 1_000, 2);
        engine.closeSeries(flow("life.a"), LifeEnd.at(35).followedBy(flow("life.b")));
        offer(engine, rate("2805"), 40, "50");
        // Once more: a revision.
        offer(engine, flow("count"), 5, 4, 7);
    }

    private void changeBehindIt(final Engine engine) {
        offer(engine, rate("8541"), 50, "5");
        offer(engine, flow("duty.US"), 55, 100, 3);
        offer(engine, flow("import.US"), 55, 2_000, 3);
        offer(engine, weight("8517"), 60, "1300");
        await(engine, engine.publisher().offerUnknown(step("price"), 65));
        // Refused, as there is no such point.
        await(engine, engine.publisher().withdraw(step("member.US.8541"), 90));
        offer(engine, step("clock"), 70, "1");
    }

    /** What comes behind an opening: a late revision, and a level. */
    void goOn(final Engine engine) {
        offer(engine, rate("8541"), 20, "12");
        offer(engine, rate("2805"), 100, "80");
        offer(engine, step("clock"), 110, "2");
    }
}
