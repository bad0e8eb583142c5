package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.VersionReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateQueue;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A point that repeats the effective value is no revision. It only increments a counter. */
class EqualValueTest {
    private static final long ALL_KNOWN = Instants.ALL_KNOWN;
    private static final int COUNT = 3_000;
    private static final int SPREAD_NS = 1_000_000;
    private static final Window WHOLE = Window.slidingNs(4L * SPREAD_NS);
    private static final Window[] WINDOWS = {Window.slidingNs(77_777), WHOLE, Window.last(30), Window.since(0)};

    @TempDir
    private Path directory;

    private final long seed = TestSeed.of("equal values");
    private final Random random = new Random(seed);

    private record Line(long time, long value, long reference) {}

    @ParameterizedTest
    @CsvSource({
        "STEP, REVISE, false",
        "STEP, REVISE, true",
        "FLOW, REVISE, false",
        "FLOW, ALL, false",
        "FLOW, ALL, true"
    })
    void shouldChangeNothingWhenAFileIsLoadedTwice(
            final SeriesKind kind, final DuplicatePolicy policy, final boolean isBatched) {
        final List<Line> file = file(kind);
        final String before;
        try (Engine engine = launch(ClockMode.EVENT)) {
            final Series series = Twin.define(engine, definition(kind, policy));
            load(engine, series, file, isBatched);
            before = answers(engine, series);
            final EngineStatistics first = engine.admin().statistics();
            load(engine, series, file, isBatched);
            final EngineStatistics second = engine.admin().statistics();
            assertEquals(before, answers(engine, series), () -> "seed=" + seed);
            assertEquals(0, first.unchangedCount());
            assertEquals(COUNT, second.unchangedCount());
            assertEquals(2 * COUNT, second.appliedCount());
            assertEquals(0, second.revisedCount());
            assertEquals(0, second.ignoredCount());
            assertEquals(first.lateCount(), second.lateCount());
            assertEquals(first.offHeapBytes(), second.offHeapBytes());
            assertEquals(Map.of(), second.refusedCounts());
        }
        for (final boolean isRebuilt : new boolean[] {false, true}) {
            if (isRebuilt) {
                new DirectoryFiles(directory).markNotClosed();
            }
            try (Engine engine = launch(ClockMode.EVENT)) {
                final Series series = engine.series().find("series").orElseThrow();
                assertEquals(before, answers(engine, series), () -> "seed=" + seed + " isRebuilt=" + isRebuilt);
                assertEquals(isRebuilt ? COUNT : 0, engine.admin().statistics().unchangedCount());
            }
        }
    }

