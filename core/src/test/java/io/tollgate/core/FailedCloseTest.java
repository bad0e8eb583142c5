package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.store.FailingSync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The disk refuses something while an engine is closed: the close says so, does not call the directory closed cleanly,
 * and the next engine has all that there was.
 */
class FailedCloseTest {
    private static final int LANES = 2;
    private static final int OPERATIONS = 20;
    private static final int SHARDS = 2;
    private static final int CHAINS = 5;

    @TempDir
    private Path temporary;

    private int written;

    /** The files of a disk that refuses one call, from when it is told to. */
    private static final class RefusingFiles extends HookedFiles {
        private int left = Integer.MAX_VALUE;
        private boolean hasRefused;

        @Override
        void before(final Call call, final Path file) throws IOException {
            if (call != Call.DELETE && left-- == 0) {
                hasRefused = true;
                throw new IOException("Input/output error");
            }
        }
    }

    private EngineContext context() {
        return Lanes.context(SHARDS).directory(temporary.resolve("data")).stepped(true);
    }

    /** An engine that has all that was written, and a little more. */
    private Engine write(final EngineContext context) {
        final Engine engine = TollgateEngine.launch(context);
        final Lanes lanes = new Lanes(engine, LANES);
        for (int lane = 0; lane < LANES; lane++) {
            assertEquals(written, Lanes.numberIn(engine, lane), "lane=" + lane);
            lanes.feed(lane, written, written + OPERATIONS);
        }
        Lanes.requireSame(engine, LANES, "written=" + written);
        written += OPERATIONS;
        return engine;
    }

    private void requireRefused(final Engine engine, final String told, final String what) {
        final Throwable failure = assertThrows(UncheckedIOException.class, engine::close, what);
        assertTrue(failure.getMessage().contains(told), () -> what + ": " + failure);
        engine.close();
        final DirectoryCheck check = DirectoryCheck.of(temporary.resolve("data"));
        assertEquals(DirectoryCheck.State.NEEDS_RECOVERY, check.state(), () -> what + ": " + check);
    }

    private void requireClosed() {
        assertEquals(
                DirectoryCheck.State.SOUND,
                DirectoryCheck.of(temporary.resolve("data")).state());
        write(context()).close();
    }

    @Test
    void shouldNotBeCleanWhereAMapIsNotForced() {
        final int all = SHARDS * CHAINS;
        for (int k = 0; k < all; k += 3) {
            final Engine engine = write(context());
            try (FailingSync disk = new FailingSync(k)) {
                requireRefused(engine, "; check the disk", "msync=" + k);
                assertTrue(disk.hasFailed());
            }
            // What was not written may be gone from memory, too.
            final IllegalStateException refusal = assertThrows(
                    IllegalStateException.class,
                    () -> DirectoryView.open(temporary.resolve("data")).close());
            assertTrue(refusal.getMessage().contains("shard-" + k / CHAINS), refusal::getMessage);
        }
        final Engine engine = write(context());
        try (FailingSync disk = new FailingSync(all)) {
            engine.close();
            assertFalse(disk.hasFailed(), "there are more than a map of each chain of each shard");
        }
        requireClosed();
    }

    @Test
    void shouldNotBeCleanWhereTheLogIsNotForced() {
        boolean hasFailed = true;
        int failures = -1;
        for (int k = 0; hasFailed; k++) {
            final RefusingFiles files = new RefusingFiles();
            final Engine engine = write(context().fileAccess(files));
            files.left = k;
            if (k < SHARDS) {
                requireRefused(engine, "check the disk", "call=" + k);
            } else {
                engine.close();
            }
            hasFailed = files.hasRefused;
            failures++;
        }
        assertEquals(SHARDS, failures, "the log of each shard");
        requireClosed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"clean.new", "subscriptions"})
    void shouldNotBeCleanWhereAFileOfTheCloseIsNotWritten(final String name) throws IOException {
        final Engine engine = write(context());
        final Path obstacle = temporary.resolve("data/shard-1").resolve(name);
        Files.createDirectories(obstacle.resolve("in"));
        requireRefused(engine, "file=" + obstacle.resolveSibling(name.replace(".new", "")), name);
        try (Stream<Path> files = Files.list(temporary.resolve("data/shard-1"))) {
            assertFalse(files.anyMatch(file -> file.endsWith("clean")), name);
        }
        assertTrue(Files.exists(temporary.resolve("data/shard-0/clean")), "nothing was wrong with that shard");
        Files.delete(obstacle.resolve("in"));
        Files.delete(obstacle);
        write(context()).close();
        requireClosed();
    }
}
