package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.DirectoryIdentity;
import io.tollgate.core.log.LogPositions;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.BootId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences that no log can have, under right checksums: damage, wherever they stand. */
class LastSequenceTest {
    private static final long MAX = OperationDescriptor.MAX_SEQUENCE;

    @TempDir
    private Path temporary;

    private final SystemFileAccess files = new SystemFileAccess();
    private Path closed;
    private Path killed;

    @BeforeEach
    void make() throws IOException {
        closed = temporary.resolve("closed");
        killed = temporary.resolve("killed");
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(closed)) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(closed).copyTo(killed);
        }
    }

    private static void open(final Path directory) {
        TollgateEngine.launch(DamagedDirectory.context(directory)).close();
    }

    private void requireSurvived(final Path directory) {
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        DirectoryRecovery.recover(DamagedDirectory.context(directory));
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
        open(directory);
        open(directory);
    }

    private static void putSealed(final Path file, final long sequence) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(FileSeal.LENGTH, sequence);
        FileSeal.seal(bytes, buffer.getLong(0), FileSeal.version(bytes));
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, MAX + 1, -1})
    void shouldNotBelievePositions(final long sequence) {
        final Path positions = killed.resolve("shard-0/positions");
        final long identity = LogPositions.read(positions).orElseThrow().directoryId();
        LogPositions.create(files, positions, BootId.current(), identity, 0, sequence)
                .close();
        assertThrows(IllegalStateException.class, () -> LogPositions.read(positions));
        assertThrows(IllegalStateException.class, () -> open(killed));
        requireSurvived(killed);
    }

    @ParameterizedTest
    @CsvSource({"closed,clean", "killed,checkpoint/clean", "killed,checkpoint.old/clean", "killed,log/begin"})
    void shouldNotBelieveAMark(final String name, final String file) throws IOException {
        for (final long sequence : new long[] {Long.MAX_VALUE, MAX + 1, -1}) {
            final Path directory = temporary.resolve("damaged" + sequence);
            new DamagedDirectory(temporary.resolve(name)).copyTo(directory);
            putSealed(directory.resolve("shard-0").resolve(file), sequence);
            requireSurvived(directory);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, MAX + 1, -1})
    void shouldNotBelieveARecordOfALoss(final long lastSequence) throws IOException {
        append(lastSequence);
        requireSurvived(killed);
    }

    /** It would end before it begins: a backup and a repaired log can have none such. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void shouldNotBelieveALossThatEndsBeforeItBegins(final long lastSequence) throws IOException {
        append(lastSequence);
        assertThrows(IllegalStateException.class, () -> open(killed));
        assertThrows(
                IllegalStateException.class,
                () -> DirectoryBackup.make(DamagedDirectory.context(killed), temporary.resolve("backup")));
        requireSurvived(killed);
    }

    /** Behind the end of the log, acknowledged. */
    private void append(final long lastSequence) throws IOException {
        final Path log = killed.resolve("shard-0/log");
        final Path positions = killed.resolve("shard-0/positions");
        final LogPositions.Found found = LogPositions.read(positions).orElseThrow();
        final ReplayResult end =
                LogReader.replay(files, log, found.appliedSequence(), (buffer, offset, length, sequence) -> {});
        try (OperationLog appending =
                OperationLog.open(files, log, 1 << 16, DirectoryIdentity.ofNewest(files, log), end)) {
            final UnsafeBuffer loss = new UnsafeBuffer(new byte[LossOperation.LENGTH]);
            LossOperation.put(loss, 0, lastSequence);
            final long sequence = appending.append(loss, 0, LossOperation.LENGTH, 1);
            appending.force();
            LogPositions.create(files, positions, BootId.current(), found.directoryId(), 0, sequence)
                    .close();
        }
    }

    @Test
    void shouldLogNoLossThatCannotBe() throws IOException {
        final Path log = Files.createDirectory(temporary.resolve("log"));
        final ReplayResult end = LogReader.replay(files, log, 1, (buffer, offset, length, sequence) -> {});
        try (OperationLog appending =
                OperationLog.open(files, log, 1 << 16, DirectoryIdentity.ofNewest(files, log), end)) {
            assertThrows(IllegalArgumentException.class, () -> appending.appendLoss(MAX + 1));
            appending.appendLoss(MAX);
            assertEquals(MAX + 1, appending.nextSequence());
        }
        assertEquals(
                MAX,
                LogReader.replay(files, log, 1, (buffer, offset, length, sequence) -> {})
                        .lastSequence());
    }
}
