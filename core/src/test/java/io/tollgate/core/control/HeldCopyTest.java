package io.tollgate.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.Lanes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of an engine continue during a checkpoint or a backup, however slow the disk is. */
class HeldCopyTest {
    private static final int BEFORE = 100;
    private static final int ALL = 300;
    private static final int TIMEOUT_S = 60;

    @TempDir
    private Path temporary;

    /** Blocks the thread that renames a copy. */
    private static final class HoldingFiles extends HookedFiles {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final String name;

        HoldingFiles(final String name) {
            this.name = name;
        }

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (call == Call.RENAME && file.getFileName().toString().startsWith(name)) {
                held.countDown();
                try {
                    assertTrue(released.await(TIMEOUT_S, TimeUnit.SECONDS), "the copy was held for too long");
                } catch (final InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private interface Copy {
        void make(Engine engine);
    }

    @Test
    void shouldApplyAndAnswerWhileACheckpointIsMade() throws Exception {
        requireProgress("seal.new", engine -> engine.admin().checkpoint());
    }

    @Test
    void shouldApplyAndAnswerWhileABackupIsMade() throws Exception {
        requireProgress("seal.new", engine -> engine.admin().backup(temporary.resolve("backup")));
    }

    private void requireProgress(final String name, final Copy copy) throws Exception {
        final HoldingFiles files = new HoldingFiles(name);
        try (Engine engine = TollgateEngine.launch(
                InjectedFiles.inject(Lanes.context().directory(temporary.resolve("data")), files))) {
            final Lanes lanes = new Lanes(engine, 2);
            lanes.feed(0, 0, BEFORE);
            try {
                final CompletableFuture<Void> copying = CompletableFuture.runAsync(() -> copy.make(engine));
                assertTrue(files.held.await(TIMEOUT_S, TimeUnit.SECONDS), "no copy was given its name");
                final CompletableFuture<Long> feeding = CompletableFuture.supplyAsync(() -> {
                    lanes.feed(0, BEFORE, ALL);
                    return Lanes.numberIn(engine, 0);
                });
                assertEquals(ALL, feeding.get(TIMEOUT_S, TimeUnit.SECONDS));
                assertFalse(copying.isDone(), "the copy was not held");
                files.released.countDown();
                copying.get(TIMEOUT_S, TimeUnit.SECONDS);
            } finally {
                files.released.countDown();
            }
        }
    }
}
