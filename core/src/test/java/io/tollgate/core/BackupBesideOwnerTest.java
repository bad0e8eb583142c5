package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.api.Engine;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.store.BootId;
import io.tollgate.core.store.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody has the lock of a directory that was left by an engine on another run of the machine, and does not append to
 * its log: a copy holds all that an opening finds there, though nothing of it was promised.
 */
class BackupBesideOwnerTest {
    private static final int NUMBERS = 100;

    @TempDir
    private Path temporary;

    private Path killed;
    private Path backup;

    @BeforeEach
    void setUp() {
        killed = temporary.resolve("killed");
        backup = temporary.resolve("backup");
    }

    private static EngineContext context(final Path directory, final int shardCount) {
        return Lanes.context(shardCount).directory(directory).stepped(true);
    }

    /** Leaves a directory as a process does that is killed. */
    private void kill(final int shardCount) throws IOException {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data, shardCount))) {
            feed(engine, 0, NUMBERS);
            new DamagedDirectory(data).copyTo(killed);
        }
        Files.delete(killed.resolve(DirectoryLock.FILE_NAME));
    }

    /** Leaves it as the machine finds it when it is started anew, all of the log on disk. */
    private void leave(final int shardCount) throws IOException {
        kill(shardCount);
        for (int i = 0; i < shardCount; i++) {
            new ShardFiles(killed, i).promiseNothing();
        }
    }

    private static void feed(final Engine engine, final int from, final int to) {
        final Lanes lanes = new Lanes(engine, 2);
        lanes.feed(0, from, to);
        lanes.feed(1, from, to);
    }

    private void requireAll(final int shardCount) {
        try (Engine engine = TollgateEngine.launch(context(backup, shardCount))) {
            assertEquals(NUMBERS, Lanes.numberIn(engine, 0));
            assertEquals(NUMBERS, Lanes.numberIn(engine, 1));
            Lanes.requireSame(engine, 2, backup.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldHoldAllBesideOneThatOnlyReads(final int shardCount) throws IOException {
        leave(shardCount);
        final DirectoryLock lock = DirectoryLock.acquireToRead(killed);
        try {
            DirectoryBackup.make(context(killed, shardCount), backup);
        } finally {
            lock.close();
        }
        requireAll(shardCount);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void shouldHoldAllBesideAnEngineThatIsOpening(final int shardCount) throws IOException {
        leave(shardCount);
        backUpWhileOpening(shardCount);
    }

    /** The power failed before it was on disk that the mark of the close before is gone. */
    @Test
    void shouldHoldAllBesideAnEngineThatGivesUpAStoreThatIsBehindItsLog() throws IOException {
        final Path data = temporary.resolve("data");
        TollgateEngine.launch(context(data, 1)).close();
        final byte[] mark = Files.readAllBytes(new ShardFiles(data).cleanMark());
        leave(1);
        Files.write(new ShardFiles(killed).cleanMark(), mark);
        backUpWhileOpening(1);
    }

    private void backUpWhileOpening(final int shardCount) {
        final EngineContext opening = context(killed, shardCount).openingProgress((shard, at, of) -> {
            if (!Files.exists(backup)) {
                DirectoryBackup.make(context(killed, shardCount), backup);
            }
        });
        TollgateEngine.launch(opening).close();
        requireAll(shardCount);
    }

    /** Where the system does not tell one run of the machine from another, an engine knows what it has applied. */
    @Test
    void shouldHoldAllOfARunningEngineWhosePositionsAreOfNoKnownBoot() {
        final Path data = temporary.resolve("data");
        try (Engine engine = TollgateEngine.launch(context(data, 1))) {
            feed(engine, 0, NUMBERS);
            LogPositions.create(
                            new SystemFileAccess(),
                            new ShardFiles(data).positions(),
                            BootId.UNKNOWN,
                            DirectoryIdentity.UNKNOWN,
                            0,
                            0)
                    .close();
            engine.backup(backup);
        }
        requireAll(1);
    }
}
