package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.faults.FileDamage;
import io.tollgate.core.faults.HookedFiles;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.TestSeed;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.open.ForeignLogTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recovery that fails on a disk error leaves its source unchanged and the target empty. The next recovery reports the
 * loss.
 */
class FailedRecoveryTest {
    @TempDir
    private Path temporary;

    /** A disk that refuses one modifying call. */
    private static final class RefusingDisk extends HookedFiles {
        private int left;

        RefusingDisk(final int callsBefore) {
            left = callsBefore;
        }

        @Override
        public void before(final Call call, final Path file) throws IOException {
            if (left-- == 0) {
                throw new IOException("Input/output error " + call + " " + file);
            }
        }

        boolean hasRefused() {
            return left < 0;
        }
    }

    @Test
    void shouldLeaveTheSourceAndAnEmptyTarget() throws IOException {
        failAtEach(7);
    }

    @Test
    @Tag("ci")
    void shouldLeaveTheSourceUnchangedAndTheTargetEmptyAfterAnyFailure() throws IOException {
        failAtEach(1);
    }

    private void failAtEach(final int step) throws IOException {
        final Path source = temporary.resolve("killed");
        final Path target = temporary.resolve("target");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(temporary.resolve("open"))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(temporary.resolve("open")).copyTo(source);
        }
        final Path segment = ForeignLogTest.usedSegments(source).get(1);
        FileDamage.flip(segment, FileDamage.usedLength(segment) - 100, 1);
        final Map<String, byte[]> before = contents(source);
        int failures = 0;
        int next = new Random(TestSeed.of("FailedRecoveryTest")).nextInt(step);
        for (RefusingDisk disk = new RefusingDisk(next); fails(disk, source, target); disk = new RefusingDisk(next)) {
            assertTrue(!Files.exists(target) || new DataDirectory(target).isEmpty(), "target after " + next);
            requireSame(before, contents(source));
            failures++;
            next += step;
        }
        assertTrue(failures > 2, "failures=" + failures);
        assertTrue(DirectoryRecovery.recover(DamagedDirectory.context(source), target)
                .isPromiseBroken());
        requireSame(before, contents(source));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(target).state());
    }

    /** Returns false after a recovery without a refused call, and deletes its result. */
    private static boolean fails(final RefusingDisk disk, final Path source, final Path target) throws IOException {
        final EngineContext context = InjectedFiles.inject(DamagedDirectory.context(source), disk);
        try {
            DirectoryRecovery.recover(context, target);
            assertFalse(disk.hasRefused(), "reported although the disk refused");
            DamagedDirectory.delete(target);
            return false;
        } catch (final UncheckedIOException e) {
            assertTrue(disk.hasRefused(), e::toString);
            return true;
        }
    }

    /** Returns all files but the lock, in which the recovery writes its name. */
    private static Map<String, byte[]> contents(final Path directory) throws IOException {
        final Map<String, byte[]> contents = new TreeMap<>();
        for (final String file : new DamagedDirectory(directory).files()) {
            if (!file.equals(DirectoryLock.FILE_NAME)) {
                contents.put(file, Files.readAllBytes(directory.resolve(file)));
            }
        }
        return contents;
    }

    private static void requireSame(final Map<String, byte[]> before, final Map<String, byte[]> after) {
        assertEquals(before.keySet(), after.keySet());
        before.forEach((file, bytes) -> assertEquals(-1, Arrays.mismatch(bytes, after.get(file)), file));
    }
}
