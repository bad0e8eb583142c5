package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Batch;
import io.tollgate.api.Engine;
import io.tollgate.api.series.FlowSeries;
import io.tollgate.api.series.SeriesDefinition;
import io.tollgate.api.series.Unit;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.file.DataFile;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.KnownPoint;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.PointCount;
import io.tollgate.core.fixture.Refusals;
import io.tollgate.core.fixture.TestContext;
import io.tollgate.core.manifest.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process copies a directory whose engine makes checkpoints and deletes old log at the worst moments. The copy
 * contains each batch as a whole or not at all, and the copying ends with success or refusal.
 */
class BackupRaceTest {
    private static final int FILL = 1_500;
    private static final long NS_PER_NUMBER = 10_000;

    @TempDir
    private Path temporary;

    @AutoClose
    private Engine engine;

    private Batch batch;
    private FlowSeries left;
    private FlowSeries right;
    private FlowSeries filler;
    private long number;

    @BeforeEach
    void open() {
        engine = TollgateEngine.launch(
                Lanes.stepped(temporary.resolve("data")).checkpoints(CheckpointPolicy.ON_REQUEST.deletingOldLog()));
        batch = engine.publisher().newBatch();
        left = engine.defineFlow(SeriesDefinition.flow("left", Unit.COUNT, 0));
        right = engine.defineFlow(SeriesDefinition.flow("right", Unit.COUNT, 0));
        filler = engine.defineFlow(SeriesDefinition.flow("filler", Unit.COUNT, 0));
        advance();
    }

    static String keyOn(final int number, final String prefix) {
        return prefix + number;
    }

    /** Writes a batch, many points after it, and a checkpoint. */
    private void advance() {
        final long time = NS_PER_NUMBER * number++;
        assertEquals(0, batch.begin());
        KnownPoint.offer(batch, left, time, 1, time, 0);
        KnownPoint.offer(batch, right, time, 1, time, 0);
        engine.awaitApplied(batch.commit());
        for (int i = 1; i <= FILL; i++) {
            final long ticket = KnownPoint.offer(engine.publisher(), filler, time + i, 1, time + i, 0);
            if (i % 64 == 0 || i == FILL) {
                engine.awaitApplied(ticket);
            }
        }
        engine.admin().checkpoint();
    }

    private Path target() {
        return temporary.resolve("backup");
    }

    private void backUp(final HookedFiles files) {
        DirectoryBackup.make(
                InjectedFiles.inject(TestContext.plain().directory(temporary.resolve("data")), files), target());
    }

    /** Returns true if the running copy contains its checkpoint. */
    private boolean isCheckpointCopied() throws IOException {
        return Files.isDirectory(target())
                && !new DataDirectory(target()).checkpoints().isEmpty()
                && Files.exists(
                        new DirectoryFiles(target()).checkpoints().get(0).resolve("seal"));
    }

    @Test
    void shouldHaveNoPartOfABatchWhoseEndWentWhileTheCheckpointWasCopied() {
        final int[] moves = {0};
        backUp(new HookedFiles() {
            @Override
            public DataFile openForRead(final Path file) throws IOException {
                if (moves[0] == 0 && isCheckpointCopied()) {
                    moves[0]++;
                    advance();
                }
                return super.openForRead(file);
            }
        });
        assertEquals(1, moves[0], "checkpoints meanwhile");
        assertEquals(2, number);
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target()).state());
        try (Engine copy = TollgateEngine.launch(Lanes.stepped(target()))) {
            assertEquals(number, PointCount.of(copy, right.key()));
            assertEquals(number, PointCount.of(copy, left.key()), "the other part of the same batches");
            assertEquals(FILL * number, PointCount.of(copy, filler.key()));
        }
    }

    @Test
    void shouldEndIfTheLogIsAlwaysDeletedBeforeTheCopy() throws IOException {
        final int[] attempts = {0};
        final boolean[] wasCopied = {false};
        final HookedFiles files = new HookedFiles() {
            @Override
            public DataFile openForRead(final Path file) throws IOException {
                final boolean isCopied = isCheckpointCopied();
                if (isCopied && !wasCopied[0]) {
                    wasCopied[0] = true;
                    assertTrue(++attempts[0] < 100, "attempts without an end");
                    for (int i = 0; i < 3; i++) {
                        advance();
                    }
                }
                wasCopied[0] = isCopied;
                return super.openForRead(file);
            }
        };
        Refusals.require(
                IllegalStateException.class, () -> backUp(files), "as older segments were deleted", "try again");
        assertEquals(5, attempts[0]);
        requireNothingLeft();
    }

    @Test
    void shouldNotTryAgainIfTheDiskOfTheTargetIsFull() throws IOException {
        final int[] attempts = {0};
        final HookedFiles files = HookedFiles.beforeEach((call, file) -> {
            if (call == HookedFiles.Call.CREATE && file.startsWith(target())) {
                assertTrue(++attempts[0] < 100, "attempts without an end");
                advance();
                throw new IOException("No space left on device");
            }
        });
        final UncheckedIOException refusal = assertThrows(UncheckedIOException.class, () -> backUp(files));
        assertEquals("No space left on device", refusal.getCause().getMessage());
        assertEquals(1, attempts[0]);
        requireNothingLeft();
    }

    private void requireNothingLeft() throws IOException {
        assertFalse(Files.exists(target()));
        assertEquals(
                List.of(number, number),
                List.of(PointCount.of(engine, left.key()), PointCount.of(engine, right.key())));
    }
}
