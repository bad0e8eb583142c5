package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.EngineStatistics;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.read.LevelReading;
import io.tollgate.api.read.Metric;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each duplicate policy for a second point at an instant, in one frame or in several. */
class DuplicatePolicyTest {
    private static final long MAX = Long.MAX_VALUE;

    private record Refusal(RefusalReason reason, long time, long value, long reference) {}

    private final List<Refusal> refusals = new ArrayList<>();

    @TempDir
    Path directory;

    private Engine engine;

    @BeforeEach
    void launch() {
        engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE, directory)
                .refusalHandler(refusal -> refusals.add(
                        new Refusal(refusal.reason(), refusal.validTimeNs(), refusal.value(), refusal.reference()))));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @CsvSource({"ALL, 3, 60, 10", "REVISE, 1, 30, 30", "KEEP_FIRST, 1, 10, 10", "REJECT, 1, 10, 10", "SUM, 1, 60, 60"})
    void shouldTakeThreeEventsOfAnInstantAsThePolicySays(
            final DuplicatePolicy policy, final int count, final double sum, final double first) {
        final FlowSeries events = flow(policy);
        for (final boolean isOneFrame : new boolean[] {true, false}) {
            final long instant = isOneFrame ? 100 : 200;
            for (int i = 1; i <= 3; i++) {
                final long ticket = KnownPoint.offer(engine.publisher(), events, instant, 10L * i, instant + i, i);
                if (i == 3 || !isOneFrame) {
                    engine.awaitApplied(ticket);
                }
            }
            final WindowReading reading = read(events, instant, 50);
            assertEquals(count, reading.count());
            assertEquals(sum, reading.value(Metric.SUM));
            assertEquals(first, reading.value(Metric.FIRST));
        }
    }

    @ParameterizedTest
    @CsvSource({"REVISE, 30, 3", "KEEP_FIRST, 10, 1", "REJECT, 10, 1"})
    void shouldTakeThreeLevelsOfAnInstantAsThePolicySays(
            final DuplicatePolicy policy, final long value, final long reference) {
        final StepSeries level = engine.defineStep(
                SeriesDefinition.step("level", Unit.PERCENT, 0).withDuplicates(policy));
        for (int i = 1; i <= 3; i++) {
            KnownPoint.offer(engine.publisher(), level, 100, 10L * i, i, i);
        }
        engine.awaitApplied(engine.publisher()
                .point(level)
                .validAt(200)
                .unknown()
                .knownAt(4)
                .offer());
        final TestReader reader = new TestReader(engine.newReader());
        final LevelReading reading = reader.level(level, 150);
        assertEquals(value, reading.scaledValue());
        assertEquals(reference, reading.reference());
        assertEquals(reference, reading.knowledgeTimeNs());
        assertEquals(200, reading.nextChangeAtNs());
    }

    @Test
    void shouldRefuseAndReportTheDuplicatesOfReject() {
        final FlowSeries events = flow(DuplicatePolicy.REJECT);
        KnownPoint.offer(engine.publisher(), events, 100, 1, 1, 7);
        KnownPoint.offer(engine.publisher(), events, 100, 2, 2, 8);
        KnownPoint.apply(engine, events, 101, 3, 3, 7);
        KnownPoint.apply(engine, events, 100, 4, 9);
        assertEquals(
                List.of(
                        new Refusal(RefusalReason.DUPLICATE, 100, 2, 8),
                        new Refusal(RefusalReason.DUPLICATE, 100, 4, Publisher.NO_REFERENCE)),
                refusals);
        assertEquals(
                Map.of(RefusalReason.DUPLICATE, 2L), engine.admin().statistics().refusedCounts());
        assertEquals(2, engine.admin().statistics().appliedCount());
        assertEquals(3, engine.now(), "a refused point moves no clock");
    }

    @Test
    void shouldCountWhatKeepFirstIgnores() {
        final FlowSeries events = flow(DuplicatePolicy.KEEP_FIRST);
        KnownPoint.offer(engine.publisher(), events, 100, 1, 1, 7);
        KnownPoint.offer(engine.publisher(), events, 100, 2, 2, 8);
        KnownPoint.apply(engine, events, 90, 3, 9, 8);
        KnownPoint.apply(engine, events, 90, 3, 10, 8);
        final EngineStatistics statistics = engine.admin().statistics();
        assertEquals(List.of(), refusals);
        assertEquals(4, statistics.appliedCount());
        assertEquals(2, statistics.ignoredCount());
        assertEquals(1, statistics.lateCount());
        assertEquals(0, statistics.revisedCount());
        assertEquals(10, engine.now(), "an ignored point is an accepted one");
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775807, 0, ",
        "9223372036854775807, 1, OVERFLOW",
        "1, 9223372036854775807, OVERFLOW",
        "9223372036854775806, 1, ",
        "-9223372036854775807, 0, ",
        "-9223372036854775807, -1, OVERFLOW",
        "-9223372036854775807, -2, OVERFLOW",
        "-9223372036854775807, -9223372036854775807, OVERFLOW",
        "-9223372036854775806, -1, ",
        "9223372036854775807, -9223372036854775807, ",
        "4611686018427387904, 4611686018427387903, ",
        "4611686018427387904, 4611686018427387904, OVERFLOW",
        "-4611686018427387904, -4611686018427387904, OVERFLOW",
    })
    void shouldRefuseASumThatIsNoValue(final long first, final long second, final RefusalReason reason) {
        final FlowSeries events = flow(DuplicatePolicy.SUM);
        KnownPoint.offer(engine.publisher(), events, 100, first, 1);
        KnownPoint.apply(engine, events, 100, second, 2);
        KnownPoint.apply(engine, events, 200, first, 3);
        KnownPoint.apply(engine, events, 200, second, 4);
        final List<Refusal> expected = reason == null
                ? List.of()
                : List.of(
                        new Refusal(reason, 100, second, Publisher.NO_REFERENCE),
                        new Refusal(reason, 200, second, Publisher.NO_REFERENCE));
        assertEquals(expected, refusals);
        final double sum = reason == null ? (double) (first + second) : first;
        assertEquals(sum, read(events, 100, 50).value(Metric.MAX));
        assertEquals(sum, read(events, 200, 50).value(Metric.MAX));
    }

    @Test
    void shouldAddToASumOfTheSameFrameThatWasWithdrawnInBetween() {
        final FlowSeries events = flow(DuplicatePolicy.SUM);
        final Publisher publisher = engine.publisher();
        KnownPoint.offer(publisher, events, 100, MAX, 1, 5);
        KnownPoint.offer(publisher, events, 100, 1, 1, 5);
        publisher.point(events).validAt(100).knownAt(1).reference(6).withdraw();
        publisher.point(events).validAt(100).knownAt(1).reference(6).withdraw();
        engine.awaitApplied(KnownPoint.offer(publisher, events, 100, 1, 1, 5));
        assertEquals(
                List.of(
                        new Refusal(RefusalReason.OVERFLOW, 100, 1, 5),
                        new Refusal(RefusalReason.NO_SUCH_POINT, 100, Decimals.UNKNOWN, 6)),
                refusals);
        assertEquals(1, read(events, 100, 50).value(Metric.SUM));
    }

    @ParameterizedTest
    @EnumSource(DuplicatePolicy.class)
    void shouldDecideTheSameInAReplayOfTheLog(final DuplicatePolicy policy) throws Exception {
        final FlowSeries events = flow(policy);
        final Publisher publisher = engine.publisher();
        long ticket = 1;
        for (int i = 0; i < 2_000; i++) {
            final long value = i % 10 == 0 ? MAX - i : i % 7 - 3;
            final long time = i * 7_919L % 300;
            ticket = i % 5 == 4
                    ? Twin.withdraw(engine, events, time, i, Publisher.NO_REFERENCE)
                    : Twin.offer(engine, events, time, value, i, i % 3);
        }
        engine.awaitApplied(ticket);
        final String before = answers(events);
        final long now = engine.now();
        final long applied = engine.admin().statistics().appliedCount();
        close();
        new DirectoryFiles(directory).markNotClosed();
        launch();
        final Series again = engine.series().find("events").orElseThrow();
        assertEquals(events, again);
        assertEquals(before, answers(again));
        assertEquals(now, engine.now());
        assertEquals(applied, engine.admin().statistics().appliedCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "REVISE"})
    void shouldKeepThePolicyOfASeries(final DuplicatePolicy policy) {
        final FlowSeries events = flow(policy);
        assertEquals(
                policy,
                engine.series()
                        .find(events.key())
                        .orElseThrow()
                        .definition()
                        .policies()
                        .duplicates());
    }

    private String answers(final Series series) {
        final TestReader reader = new TestReader(engine.newReader());
        final StringBuilder answers = new StringBuilder();
        for (long at = -1; at < 310; at += 3) {
            answers.append(ArrivalOrderTest.bits(reader, series, Window.slidingNs(20), at));
            answers.append(ArrivalOrderTest.bits(reader, series, Window.slidingNs(33), at));
        }
        return answers.toString();
    }

    private FlowSeries flow(final DuplicatePolicy policy) {
        return engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0)
                .withDuplicates(policy)
                .withWindows(Window.slidingNs(20)));
    }

    private WindowReading read(final Series series, final long at, final long length) {
        final TestReader reader = new TestReader(engine.newReader());
        return reader.window(series, Window.slidingNs(length), at);
    }
}
