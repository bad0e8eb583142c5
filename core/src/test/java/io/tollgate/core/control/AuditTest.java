package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Lateness;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.Limits;
import io.tollgate.core.faults.FullDisk;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals, and the lateness of points, can be queried afterwards. */
class AuditTest {
    private static final SeriesDefinition ONCE =
            SeriesDefinition.step("tariff.once", Unit.PERCENT, 0).withDuplicates(DuplicatePolicy.REJECT);

    @TempDir
    Path directory;

    private static List<Refusal> logged(final Engine engine) {
        final List<Refusal> refusals = new ArrayList<>();
        final long count = engine.admin().audit().readRefusals(refusals::add);
        assertEquals(count, refusals.size());
        return refusals;
    }

    private static void refuseThree(final Engine engine, final StepSeries once) {
        final Publisher publisher = engine.publisher();
        KnownPoint.offer(publisher, once, 10, 1, 5, 70);
        KnownPoint.offer(publisher, once, 10, 2, 6, 71);
        KnownPoint.offer(publisher, once, 11, 3, 4, 72);
        engine.awaitApplied(
                publisher.point(once).validAt(12).knownAt(7).reference(73).withdraw());
    }

    private static List<Refusal> three(final StepSeries once) {
        final long number = once.number();
        return List.of(
                new Refusal(RefusalReason.DUPLICATE, 0, 0, false, number, 10, 2, 6, 71),
                new Refusal(RefusalReason.KNOWLEDGE_DECREASES, 0, 0, false, number, 11, 3, 4, 72),
                new Refusal(RefusalReason.NO_SUCH_POINT, 0, 0, true, number, 12, Decimals.UNKNOWN, 7, 73));
    }

    /** Returns the refusals without tickets and log positions. */
    private static List<Refusal> unplaced(final List<Refusal> refusals) {
        return refusals.stream().map(refusal -> at(refusal, 0)).toList();
    }

    /** Returns the refusals as the log returns them. */
    private static List<Refusal> withoutTickets(final List<Refusal> refusals) {
        return refusals.stream().map(refusal -> at(refusal, refusal.sequence())).toList();
    }

    private static Refusal at(final Refusal refusal, final long sequence) {
        return new Refusal(
                refusal.reason(),
                0,
                sequence,
                refusal.isWithdrawal(),
                refusal.seriesNumber(),
                refusal.validTimeNs(),
                refusal.value(),
                refusal.knowledgeTimeNs(),
                refusal.reference());
    }

