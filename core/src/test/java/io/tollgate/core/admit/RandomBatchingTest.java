package io.tollgate.core.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.PointEncoder;
import io.tollgate.api.PointSink;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.EngineContext;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.oracle.CurrentPoints;
import io.tollgate.core.oracle.Twin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same points and withdrawals give the same bits one by one and in random batches. A replay of the log of the
 * batches gives them too.
 */
class RandomBatchingTest {
    private static final int SERIES = 20;
    private static final int OPERATIONS = 5_000;
    private static final int SPREAD = 300;
    private static final Window[] WINDOWS = {
        Window.slidingNs(30), Window.slidingNs(111), Window.slidingNs(400), Window.last(5), Window.since(-20)
    };

    private final long seed = TestSeed.of("random batching");
    private final Random random = new Random(seed);

    @TempDir
    Path directory;

    private record Operation(int series, boolean isWithdrawal, long time, long value, long known, long reference) {}

    @Test
    void shouldGiveTheSameBitsInAnyBatches() {
        final List<SeriesDefinition> definitions = definitions();
        final List<Operation> operations = operations(definitions);
        final List<String> expected;
        try (Engine engine = TollgateEngine.launch(TestContext.stepped(ClockMode.KNOWLEDGE))) {
            final List<Series> all = define(engine, definitions);
            for (final Operation operation : operations) {
                while (put(engine.publisher(), all, operation) < 0) {
                    engine.step();
                }
            }
            settle(engine);
            expected = answers(engine, all);
        }
        final Path data = directory.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final List<Series> all = define(engine, definitions);
            final long batchCount = feed(engine, all, operations);
            settle(engine);
            assertEquals(0, engine.admin().statistics().refusedCounts().size(), () -> "seed=" + seed);
            assertEquals(batchCount, engine.admin().statistics().batchCounts().applied(), () -> "seed=" + seed);
            assertEquals(expected, answers(engine, all), () -> "seed=" + seed);
        }
        new DirectoryFiles(data).markNotClosed();
        try (Engine engine = TollgateEngine.launch(context(data))) {
            final List<Series> all = definitions.stream()
                    .map(definition -> engine.series().find(definition.key()).orElseThrow())
                    .toList();
            assertEquals(expected, answers(engine, all), () -> "replayed, seed=" + seed);
        }
    }

    private static EngineContext context(final Path data) {
        return TestContext.stepped(ClockMode.KNOWLEDGE, data).logSegmentLength(1 << 16);
    }

    private static void settle(final Engine engine) {
        while (engine.step() > 0) {
            Thread.onSpinWait();
        }
    }

    private List<SeriesDefinition> definitions() {
        final List<SeriesDefinition> definitions = new ArrayList<>();
        for (int i = 0; i < SERIES; i++) {
            final SeriesDefinition plain = i % 2 == 0
                    ? SeriesDefinition.step("level." + i, Unit.PERCENT, 2)
                    : SeriesDefinition.flow("events." + i, Unit.COUNT, 0);
            final SeriesDefinition definition = i % 4 == 3 ? plain.withDuplicates(DuplicatePolicy.SUM) : plain;
            definitions.add(i % 3 == 0 ? definition : definition.withWindows(WINDOWS[0], WINDOWS[1]));
        }
        return definitions;
    }

    private static List<Series> define(final Engine engine, final List<SeriesDefinition> definitions) {
        return definitions.stream()
                .map(definition -> Twin.define(engine, definition))
                .toList();
    }

    /** Makes only operations that are not refused: each withdrawn point exists. */
    private List<Operation> operations(final List<SeriesDefinition> definitions) {
        final List<CurrentPoints> current =
                definitions.stream().map(CurrentPoints::new).toList();
        final List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            final int series = random.nextInt(SERIES);
            final long time = random.nextInt(SPREAD) - SPREAD / 2;
            final long reference = random.nextInt(3);
            final boolean isWithdrawal =
                    random.nextInt(4) == 0 && current.get(series).canWithdraw(time, reference);
            final long value = random.nextInt(1_000);
            if (isWithdrawal) {
                current.get(series).withdraw(time, reference);
            } else {
                current.get(series).put(time, value, i, reference);
            }
            operations.add(new Operation(series, isWithdrawal, time, value, i, reference));
        }
        return operations;
    }

    /** Offers all operations, some of them in batches. Returns the number of batches. */
    private long feed(final Engine engine, final List<Series> all, final List<Operation> operations) {
        final Batch batch = engine.publisher().newBatch();
        long batchCount = 0;
        int i = 0;
        while (i < operations.size()) {
            final int length = 1 + (random.nextInt(4) == 0 ? random.nextInt(600) : random.nextInt(20));
            final int end = Math.min(operations.size(), i + length);
            if (random.nextBoolean()) {
                while (batch.begin() < 0) {
                    engine.step();
                }
                while (i < end) {
                    assertTrue(put(batch, all, operations.get(i++)) > 0);
                }
                while (batch.commit() < 0) {
                    engine.step();
                }
                batchCount++;
            }
            while (i < end) {
                if (put(engine.publisher(), all, operations.get(i)) > 0) {
                    i++;
                } else {
                    engine.step();
                }
            }
        }
        return batchCount;
    }

    private static long put(final PointSink intake, final List<Series> all, final Operation operation) {
        final PointEncoder point = intake.point(all.get(operation.series()))
                .validAt(operation.time())
                .knownAt(operation.known())
                .reference(operation.reference());
        return operation.isWithdrawal()
                ? point.withdraw()
                : point.value(operation.value()).offer();
    }

    private List<String> answers(final Engine engine, final List<Series> all) {
        final Random questions = new Random(seed);
        final TestReader reader = new TestReader(engine.newReader());
        final List<String> answers = new ArrayList<>();
        for (final Series series : all) {
            for (int i = 0; i < 15; i++) {
                final Window window = WINDOWS[questions.nextInt(WINDOWS.length)];
                answers.add(ArrivalOrderTest.bits(reader, series, window, questions.nextInt(2 * SPREAD) - SPREAD));
            }
        }
        answers.add(Long.toString(engine.now()));
        assertTrue(answers.size() > 15 * SERIES && Instants.NONE < engine.now());
        return answers;
    }
}
