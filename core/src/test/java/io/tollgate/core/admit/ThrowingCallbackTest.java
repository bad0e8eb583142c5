package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.RefusalReason;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.watch.OverflowPolicy;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Registration;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Levels;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An exception of the program's handlers goes to the error handler. The engine continues and closes normally. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThrowingCallbackTest {
    private static final int SERIES = 6;

    /** The exceptions include checked ones, which other JVM languages throw undeclared. */
    private enum Thrown {
        UNCHECKED(new IllegalArgumentException("callback=broken")),
        CHECKED(new IOException("callback=broken")),
        FAILED_ASSERTION(new AssertionError("callback=broken")),
        STACK_OVERFLOW(new StackOverflowError("callback=broken"));

        private final Throwable thrown;

        Thrown(final Throwable thrown) {
            this.thrown = thrown;
        }

        void raise() {
            Thrown.<RuntimeException>sneak(thrown);
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(final Throwable any) throws T {
            throw (T) any;
        }
    }

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new CopyOnWriteArrayList<>();

    private EngineContext context(final Thrown thrown, final boolean isStepped) {
        return TestContext.of(ClockMode.MANUAL)
                .directory(directory)
                .threadingMode(isStepped ? ThreadingMode.STEPPED : ThreadingMode.OWN_THREADS)
                .logSegmentLength(1 << 16)
                .errorHandler(errors::add)
                .refusalHandler(refusal -> thrown.raise());
    }

    private static Stream<Arguments> refusals() {
        return Stream.of(Thrown.values())
                .flatMap(thrown -> Stream.of(Arguments.of(thrown, true), Arguments.of(thrown, false)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void shouldContinueIfARefusalHandlerThrows(final Thrown thrown, final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(context(thrown, isStepped))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Publisher publisher = engine.publisher();
            for (final StepSeries series : all) {
                KnownPoint.offer(publisher, series, 1, 1, 100);
                KnownPoint.offer(publisher, series, 2, 1, 50);
                engine.awaitApplied(KnownPoint.offer(publisher, series, 3, 1, 150));
            }
            requireGoneOn(engine, thrown, Map.of(RefusalReason.KNOWLEDGE_DECREASES, (long) SERIES), 2);
        }
        requireClosedCleanly(2);
    }

    /** One point is refused, and with it all other points of its batch. */
    @ParameterizedTest
    @MethodSource("refusals")
    void shouldContinueIfARefusalHandlerThrowsInABatch(final Thrown thrown, final boolean isStepped) {
        try (Engine engine = TollgateEngine.launch(context(thrown, isStepped))) {
            final List<StepSeries> all = Levels.define(engine, SERIES);
            final Batch batch = engine.publisher().newBatch();
            engine.awaitApplied(commit(batch, all, 1, 100));
            assertEquals(0, batch.begin());
            for (final StepSeries series : all) {
                final long knowledgeTime = series == all.get(SERIES - 1) ? 50 : 120;
                assertTrue(KnownPoint.offer(batch, series, 2, 1, knowledgeTime) > 0);
            }
            engine.awaitApplied(batch.commit());
            engine.awaitApplied(commit(batch, all, 3, 150));
            requireGoneOn(
                    engine,
                    thrown,
                    Map.of(RefusalReason.KNOWLEDGE_DECREASES, 1L, RefusalReason.BATCH_REFUSED, SERIES - 1L),
                    2);
        }
        requireClosedCleanly(2);
    }

    private static long commit(
            final Batch batch, final List<StepSeries> all, final long validTime, final long knowledgeTime) {
        assertEquals(0, batch.begin());
        for (final StepSeries series : all) {
            assertTrue(KnownPoint.offer(batch, series, validTime, 1, knowledgeTime) > 0);
        }
        return batch.commit();
    }

    private void requireGoneOn(
            final Engine engine, final Thrown thrown, final Map<RefusalReason, Long> refused, final long pointCount) {
        assertEquals(refused, engine.admin().statistics().refusedCounts());
        for (int i = 0; i < SERIES; i++) {
            assertEquals(pointCount, PointCount.of(engine, "level." + i));
        }
        assertEquals(SERIES, errors.size());
        errors.forEach(error -> assertEquals(thrown.thrown, error));
    }

    private void requireClosedCleanly(final long pointCount) {
        try (Engine reopened = TollgateEngine.launch(context(Thrown.UNCHECKED, true))) {
            assertEquals(0, reopened.admin().statistics().appliedCount(), "the close was a clean one");
            for (int i = 0; i < SERIES; i++) {
                assertEquals(pointCount, PointCount.of(reopened, "level." + i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Thrown.class)
    void shouldContinueIfAListenerThrows(final Thrown thrown) {
        final Registration listening;
        try (Engine engine = TollgateEngine.launch(context(thrown, false))) {
            final StepSeries level = Levels.define(engine, SERIES).get(0);
            listening = engine.updates()
                    .subscribe(
                            Subscription.of("levels", "level.0").withMetrics(WatchedMetric.LEVEL),
                            QueueOptions.DEFAULT,
                            update -> thrown.raise());
            engine.advanceTo(SERIES);
            for (int i = 1; i <= SERIES; i++) {
                engine.awaitApplied(engine.publisher().offer(level, i, i));
            }
        }
        assertEquals(SERIES, listening.failureCount());
        assertEquals(SERIES, errors.size());
        errors.forEach(error -> assertEquals(thrown.thrown, error));
    }

    /**
     * An {@code AgentTerminationException} of a handler must not count as a requested end, because no thread would run
     * then.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFailIfTheErrorHandlerAsksForAnEnd(final boolean isStepped) {
        final TollgateEngine engine =
                TollgateEngine.launch(context(Thrown.UNCHECKED, isStepped).errorHandler(error -> {
                    throw new AgentTerminationException("handler");
                }));
        try {
            final StepSeries level = Levels.define(engine, SERIES).get(0);
            engine.updates()
                    .subscribe(
                            Subscription.of("levels", "level.0").withMetrics(WatchedMetric.LEVEL),
                            new QueueOptions(2, OverflowPolicy.BLOCK),
                            update -> Thrown.UNCHECKED.raise());
            engine.advanceTo(1_000);
            assertThrows(RuntimeException.class, () -> {
                for (int i = 1; i <= 100; i++) {
                    engine.awaitApplied(engine.publisher().offer(level, i, i));
                }
            });
        } finally {
            try {
                engine.close();
            } catch (final AgentTerminationException e) {
                assertEquals("handler", e.getMessage());
            }
        }
        // A stepped engine throws to its caller, who decides whether to continue.
        assertEquals(isStepped, engine.health().failure().isEmpty());
    }
}