    @Test
    void shouldKeepWhatWasRefusedWithReasonSeriesTimesValueAndReference() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final StepSeries once = engine.defineStep(ONCE);
            assertEquals(List.of(), engine.admin().audit().lastRefusals());
            refuseThree(engine, once);
            assertEquals(three(once), unplaced(engine.admin().audit().lastRefusals()));
        }
    }

    @Test
    void shouldReadFromTheLogWhatWasRefusedInEarlierLives() {
        final StepSeries once;
        final List<Refusal> before;
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            once = engine.defineStep(ONCE);
            refuseThree(engine, once);
            before = logged(engine);
            assertEquals(withoutTickets(engine.admin().audit().lastRefusals()), before);
        }
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            assertEquals(List.of(), engine.admin().audit().lastRefusals(), "since it was opened");
            assertEquals(before, logged(engine));
            KnownPoint.apply(engine, once, 10, 9, 8, 74);
            assertEquals(1, engine.admin().audit().lastRefusals().size());
            assertEquals(4, logged(engine).size());
            assertEquals(
                    withoutTickets(engine.admin().audit().lastRefusals()),
                    logged(engine).subList(3, 4));
        }
        assertEquals(three(once), unplaced(before));
    }

    @Test
    void shouldKeepTheLastOnesWithinItsLimit() {
        final Limits limits = Limits.DEFAULT.withMaxRefusalsKept(5);
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits))) {
            final StepSeries once = engine.defineStep(ONCE);
            for (int i = 0; i < 13; i++) {
                engine.awaitApplied(engine.publisher().offer(once, 1, i));
            }
            assertEquals(
                    List.of(8L, 9L, 10L, 11L, 12L),
                    engine.admin().audit().lastRefusals().stream()
                            .map(Refusal::value)
                            .toList());
            assertEquals(12L, engine.admin().statistics().refusedCounts().get(RefusalReason.DUPLICATE));
        }
    }

    /** A log on a full disk has no space for them either. */
    @Test
    void shouldNotReadFromTheLogWhatWasRefusedForWantOfSpace() {
        try (Engine engine = TollgateEngine.launch(InjectedFiles.inject(
                        TestContext.stepped(ClockMode.MANUAL, directory).logSegmentLength(1 << 16), new FullDisk(1))
                .errorHandler(error -> {}))) {
            final StepSeries once = engine.defineStep(ONCE);
            for (long time = 0; engine.admin().audit().lastRefusals().isEmpty(); time++) {
                engine.awaitApplied(engine.publisher().offer(once, time, 1));
            }
            final Refusal refusal = engine.admin().audit().lastRefusals().get(0);
            assertEquals(RefusalReason.DISK_FULL, refusal.reason());
            assertEquals(0, refusal.sequence());
            assertEquals(List.of(), logged(engine));
            assertTrue(engine.admin().audit().hasAllRefusals(), "that were logged");
        }
    }

    @Test
    void shouldRefuseToReadALogThatAnEngineInMemoryDoesNotHave() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            final IllegalStateException refused = assertThrows(
                    IllegalStateException.class, () -> engine.admin().audit().readRefusals(refusal -> {}));
            assertTrue(refused.getMessage().startsWith("directory=none"), refused::getMessage);
        }
    }

    @Test
    void shouldGatherTheRefusalsOfAllSeries() {
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, directory))) {
            final List<StepSeries> series = IntStream.range(0, 9)
                    .mapToObj(i -> engine.defineStep(SeriesDefinition.step("tariff." + i, Unit.PERCENT, 0)))
                    .toList();
            for (final StepSeries one : series) {
                engine.awaitApplied(engine.publisher().withdraw(one, 5));
            }
            final long[] numbers =
                    series.stream().mapToLong(StepSeries::number).sorted().toArray();
            assertEquals(9, engine.admin().audit().lastRefusals().size());
            assertEquals(withoutTickets(engine.admin().audit().lastRefusals()), logged(engine));
            assertTrue(Arrays.equals(
                    numbers,
                    logged(engine).stream()
                            .mapToLong(Refusal::seriesNumber)
                            .sorted()
                            .toArray()));
        }
    }

    @Test
    void shouldCountByHowMuchPointsComeLateByPattern() {
        final long seed = TestSeed.of("lateness");
        final Random random = new Random(seed);
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL))) {
            engine.admin().audit().trackLateness("tariff.*");
            engine.admin().audit().trackLateness("tariff.*");
            final List<StepSeries> series = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                final String key = (i % 2 == 0 ? "tariff." : "other.") + i;
                series.add(engine.defineStep(SeriesDefinition.step(key, Unit.PERCENT, 0)));
                engine.awaitApplied(engine.publisher().offer(series.get(i), 1_000_000, 1));
            }
            final long[] all = new long[300];
            final long[] tariffs = new long[150];
            for (int i = 0; i < all.length; i++) {
                // Each point has its own instant, because a second point at an instant is a revision, which is not
                // late.
                all[i] = 1 + i + 300L * random.nextInt(3_000);
                if (i % 2 == 0) {
                    tariffs[i / 2] = all[i];
                }
                engine.awaitApplied(engine.publisher().offer(series.get(i % 6), 1_000_000 - all[i], 2));
            }
            engine.awaitApplied(engine.publisher().offer(series.get(0), 1_000_000, 3));
            check(all, engine.admin().audit().lateness("*"), seed);
            check(tariffs, engine.admin().audit().lateness("tariff.*"), seed);
            assertEquals(300, engine.admin().statistics().lateCount());
            assertThrows(
                    IllegalArgumentException.class, () -> engine.admin().audit().lateness("other.*"));
        }
    }

    private static void check(final long[] expected, final Lateness lateness, final long seed) {
        Arrays.sort(expected);
        final String context = "seed=" + seed;
        assertEquals(expected.length, lateness.count(), context);
        assertNear(expected[expected.length - 1], lateness.maxNs(), context);
        assertNear(Arrays.stream(expected).average().orElseThrow(), lateness.meanNs(), context);
        assertNear(expected[expected.length / 2 - 1], lateness.percentileNs(50), context);
        assertNear(expected[expected.length * 9 / 10 - 1], lateness.percentileNs(90), context);
    }

    private static void assertNear(final double expected, final double actual, final String context) {
        assertEquals(expected, actual, 0.01 * expected + 1, context);
    }

    @Test
    void shouldRefuseMorePatternsThanItsLimit() {
        final Limits limits = Limits.DEFAULT.withMaxLatenessPatternCount(1);
        try (Engine engine =
                TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL).limits(limits))) {
            engine.admin().audit().trackLateness("a");
            engine.admin().audit().trackLateness("a");
            Refusals.require(
                    IllegalStateException.class,
                    () -> engine.admin().audit().trackLateness("b"),
                    "maxLatenessPatternCount=1");
            assertEquals(0, engine.admin().audit().lateness("a").count());
            assertTrue(Double.isNaN(engine.admin().audit().lateness("a").meanNs()));
        }
    }
}
