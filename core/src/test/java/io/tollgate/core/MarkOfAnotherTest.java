package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.Engine;
import io.tollgate.api.FlowSeries;
import io.tollgate.api.SeriesDefinition;
import io.tollgate.api.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A mark or a checkpoint of another data directory says nothing of a log, even if its own log goes further. All values
 * are 1, so what is left is counted.
 */
class MarkOfAnotherTest {
    private static final String KEY = "events";

    @TempDir
    private Path temporary;

    /** A directory with so many points and a checkpoint behind some of them, closed, or as a kill leaves it. */
    private Path fill(final String name, final boolean isClosed, final int pointCount, final int checkpoint)
            throws IOException {
        final Path directory = temporary.resolve(name);
        final Path killed = temporary.resolve(name + "-killed");
        try (Engine engine =
                TollgateEngine.launch(DamagedDirectory.context(directory).checkpoints(CheckpointPolicy.ON_REQUEST))) {
            final FlowSeries series = engine.defineFlow(SeriesDefinition.flow(KEY, Unit.COUNT, 0));
            for (int i = 1; i <= pointCount; i++) {
                engine.awaitApplied(engine.publisher().offer(series, i, 1));
                if (i == checkpoint) {
                    engine.checkpoint();
                }
            }
            new DamagedDirectory(directory).copyTo(killed);
        }
        return isClosed ? directory : killed;
    }

    private static void open(final Path directory) {
        TollgateEngine.launch(DamagedDirectory.context(directory)).close();
    }

    private static RecoveryReport recover(final Path directory) {
        return DirectoryRecovery.recover(DamagedDirectory.context(directory));
    }

    private static void requireRecovered(final Path directory, final int pointCount) {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        final RecoveryReport report = recover(directory);
        assertFalse(report.isPromiseBroken(), () -> report.lines().toString());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        try (Engine engine = TollgateEngine.launch(DamagedDirectory.context(directory))) {
            assertEquals(pointCount, PointCount.of(engine, KEY));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, positions",
        "false, checkpoint/clean",
        "false, checkpoint",
        "true, checkpoint/clean",
        "true, checkpoint"
    })
    void shouldGoOnWithoutThatOfADirectoryThatIsFurtherOn(final boolean isClosed, final String mark)
            throws IOException {
        final Path own = fill("own", isClosed, 3_000, 2_000);
        final Path other = fill("other", isClosed, 5_000, 4_000);
        DamagedDirectory.put(
                other.resolve("shard-0").resolve(mark), own.resolve("shard-0").resolve(mark));
        assertThrows(IllegalStateException.class, () -> open(own));
        requireRecovered(own, 3_000);
    }

    /** A store that was closed is all that has what the log has lost. */
    @Test
    void shouldKeepTheStoreThatWasClosed() throws IOException {
        final Path own = fill("own", true, 3_000, 0);
        final Path other = fill("other", true, 5_000, 4_000);
        Files.delete(own.resolve("shard-0/log/log-0000000000000001.seg"));
        assertFalse(recover(own).isPromiseBroken());
        DamagedDirectory.put(other.resolve("shard-0/checkpoint/clean"), own.resolve("shard-0/checkpoint/clean"));
        requireRecovered(own, 3_000);
    }
}
