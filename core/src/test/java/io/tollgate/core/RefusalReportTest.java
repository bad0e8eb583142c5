package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The report on standard error about refusals, if the program has no handler. */
@ResourceLock(Resources.SYSTEM_ERR)
class RefusalReportTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long TIME = Instants.parse("2025-04-10T04:01:00Z");

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final AtomicLong nanoTime = new AtomicLong();

    @AfterEach
    void restore() {
        System.setErr(standardError);
    }

    private Engine launch(final EngineContext context) {
        System.setErr(new PrintStream(recorded, true, StandardCharsets.UTF_8));
        return TollgateEngine.launch(context.clockMode(ClockMode.KNOWLEDGE)
                .threadingMode(ThreadingMode.STEPPED)
                .nanoClock(nanoTime::get));
    }

    private static StepSeries rejecting(final Engine engine) {
        return engine.defineStep(
                SeriesDefinition.step("tariff.cn", Unit.PERCENT, 2).withDuplicates(DuplicatePolicy.REJECT));
    }

    private static void offer(final Engine engine, final StepSeries series, final long known) {
        KnownPoint.apply(engine, series, TIME, 14_500, known, 7);
    }

    private List<String> lines() {
        return recorded.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldReportTheFirstOfAReasonAtOnceInOneLine() {
        try (Engine engine = launch(TestContext.plain())) {
            final StepSeries rate = rejecting(engine);
            offer(engine, rate, TIME);
            assertEquals(List.of(), lines());
            offer(engine, rate, TIME + SECOND_NS);
            assertEquals(
                    List.of("tollgate: refused DUPLICATE series=tariff.cn time=2025-04-10T04:01:00Z value=145"
                            + " knowledgeTime=2025-04-10T04:01:01Z reference=7, expected no second point at that"
                            + " instant"
                            + " under REJECT: withdraw the first, or declare REVISE; more are counted: set"
                            + " EngineContext.refusalHandler to receive each"),
                    lines());
        }
    }

    @Test
    void shouldReportCountsOnceASecondAndTheRestAtTheEnd() {
        try (Engine engine = launch(TestContext.plain())) {
            final StepSeries rate = rejecting(engine);
            for (int i = 0; i < 10; i++) {
                offer(engine, rate, TIME);
            }
            assertEquals(1, lines().size());
            nanoTime.addAndGet(SECOND_NS);
            engine.step();
            assertEquals("tollgate: refused since then: 8 DUPLICATE", lines().get(1));
            offer(engine, rate, TIME);
            engine.awaitApplied(
                    engine.publisher().point(rate).validAt(5).knownAt(TIME).withdraw());
            engine.awaitApplied(
                    engine.publisher().point(rate).validAt(6).knownAt(TIME).withdraw());
            assertEquals(3, lines().size());
            assertTrue(
                    lines().get(2).startsWith("tollgate: refused NO_SUCH_POINT series=tariff.cn "), recorded::toString);
            nanoTime.addAndGet(SECOND_NS - 1);
            engine.step();
            assertEquals(3, lines().size());
            nanoTime.addAndGet(1);
            engine.step();
            assertEquals("tollgate: refused since then: 1 DUPLICATE, 1 NO_SUCH_POINT", lines().get(3));
            nanoTime.addAndGet(10 * SECOND_NS);
            engine.step();
            assertEquals(4, lines().size());
            offer(engine, rate, TIME);
            nanoTime.addAndGet(-5 * SECOND_NS);
            offer(engine, rate, TIME);
        }
        final List<String> lines = lines();
        assertEquals(
                2,
                lines.subList(4, lines.size()).stream()
                        .mapToInt(RefusalReportTest::count)
                        .sum());
    }

    private static int count(final String line) {
        return Integer.parseInt(line.replaceAll("tollgate: refused since then: ([0-9]+) DUPLICATE", "$1"));
    }

    /** Each reason has a text, even if the point has neither a knowledge time nor a reference. */
    @Test
    void shouldReportABatchAndAMissingKnowledgeTime() {
        try (Engine engine = launch(TestContext.plain())) {
            final FlowSeries events = engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0));
            final Batch batch = engine.publisher().newBatch();
            batch.begin();
            KnownPoint.offer(batch, events, TIME, 1, TIME);
            batch.offer(events, TIME, 2);
            engine.awaitApplied(batch.commit());
            final List<String> lines = lines();
            assertEquals(2, lines.size());
            assertTrue(lines.get(0).startsWith("tollgate: refused BATCH_REFUSED series=events "), recorded::toString);
            assertTrue(
                    lines.get(1)
                            .startsWith("tollgate: refused KNOWLEDGE_MISSING series=events time=2025-04-10T04:01:00Z"
                                    + " value=2 knowledgeTime=none reference=none, expected a knowledge time"),
                    recorded::toString);
        }
    }

    @Test
    void shouldSayNothingIfTheProgramHasAHandler() {
        final AtomicLong refused = new AtomicLong();
        final EngineContext context = TestContext.plain().refusalHandler(refusal -> refused.incrementAndGet());
        try (Engine engine = launch(context)) {
            final StepSeries rate = rejecting(engine);
            offer(engine, rate, TIME);
            offer(engine, rate, TIME);
        }
        assertEquals(1, refused.get());
        assertEquals(List.of(), lines());
    }

    /** Standard error may be on the same full disk that causes the refusals. */
    @Test
    void shouldContinueIfStandardErrorTakesNothing(@TempDir final Path directory) {
        try (Engine engine = launch(TestContext.plain().directory(directory))) {
            System.setErr(new PrintStream(
                    new OutputStream() {
                        @Override
                        public void write(final int b) throws IOException {
                            throw new IOException("No space left on device");
                        }
                    },
                    true));
            final StepSeries rate = rejecting(engine);
            offer(engine, rate, TIME);
            offer(engine, rate, TIME);
            KnownPoint.apply(engine, rate, TIME + 1, 1, TIME);
            assertEquals(2, engine.admin().statistics().appliedCount());
        }
    }

    /** The reader of standard error has stopped reading. */
    @Test
    void shouldNotHoldTheEngineUpIfStandardErrorBlocks() throws InterruptedException {
        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        System.setErr(new PrintStream(new OutputStream() {
            @Override
            public void write(final int b) throws IOException {
                blocked.countDown();
                try {
                    released.await();
                } catch (final InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }));
        try (Engine engine = TollgateEngine.launch(TestContext.of(ClockMode.KNOWLEDGE))) {
            final StepSeries rate = rejecting(engine);
            offer(engine, rate, TIME);
            offer(engine, rate, TIME);
            blocked.await();
            offer(engine, rate, TIME);
            KnownPoint.apply(engine, rate, TIME + 1, 1, TIME);
            assertEquals(2, engine.admin().statistics().appliedCount());
            released.countDown();
        } finally {
            released.countDown();
        }
    }
}
