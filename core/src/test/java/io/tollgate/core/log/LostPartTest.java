package io.tollgate.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.read.WindowReading;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.StepSeries;
import io.tollgate.api.series.Unit;
import io.tollgate.api.series.Window;
import io.tollgate.core.TestReader;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.directory.DirectoryCheck;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.report.Loss;
import io.tollgate.core.report.RecoveryReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log has lost a part, and a reader counts the rest. */
class LostPartTest {
    private static final long LAST = 999_999;

    @TempDir
    private Path directory;

    private Path data;
    private Path killed;
    private Engine engine;
    private StepSeries series;

    @BeforeEach
    void launch() {
        data = directory.resolve("data");
        killed = directory.resolve("killed");
        engine = launch(data);
        series = define("series");
    }

    private static Engine launch(final Path data) {
        return TollgateEngine.launch(TestContext.stepped(ClockMode.MANUAL, data).logSegmentLength(1 << 16));
    }

    private StepSeries define(final String key) {
        return engine.defineStep(SeriesDefinition.step(key, Unit.COUNT, 0));
    }

    private void offer(final StepSeries series, final int from, final int to) {
        for (int i = from; i <= to; i++) {
            engine.awaitApplied(engine.publisher().offer(series, i, i));
        }
    }

    private void kill() throws IOException {
        LogFrame.copy(data, killed);
        engine.close();
    }

    private int frameCount() throws IOException {
        return LogFrame.of(data).size();
    }

    static long count(final Engine engine, final StepSeries series) {
        final TestReader reader = new TestReader(engine.newReader());
        final WindowReading reading = reader.window(
                (StepSeries) engine.series().find(series.key()).orElseThrow(), Window.slidingNs(LAST), LAST);
        return reading.count();
    }

    static RecoveryReport recover(final Path path) {
        final RecoveryReport report =
                InPlaceRecovery.recover(TestContext.plain().directory(path));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(path).state());
        return report;
    }

    /** Requires a count after an opening, a kill, and another opening. */
    private void requireCount(final long count) throws IOException {
        final Path again = directory.resolve("again");
        try (Engine opened = launch(killed)) {
            assertEquals(count, count(opened, series));
            LogFrame.copy(killed, again);
        }
        try (Engine opened = launch(again)) {
            assertEquals(count, count(opened, series), "killed once more");
        }
    }

    /** A loss begins before a checkpoint and includes, after it, the definition of a series with later points. */
    @Test
    void shouldBeRecoveredIfALossReachesAcrossACheckpoint() throws IOException {
        offer(series, 1, 10);
        final int from = frameCount();
        offer(series, 11, 15);
        engine.admin().checkpoint();
        final StepSeries late = define("late");
        final int to = frameCount();
        offer(late, 1, 10);
        offer(series, 16, 20);
        final List<LogFrame> frames = LogFrame.of(data);
        kill();
        for (final LogFrame frame : frames.subList(from, to)) {
            frame.damage(killed);
        }
        assertEquals(10, recover(killed).contents().orphanedCount());
        requireCount(20);
    }

    /** One of a batch's three frames is damaged. The rest of the batch survives, and the report lists the loss. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldKeepOfABatchWhatIsNotLost(final int damaged) throws IOException {
        final int points = 3_000;
        offer(series, 1, 1);
        final int first = frameCount();
        final Batch batch = engine.publisher().newBatch();
        batch.begin();
        for (int i = 0; i < points; i++) {
            batch.offer(series, 10 + i, i);
        }
        engine.awaitApplied(batch.commit());
        final List<LogFrame> frames = LogFrame.of(data);
        assertEquals(first + 3, frames.size());
        offer(series, 100_000, 100_000);
        kill();
        frames.get(first + damaged).damage(killed);
        final Loss loss = recover(killed).losses().get(0);
        // The start and the end of the batch are operations, too.
        final long bounds = damaged == 1 ? 0 : 1;
        requireCount(2 + points - (loss.lastSequence() - loss.firstSequence() + 1 - bounds));
    }
}
