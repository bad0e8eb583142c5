package io.tollgate.core.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.fixture.TestEffort;
import io.tollgate.core.fixture.TestSeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread is interrupted while it releases a lock. At each moment the lock becomes free and has no owner. */
class InterruptedLockTest {
    private static final int ROUNDS = 300;
    private static final int MOST_TURNS = 4_000;

    @TempDir
    private Path directory;

    /** Releases the lock on a thread of its own, and reports whether the thread was interrupted then. */
    private static final class Closing {
        private final FutureTask<Boolean> closing;
        private final Thread thread;

        Closing(final DirectoryLock lock) {
            closing = new FutureTask<>(() -> {
                lock.close();
                return Thread.interrupted();
            });
            thread = new Thread(closing, "closing");
            thread.start();
        }

        boolean wasInterrupted() throws InterruptedException, ExecutionException {
            return closing.get();
        }
    }

    private void requireFree(final String what) throws IOException {
        assertEquals("", Files.readString(directory.resolve(DirectoryLock.FILE_NAME)), what);
        assertEquals(Optional.empty(), DirectoryLock.livingOwner(directory), what);
        DirectoryLock.acquire(directory).close();
    }

    /** Another thread locks another directory, for example, and waits for the disk. */
    @Test
    void shouldReleaseTheLockIfInterruptedWhileItWaits() throws Exception {
        final DirectoryLock lock = DirectoryLock.acquire(directory);
        final Closing closing;
        synchronized (DirectoryLock.class) {
            closing = new Closing(lock);
            while (closing.thread.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
            }
            closing.thread.interrupt();
        }
        assertTrue(closing.wasInterrupted(), "the interrupt was swallowed");
        requireFree("interrupted while it waited");
    }

    @Test
    void shouldReleaseTheLockIfInterruptedAtAnyTime() throws Exception {
        final Random random = new Random(TestSeed.of("InterruptedLockTest"));
        for (int round = 0; round < TestEffort.times(ROUNDS); round++) {
            final Closing closing = new Closing(DirectoryLock.acquire(directory));
            for (int turns = random.nextInt(MOST_TURNS); turns > 0; turns--) {
                Thread.onSpinWait();
            }
            closing.thread.interrupt();
            closing.wasInterrupted();
            requireFree("round=" + round);
        }
    }
}
