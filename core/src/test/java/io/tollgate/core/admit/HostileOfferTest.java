package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.PointSink;
import io.tollgate.api.Publisher;
import io.tollgate.api.admin.ThreadingMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.AnswerText;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Points with random times, values and references, for series of this engine and of others. The publisher takes or
 * refuses each one. The engine applies each taken one or refuses and counts it. A rebuild from the log gives the same
 * answers.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileOfferTest {
    private static final long[] EXTREMES = {
        Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE + 2, -1, 0, 1, Long.MAX_VALUE - 1, Long.MAX_VALUE, 1L << 62
    };
    private static final List<Window> WINDOWS =
            List.of(Window.slidingNs(10), Window.slidingNs(Long.MAX_VALUE), Window.last(3), Window.slidingNs(1L << 62));

    @TempDir
    private Path temporary;

    private final AtomicLong refused = new AtomicLong();
    private Random random;

    @Test
    void shouldTakeOrRefuseAnyPoint() throws IOException {
        offer(4, 400);
    }

    @Test
    @Tag("nightly")
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldTakeOrRefuseManyPoints() throws IOException {
        offer(200, 3_000);
    }

    private void offer(final int rounds, final int offers) throws IOException {
        final long seed = TestSeed.of("HostileOfferTest");
        for (int i = 0; i < rounds; i++) {
            random = new Random(31 * seed + i);
            offer(temporary.resolve("data-" + i), offers, "seed=" + seed + " round=" + i);
        }
    }

    private void offer(final Path data, final int offers, final String what) throws IOException {
        refused.set(0);
        final Path killed = data.resolveSibling(data.getFileName() + ".killed");
        final List<String> answers;
        try (Engine engine = TollgateEngine.launch(context().directory(data));
                Engine other = TollgateEngine.launch(context())) {
            final List<Series> series = series(engine);
            final List<Series> all = new ArrayList<>(series);
            all.add(other.defineStep(SeriesDefinition.step("of.another", Unit.COUNT, 0)));
            final Batch batch = engine.publisher().newBatch();
            long taken = 0;
            for (int i = 0; i < offers; i++) {
                if (random.nextInt(10) > 0) {
                    taken += isTaken(offer(engine.publisher(), any(all))) ? 1 : 0;
                } else if (batch.begin() == 0) {
                    for (int j = random.nextInt(5); j > 0; j--) {
                        offer(batch, any(all));
                    }
                    final int count = batch.pointCount();
                    taken += isTaken(batch.commit()) ? count : 0;
                }
                if (i % 20 == 0) {
                    KnownPoint.apply(engine, (StepSeries) series.get(0), 0, 1, i, 0);
                    taken++;
                }
            }
            KnownPoint.apply(engine, (StepSeries) series.get(0), 0, 1, offers, 0);
            taken++;
            assertEquals(taken, engine.admin().statistics().appliedCount() + refused.get(), what);
            answers = answers(engine, series);
            new DamagedDirectory(data).copyTo(killed);
        }
        try (Engine rebuilt = TollgateEngine.launch(context().directory(killed))) {
            assertEquals(answers, answers(rebuilt, series(rebuilt)), what);
        }
    }

    private EngineContext context() {
        return Lanes.context().threadingMode(ThreadingMode.STEPPED).refusalHandler(refusal -> {
            refused.incrementAndGet();
        });
    }

    private static List<Series> series(final Engine engine) {
        return List.of(
                engine.defineStep(SeriesDefinition.step("level", Unit.COUNT, 0).withWindows(Window.slidingNs(10))),
                engine.defineStep(SeriesDefinition.step("first", Unit.COUNT, 9)
                        .withDuplicates(DuplicatePolicy.KEEP_FIRST)
                        .withWindows(Window.slidingNs(1L << 62))),
                engine.defineFlow(SeriesDefinition.flow("events", Unit.COUNT, 0).withWindows(Window.last(3))),
                engine.defineFlow(SeriesDefinition.flow("sums", Unit.COUNT, 9)
                        .withDuplicates(DuplicatePolicy.SUM)
                        .withWindows(Window.slidingNs(Long.MAX_VALUE))));
    }

    private Series any(final List<Series> series) {
        return series.get(random.nextInt(series.size()));
    }

    private long offer(final PointSink intake, final Series series) {
        final long time = number();
        final long known = random.nextInt(3) > 0 ? random.nextInt(1_000) : number();
        final PointEncoder point =
                intake.point(series).validAt(time).knownAt(known).reference(number());
        return switch (random.nextInt(4)) {
            case 0 -> point.withdraw();
            case 1 -> (series instanceof StepSeries ? point.unknown() : point.value(number())).offer();
            default -> point.value(number()).offer();
        };
    }

    private long number() {
        return switch (random.nextInt(3)) {
            case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
            case 1 -> random.nextLong();
            default -> random.nextInt(100);
        };
    }

    private static boolean isTaken(final long ticket) {
        assertTrue(ticket > 0 || !Publisher.describe(ticket).isEmpty(), "ticket=" + ticket);
        return ticket > 0;
    }

    private static List<String> answers(final Engine engine, final List<Series> series) {
        final AnswerText text = new AnswerText(new TestReader(engine.newReader()));
        final List<String> answers = new ArrayList<>();
        for (final Series one : series) {
            for (final Window window : WINDOWS) {
                for (final long at : new long[] {Instants.MIN, -1, 0, 50, 1L << 62, Instants.MAX}) {
                    answers.add(one.key() + " " + window + " " + at + " " + text.of(one, window, at, Instants.MAX));
                    answers.add(one.key() + " " + window + " " + at + " " + text.of(one, window, at, 500));
                }
            }
        }
        return answers;
    }
}
