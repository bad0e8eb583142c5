package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.GappedLog;
import io.tollgate.core.log.LogPositions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log that somebody has made so that an operation is missing between any two, under right checksums. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GappedLogTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTellEachOperationThatIsMissing() throws IOException {
        make(1_000);
        recover(1_000);
    }

    /** What each of them costs does not grow with their number: a look at all of them for each would take hours. */
    @Test
    @Tag("ci")
    void shouldTellAsManyAsThereAreInTheTimeThatItTakesToReadThem() throws IOException {
        make(400_000);
        recover(400_000);
    }

    /** Nor does what it costs to go on where a recovery was stopped. */
    @Test
    @Tag("ci")
    void shouldGoOnWhereItWasStoppedInThatTime() throws IOException {
        final int count = 400_000;
        make(count);
        final FileAccess refusing = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.endsWith("tollgate.losses")) {
                    throw new IOException("what was lost cannot be deleted");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(context().fileAccess(refusing)));
        recover(count);
    }

    private EngineContext context() {
        return Lanes.context().directory(directory).stepped(true);
    }

    private void make(final int count) throws IOException {
        final Path log = Files.createDirectories(new ShardFiles(directory).log());
        GappedLog.write(log, count, 1);
        LogPositions.create(
                        new SystemFileAccess(),
                        directory.resolve("shard-0/positions"),
                        "another boot",
                        DirectoryIdentity.UNKNOWN,
                        0,
                        2L * count - 1)
                .close();
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
    }

    private void recover(final int count) {
        final RecoveryReport report = DirectoryRecovery.recover(context());
        final var losses = report.shards().get(0).losses();
        assertEquals(count - 1, losses.size());
        for (int i = 0; i < losses.size(); i++) {
            assertEquals(2L * i + 2, losses.get(i).firstSequence());
            assertEquals(2L * i + 2, losses.get(i).lastSequence());
        }
        assertTrue(report.isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }
}
