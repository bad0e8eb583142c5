package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Outcome;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.api.admin.Refusal;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.config.Limits;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ticket identifies a point or batch. Its outcome can be queried, and a wait for it may have a limit. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TicketTest {
    private static final int KEPT = 65_536;

    @TempDir
    private Path directory;

    private final List<Refusal> refusals = new ArrayList<>();

    private EngineContext context() {
        return TestContext.of(ClockMode.MANUAL).refusalHandler(refusals::add);
    }

    private static StepSeries define(final Engine engine, final DuplicatePolicy policy) {
        return engine.defineStep(
                SeriesDefinition.step("level." + policy, Unit.COUNT, 0).withDuplicates(policy));
    }

    private static Outcome refused(final RefusalReason reason) {
        return new Outcome(Outcome.Type.REFUSED, Optional.of(reason));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReportTheOutcomeOfAPoint(final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS))) {
            engine.advanceTo(1_000);
            final Publisher publisher = engine.publisher();
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final StepSeries once = define(engine, DuplicatePolicy.REJECT);
            final StepSeries first = define(engine, DuplicatePolicy.KEEP_FIRST);
            final long[] tickets = {
                publisher.offer(level, 10, 1),
                publisher.offer(level, 10, 1),
                publisher.offer(level, 10, 2),
                publisher.withdraw(level, 10),
                publisher.withdraw(level, 10),
                publisher.offerUnknown(level, 20),
                publisher.offer(once, 10, 1),
                publisher.offer(once, 10, 1),
                publisher.offer(first, 10, 1),
                publisher.offer(first, 10, 2),
                KnownPoint.offer(publisher, level, 30, 1, -1),
            };
            final List<Outcome> outcomes =
                    Arrays.stream(tickets).mapToObj(engine::awaitOutcome).toList();
            assertEquals(
                    List.of(
                            Outcome.APPLIED,
                            Outcome.UNCHANGED,
                            Outcome.APPLIED,
                            Outcome.APPLIED,
                            refused(RefusalReason.NO_SUCH_POINT),
                            Outcome.APPLIED,
                            Outcome.APPLIED,
                            refused(RefusalReason.DUPLICATE),
                            Outcome.APPLIED,
                            Outcome.UNCHANGED,
                            refused(RefusalReason.KNOWLEDGE_DECREASES)),
                    outcomes);
            assertEquals(
                    List.of(tickets[4], tickets[7], tickets[10]),
                    refusals.stream().map(Refusal::ticket).toList());
            assertEquals(refusals, engine.admin().audit().lastRefusals());
        }
    }

    @Test
    void shouldReportTheOutcomeOfABatch() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final StepSeries once = define(engine, DuplicatePolicy.REJECT);
            final Batch batch = engine.publisher().newBatch();
            assertEquals(Outcome.APPLIED, engine.awaitOutcome(commit(batch, level, 1, level, 2)));
            assertEquals(Outcome.APPLIED, engine.awaitOutcome(commit(batch, level, 1, level, 3)));
            assertEquals(Outcome.UNCHANGED, engine.awaitOutcome(commit(batch, level, 1, level, 3)));
            assertEquals(Outcome.APPLIED, engine.awaitOutcome(commit(batch, once, 1, level, 3)));
            final long ticket = commit(batch, level, 4, once, 2);
            assertEquals(refused(RefusalReason.DUPLICATE), engine.awaitOutcome(ticket));
            assertEquals(
                    List.of(ticket, ticket, ticket),
                    refusals.stream().map(Refusal::ticket).toList());
            batch.begin();
            assertEquals(Outcome.UNCHANGED, engine.awaitOutcome(batch.commit()), "no point");
        }
    }

    private static long commit(
            final Batch batch, final StepSeries one, final long value, final StepSeries other, final long otherValue) {
        batch.begin();
        batch.offer(one, 1, value);
        batch.offer(other, 2, otherValue);
        if (other.definition().policies().duplicates() == DuplicatePolicy.REJECT) {
            batch.offer(other, 2, otherValue);
        }
        return batch.commit();
    }

    @Test
    void shouldRememberTheLastTicketsAndForgetOlderOnes() {
        try (Engine engine = TollgateEngine.launch(
                context().threadingMode(ThreadingMode.STEPPED).limits(Limits.DEFAULT.withRingLength(1 << 16)))) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final long[] tickets = new long[3 * KEPT];
            for (int i = 0; i < tickets.length; i++) {
                tickets[i] = engine.publisher().offer(level, i / 2, i / 4);
                engine.awaitApplied(tickets[i]);
            }
            for (int i = tickets.length - KEPT; i < tickets.length; i++) {
                final Outcome expected = i % 2 == 0 ? Outcome.APPLIED : Outcome.UNCHANGED;
                assertEquals(expected, engine.awaitOutcome(tickets[i]), "ticket=" + i);
            }
            for (int i = 0; i < KEPT; i++) {
                assertEquals(Outcome.FORGOTTEN, engine.awaitOutcome(tickets[i]), "ticket=" + i);
            }
        }
    }

    /** Other producers claim at the same time, and the end of the ring is padded. */
    @Test
    void shouldGiveEachProducerTicketsOfItsOwnPoints() throws InterruptedException {
        final int producers = 3;
        final int points = 30_000;
        final Set<Long> tickets = ConcurrentHashMap.newKeySet();
        final Set<String> wrong = ConcurrentHashMap.newKeySet();
        try (Engine engine = TollgateEngine.launch(
                context().refusalHandler(refusal -> {}).limits(Limits.DEFAULT.withRingLength(1 << 12)))) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < producers; i++) {
                final int producer = i;
                threads.add(new Thread(() -> {
                    for (int k = 0; k < points; k++) {
                        final long time = (long) producer * points + k / 2;
                        final boolean isWithdrawal = k % 2 == 0;
                        long ticket = Publisher.BACK_PRESSURED;
                        while (ticket < 0) {
                            ticket = isWithdrawal
                                    ? engine.publisher().withdraw(level, time)
                                    : engine.publisher().offer(level, time, 1);
                        }
                        final Outcome expected = isWithdrawal ? refused(RefusalReason.NO_SUCH_POINT) : Outcome.APPLIED;
                        if (!tickets.add(ticket)
                                || k % 8 < 2 && !engine.awaitOutcome(ticket).equals(expected)) {
                            wrong.add("producer=" + producer + " point=" + k + " ticket=" + ticket);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (final Thread thread : threads) {
                thread.join();
            }
            assertEquals(Set.of(), wrong);
            assertEquals(producers * points, tickets.size());
        }
    }

    @Test
    void shouldWaitForAPointForALimitedTime() {
        final CountDownLatch mayProceed = new CountDownLatch(1);
        try (Engine engine = TollgateEngine.launch(context().refusalHandler(refusal -> {
            try {
                mayProceed.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }))) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final long ticket = engine.publisher().withdraw(level, 1);
            assertFalse(engine.awaitApplied(ticket, Duration.ZERO));
            final long startNs = System.nanoTime();
            assertFalse(engine.awaitApplied(ticket, Duration.ofMillis(20)));
            assertTrue(System.nanoTime() - startNs >= 20_000_000);
            mayProceed.countDown();
            assertTrue(engine.awaitApplied(ticket, Duration.ofDays(100_000)));
            assertTrue(engine.awaitApplied(ticket, Duration.ZERO), "applied already");
        } finally {
            mayProceed.countDown();
        }
    }

    /** With an interval of an hour no force happens meanwhile, stepped or not. */
    @ParameterizedTest
    @CsvSource({
        "true, INTERVAL:3600000, false",
        "false, INTERVAL:3600000, false",
        "true, COMMIT, true",
        "false, COMMIT, true"
    })
    void shouldWaitForTheDiskForALimitedTime(final boolean isStepped, final String level, final boolean isForced) {
        try (Engine engine = TollgateEngine.launch(context()
                .directory(directory)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                .durability(Durability.parse(level)))) {
            final StepSeries series = define(engine, DuplicatePolicy.REVISE);
            final long ticket = engine.publisher().offer(series, 1, 1);
            assertEquals(isForced, engine.awaitDurable(ticket, Duration.ofMillis(isForced ? 60_000 : 20)));
            assertEquals(isForced, engine.isDurable(ticket));
            assertTrue(engine.isApplied(ticket));
        }
    }

    @Test
    void shouldRefuseTimeoutsAndTicketsThatCannotBe() {
        try (Engine engine = TollgateEngine.launch(context())) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            final long ticket = engine.publisher().offer(level, 1, 1);
            for (final Duration timeout : List.of(Duration.ofNanos(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
                final String message = assertThrows(
                                IllegalArgumentException.class, () -> engine.awaitApplied(ticket, timeout))
                        .getMessage();
                assertTrue(message.startsWith("timeout=" + timeout), message);
            }
            for (final long other : new long[] {0, ticket + 8, ticket - 1, Publisher.CLOSED, Long.MAX_VALUE}) {
                assertThrows(IllegalArgumentException.class, () -> engine.awaitOutcome(other), "ticket=" + other);
                assertThrows(IllegalArgumentException.class, () -> engine.awaitApplied(other, Duration.ZERO));
            }
            assertThrows(IllegalStateException.class, () -> engine.awaitDurable(ticket, Duration.ZERO), "in memory");
        }
    }

    @Test
    void shouldRefuseToWaitOnAThreadThatStepsBesideAFullQueue() {
        try (Engine engine = TollgateEngine.launch(context().threadingMode(ThreadingMode.STEPPED))) {
            final StepSeries level = define(engine, DuplicatePolicy.REVISE);
            engine.updates()
                    .subscribe(
                            Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL),
                            new QueueOptions(2, OverflowPolicy.BLOCK));
            engine.advanceTo(1_000);
            engine.publisher().offer(level, 1, 1);
            engine.publisher().offer(level, 2, 2);
            final long ticket = engine.publisher().offer(level, 3, 3);
            assertThrows(IllegalStateException.class, () -> engine.awaitApplied(ticket, Duration.ofMinutes(1)));
        }
    }
}