    /** Returns points with identities of their own in random order. Some points of a STEP series are unknown. */
    private List<Line> file(final SeriesKind kind) {
        final List<Line> lines = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            final boolean isUnknown = kind == SeriesKind.STEP && random.nextInt(10) == 0;
            final long time = (long) i * SPREAD_NS / COUNT;
            lines.add(new Line(time, isUnknown ? Decimals.UNKNOWN : random.nextInt(200), 1 + random.nextInt(9)));
        }
        Collections.shuffle(lines, random);
        return lines;
    }

    private void load(final Engine engine, final Series series, final List<Line> file, final boolean isBatched) {
        if (isBatched) {
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final Line line : file) {
                final PointEncoder point =
                        batch.point(series).validAt(line.time()).reference(line.reference());
                final long code =
                        (line.value() == Decimals.UNKNOWN ? point.unknown() : point.value(line.value())).offer();
                assertTrue(code >= 0, () -> Publisher.describe(code));
            }
            engine.awaitApplied(batch.commit());
            return;
        }
        for (final Line line : file) {
            engine.awaitApplied(Twin.offer(engine, series, line.time(), line.value(), Instants.NONE, line.reference()));
        }
    }

    /** Each effective point is repeated at random times. Only the counters differ from a run without repetitions. */
    @ParameterizedTest
    @CsvSource({"STEP, REVISE, 200", "FLOW, ALL, 200", "STEP, REVISE, 4000", "FLOW, ALL, 4000", "FLOW, REVISE, 4000"})
    void shouldLeaveTheSameAsWithoutRepetitions(final SeriesKind kind, final DuplicatePolicy policy, final int count) {
        final SeriesDefinition definition = definition(kind, policy);
        final String expected;
        final EngineStatistics plain;
        try (Engine engine = launchInMemory()) {
            final Series series = Twin.define(engine, definition);
            feed(engine, series, count, false);
            expected = answers(engine, series);
            plain = engine.admin().statistics();
        }
        try (Engine engine = launch(ClockMode.KNOWLEDGE)) {
            final Series series = Twin.define(engine, definition);
            final long repeated = feed(engine, series, count, true);
            final EngineStatistics statistics = engine.admin().statistics();
            assertEquals(expected, answers(engine, series), () -> "seed=" + seed);
            assertTrue(repeated > count / 4, () -> "repeated=" + repeated);
            assertEquals(plain.unchangedCount() + repeated, statistics.unchangedCount());
            assertEquals(plain.appliedCount() + repeated, statistics.appliedCount());
            assertEquals(plain.revisedCount(), statistics.revisedCount());
            assertEquals(plain.lateCount(), statistics.lateCount());
        }
        new DirectoryFiles(directory).markNotClosed();
        try (Engine engine = launch(ClockMode.KNOWLEDGE)) {
            assertEquals(
                    expected, answers(engine, engine.series().find("series").orElseThrow()), () -> "seed=" + seed);
        }
    }

    /** Offers the same points, revisions and withdrawals in each run. Returns the number of repetitions. */
    private long feed(final Engine engine, final Series series, final int count, final boolean isRepeating) {
        final Random points = new Random(seed);
        final Random repetitions = new Random(seed + 1);
        final List<Line> recorded = new ArrayList<>();
        final DuplicatePolicy policy = series.definition().policies().duplicates();
        long repeated = 0;
        long ticket = 0;
        for (int i = 0; i < count; i++) {
            final boolean isOld = i > 0 && points.nextInt(3) == 0;
            final Line old = isOld && !recorded.isEmpty() ? recorded.get(points.nextInt(recorded.size())) : null;
            final long time = old == null ? points.nextInt(SPREAD_NS) : old.time();
            final long reference = old == null ? 1 + points.nextInt(4) : old.reference();
            final Line line = new Line(time, points.nextInt(3), reference);
            final boolean isWithdrawal = old != null && points.nextInt(3) == 0;
            recorded.removeIf(
                    one -> one.time() == time && (policy != DuplicatePolicy.ALL || one.reference() == reference));
            if (isWithdrawal) {
                ticket = Twin.withdraw(engine, series, time, i, reference);
            } else {
                ticket = Twin.offer(engine, series, time, line.value(), i, reference);
                recorded.add(line);
            }
            while (isRepeating && !recorded.isEmpty() && repetitions.nextInt(3) == 0) {
                final Line again = recorded.get(repetitions.nextInt(recorded.size()));
                ticket = Twin.offer(engine, series, again.time(), again.value(), i, again.reference());
                repeated++;
            }
        }
        engine.awaitApplied(ticket);
        return repeated;
    }

    private String answers(final Engine engine, final Series series) {
        final TestReader reader = new TestReader(engine.newReader());
        final AnswerText answers = new AnswerText(reader);
        final VersionReading versions = reader.newVersionReading(1 << 15);
        reader.readVersions(series, WHOLE, 2L * SPREAD_NS, ALL_KNOWN, versions);
        final StringBuilder text = new StringBuilder().append("now=").append(engine.now());
        for (int i = 0; i < versions.heldCount(); i++) {
            text.append('\n')
                    .append(versions.validTimeNs(i))
                    .append(' ')
                    .append(versions.reference(i))
                    .append(' ')
                    .append(versions.scaledValue(i))
                    .append(' ')
                    .append(versions.knowledgeTimeNs(i))
                    .append(' ')
                    .append(versions.endKnowledgeTimeNs(i))
                    .append(' ')
                    .append(versions.isWithdrawn(i));
        }
        final Random places = new Random(seed);
        for (int i = 0; i < 60; i++) {
            final Window window = WINDOWS[places.nextInt(WINDOWS.length)];
            final long known = i % 2 == 0 ? ALL_KNOWN : places.nextInt(COUNT);
            text.append('\n').append(answers.of(series, window, places.nextInt(SPREAD_NS), known));
        }
        return text.toString();
    }

    @Test
    void shouldTakeAnotherReferenceForARevision() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, rate, 100, 20, 1, 7);
            KnownPoint.offer(publisher, rate, 100, 20, 2, 8);
            KnownPoint.offer(publisher, rate, 100, 20, 3);
            KnownPoint.offer(publisher, rate, 100, 20, 4);
            engine.awaitApplied(KnownPoint.offer(publisher, rate, 100, 20, 5, 7));
            assertEquals(List.of("20 ref 7 at 1", "20 ref 8 at 2", "20 at 3", "20 ref 7 at 5"), versions(engine, rate));
            assertEquals(1, engine.admin().statistics().unchangedCount());
            assertEquals(3, engine.admin().statistics().revisedCount());
        }
    }

    @Test
    void shouldCountUnknownAsUnchangedIfNoValueWasKnown() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final Publisher publisher = engine.publisher();
            publisher.point(rate).validAt(100).unknown().knownAt(1).offer();
            publisher.point(rate).validAt(100).unknown().knownAt(2).offer();
            KnownPoint.offer(publisher, rate, 100, 0, 3);
            engine.awaitApplied(
                    publisher.point(rate).validAt(100).unknown().knownAt(4).offer());
            assertEquals(List.of("unknown at 1", "0 at 3", "unknown at 4"), versions(engine, rate));
            assertEquals(1, engine.admin().statistics().unchangedCount());
        }
    }

    @Test
    void shouldTakeAWithdrawnPointThatIsGivenAgainForAChange() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, rate, 100, 20, 1);
            publisher.point(rate).validAt(100).knownAt(2).withdraw();
            engine.awaitApplied(KnownPoint.offer(publisher, rate, 100, 20, 3));
            assertEquals(List.of("20 at 1", "20 at 3"), versions(engine, rate));
            assertEquals(0, engine.admin().statistics().unchangedCount());
        }
    }

    /** After a revision the former value is no repetition: offering it is a revision. */
    @Test
    void shouldCompareWithTheValueThatCountsNow() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            for (final long value : new long[] {20, 20, 30, 30, 20}) {
                KnownPoint.offer(batch, rate, 100, value, 1);
            }
            engine.awaitApplied(batch.commit());
            assertEquals(List.of("20 at 1", "30 at 1", "20 at 1"), versions(engine, rate));
            assertEquals(2, engine.admin().statistics().unchangedCount());
            assertEquals(2, engine.admin().statistics().revisedCount());
        }
    }

    @Test
    void shouldMoveTheClockAndTheLastKnowledgeTime() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final Publisher publisher = engine.publisher();
            KnownPoint.offer(publisher, rate, 100, 20, 1);
            KnownPoint.offer(publisher, rate, 100, 20, 9);
            engine.awaitApplied(KnownPoint.offer(publisher, rate, 100, 30, 8));
            assertEquals(9, engine.now());
            assertEquals(
                    Map.of(RefusalReason.KNOWLEDGE_DECREASES, 1L),
                    engine.admin().statistics().refusedCounts());
            assertEquals(List.of("20 at 1"), versions(engine, rate));
        }
    }

    /** Under ALL a point without a reference is an identity of its own. SUM adds, and REJECT refuses. */
    @ParameterizedTest
    @CsvSource({"ALL, 0, 0", "SUM, 1, 0", "REJECT, 0, 1", "KEEP_FIRST, 0, 0", "REVISE, 0, 0"})
    void shouldLeaveTheOtherPoliciesAsTheyAre(final DuplicatePolicy policy, final long revised, final long refused) {
        try (Engine engine = launchInMemory()) {
            final FlowSeries events = engine.defineFlow(
                    SeriesDefinition.flow("series", Unit.COUNT, 0).withDuplicates(policy));
            KnownPoint.offer(engine.publisher(), events, 100, 0, 1);
            KnownPoint.apply(engine, events, 100, 0, 2);
            final EngineStatistics statistics = engine.admin().statistics();
            assertEquals(revised, statistics.revisedCount());
            assertEquals(refused, statistics.refusedCounts().getOrDefault(RefusalReason.DUPLICATE, 0L));
            assertEquals(policy == DuplicatePolicy.REVISE ? 1 : 0, statistics.unchangedCount());
            assertEquals(policy == DuplicatePolicy.KEEP_FIRST ? 1 : 0, statistics.ignoredCount());
            assertEquals(
                    policy == DuplicatePolicy.ALL || policy == DuplicatePolicy.SUM ? 2 : 1,
                    versions(engine, events).size());
        }
    }

    @Test
    void shouldNotifyNobody() {
        try (Engine engine = launchInMemory()) {
            final StepSeries rate = engine.defineStep(SeriesDefinition.step("series", Unit.PERCENT, 0));
            final UpdateQueue queue = engine.updates()
                    .subscribe(
                            Subscription.of("all", "series")
                                    .withMetrics(WatchedMetric.LEVEL, WatchedMetric.of(WHOLE, Metric.COUNT)),
                            QueueOptions.DEFAULT);
            KnownPoint.apply(engine, rate, 100, 20, 100);
            assertTrue(queue.poll(update -> {}, 100) > 0);
            KnownPoint.apply(engine, rate, 100, 20, 200);
            assertEquals(0, queue.poll(update -> {}, 100));
        }
    }

    private static List<String> versions(final Engine engine, final Series series) {
        final TestReader reader = new TestReader(engine.newReader());
        final VersionReading versions = reader.newVersionReading(10);
        reader.readVersions(series, WHOLE, SPREAD_NS, ALL_KNOWN, versions);
        final List<String> texts = new ArrayList<>();
        for (int i = 0; i < versions.heldCount(); i++) {
            final String value =
                    versions.scaledValue(i) == Decimals.UNKNOWN ? "unknown" : Long.toString(versions.scaledValue(i));
            final String reference =
                    versions.reference(i) == Publisher.NO_REFERENCE ? "" : " ref " + versions.reference(i);
            texts.add(value + reference + " at " + versions.knowledgeTimeNs(i));
        }
        return texts;
    }

    private static SeriesDefinition definition(final SeriesKind kind, final DuplicatePolicy policy) {
        final SeriesDefinition definition = kind == SeriesKind.STEP
                ? SeriesDefinition.step("series", Unit.PERCENT, 0)
                : SeriesDefinition.flow("series", Unit.COUNT, 0);
        return definition.withDuplicates(policy).withWindows(Window.slidingNs(77_777));
    }

    private Engine launch(final ClockMode mode) {
        return TollgateEngine.launch(TestContext.stepped(mode, directory));
    }

    private static Engine launchInMemory() {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE));
    }
}
