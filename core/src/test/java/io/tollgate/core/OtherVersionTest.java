package io.tollgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.QueueOptions;
import io.tollgate.api.Subscription;
import io.tollgate.api.WatchedMetric;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.log.ForgedRecord;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.WatchOperation;
import io.tollgate.core.store.ForgedMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What another version has written, a later or an earlier one, is no damage: nothing is repaired, or thrown away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherVersionTest {
    /** Of the positions no more is sealed. */
    private static final int POSITIONS_HEADER_LENGTH = 64;

    /** Of all files. */
    private static final int VERSION = 1;

    @TempDir
    private static Path made;

    @TempDir
    private Path temporary;

    @BeforeAll
    static void makeDirectories() throws IOException {
        try (Engine engine = DamagedDirectory.fillWithCheckpoints(made.resolve("closed"))) {
            assertTrue(engine.now() > 0);
            new DamagedDirectory(made.resolve("closed")).copyTo(made.resolve("killed"));
        }
        try (Engine engine = DamagedDirectory.fill(made.resolve("short"))) {
            engine.subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
            new DamagedDirectory(made.resolve("short")).copyTo(made.resolve("short-killed"));
        }
        stopRecovery();
    }

    /** Leaves what one does that fails when it is to tell what is lost. */
    private static void stopRecovery() throws IOException {
        final Path stopped = new DamagedDirectory(made.resolve("short-killed"))
                .copyTo(made.resolve("stopped"))
                .path();
        final Path segment = stopped.resolve("shard-0/log/log-0000000000000000.seg");
        FileDamage.flip(segment, FileDamage.usedLength(segment) / 2, 1);
        final HookedFiles files = new HookedFiles() {
            @Override
            void before(final Call call, final Path file) throws IOException {
                if (call == Call.DELETE && file.equals(LossNote.file(stopped))) {
                    throw new IOException("Input/output error");
                }
            }
        };
        assertThrows(
                UncheckedIOException.class,
                () -> DirectoryRecovery.recover(
                        DamagedDirectory.context(stopped).fileAccess(files)));
    }

    private Path copy(final String name) throws IOException {
        return new DamagedDirectory(made.resolve(name))
                .copyTo(temporary.resolve(name))
                .path();
    }

    @ParameterizedTest
    @CsvSource({
        "closed, shard-0/clean, 2, false",
        "closed, shard-0/clean, 2, true",
        "closed, shard-0/clean, 0, false",
        "closed, shard-0/checkpoint/clean, 2, false",
        "closed, shard-0/checkpoint.old/clean, 0, true",
        "closed, shard-0/checkpoint/cut, 2, false",
        "closed, shard-0/checkpoint/cut, 0, true",
        "closed, shard-0/log/begin, 2, true",
        "closed, shard-0/log/begin, 0, false",
        "closed, tollgate.header, 2, false",
        "closed, tollgate.header, 0, true",
        "killed, shard-0/positions, 2, false",
        "killed, shard-0/positions, 0, true",
        "killed, shard-0/checkpoint/clean, 2, true",
        "killed, shard-0/checkpoint.old/clean, 0, false",
        "killed, shard-0/checkpoint/cut, 2, false",
        "killed, shard-0/log/begin, 2, false",
        "killed, tollgate.header, 0, false",
        "killed, tollgate.header, 2, true"
    })
    void shouldRefuseWhatAnotherVersionHasWrittenAndChangeNothing(
            final String name, final String file, final int version, final boolean isLonger) throws IOException {
        final Path directory = copy(name);
        write(directory.resolve(file), version, isLonger);
        requireRefused(directory, file);
    }

    /** Neither by an opening nor by what looks or copies; all of it stays as it is. */
    private void requireRefused(final Path directory, final String file) throws IOException {
        final Map<String, ByteBuffer> before = contents(directory);
        requireRefused(directory, file, () -> DirectoryCheck.of(directory));
        requireRefused(directory, file, () -> DirectoryRecovery.recover(DamagedDirectory.context(directory)));
        requireRefused(
                directory,
                file,
                () -> DirectoryBackup.make(DamagedDirectory.context(directory), temporary.resolve("backup")));
        requireRefused(
                directory,
                file,
                () -> TollgateEngine.launch(DamagedDirectory.context(directory)).close());
        assertEquals(before, contents(directory));
        assertFalse(Files.exists(temporary.resolve("backup")));
    }

    /** Its header stands for all layouts in it but that of its subscriptions: it has the version of all of them. */
    @ParameterizedTest
    @CsvSource({
        "closed, shard-0, 2",
        "closed, shard-0, 0",
        "closed, shard-0/checkpoint, 2",
        "closed, shard-0/checkpoint.old, 0",
        "killed, shard-0/checkpoint, 0",
        "killed, shard-0/checkpoint.old, 2"
    })
    void shouldRefuseAStoreThatAnotherVersionHasClosedAndChangeNothing(
            final String name, final String store, final int version) throws IOException {
        final Path directory = copy(name);
        forge(directory, store, "header", ByteOrder.LITTLE_ENDIAN, version);
        requireRefused(directory, store + "/header");
        if (store.equals("shard-0")) {
            requireRefused(
                    directory,
                    store + "/header",
                    () -> DirectoryView.open(directory).close());
        }
    }

    @Test
    void shouldAdviseForAStoreThatAnotherVersionHasClosedToOpenItWithThat() throws IOException {
        final Path directory = copy("closed");
        forge(directory, "shard-0", "header", ByteOrder.LITTLE_ENDIAN, VERSION + 1);
        final List<String> faults = DirectoryInspection.of(directory).forEachSeries(series -> {});
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).endsWith("with the version of Tollgate that made it"), faults::toString);
    }

    /** A recovery would make them of the log, and have told of nothing that the other version has. */
    @ParameterizedTest
    @CsvSource({
        "closed, shard-0, 2",
        "closed, shard-0, 0",
        "closed, shard-0/checkpoint, 2",
        "closed, shard-0/checkpoint.old, 0",
        "killed, shard-0/checkpoint, 0",
        "killed, shard-0/checkpoint.old, 2"
    })
    void shouldRefuseSubscriptionsThatAnotherVersionHasWrittenAndChangeNothing(
            final String name, final String store, final int version) throws IOException {
        final Path directory = copy(name);
        forge(directory, store, "subscriptions", ByteOrder.BIG_ENDIAN, version);
        requireRefused(directory, store + "/subscriptions");
    }

    /** The mark of the close says that it was another one then. */
    @Test
    void shouldTakeAVersionThatNobodyHasWrittenForDamage() throws IOException {
        final Path directory = copy("closed");
        putVersion(directory, "shard-0", "header", ByteOrder.LITTLE_ENDIAN, VERSION + 1);
        putVersion(directory, "shard-0", "subscriptions", ByteOrder.BIG_ENDIAN, VERSION + 1);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        assertFalse(
                DirectoryRecovery.recover(DamagedDirectory.context(directory)).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    /** The mark of the close says that all was so. */
    private static void forge(
            final Path directory, final String store, final String name, final ByteOrder order, final int version)
            throws IOException {
        putVersion(directory, store, name, order, version);
        ForgedMark.write(directory.resolve(store));
    }

    private static void putVersion(
            final Path directory, final String store, final String name, final ByteOrder order, final int version)
            throws IOException {
        final Path file = directory.resolve(store).resolve(name);
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(order);
        assertEquals(VERSION, bytes.getInt(Long.BYTES), file::toString);
        Files.write(file, bytes.putInt(Long.BYTES, version).array());
    }

    /** A part of a log that is not this version's. */
    private enum Part {
        SEGMENT,
        FRAME,
        RECORD,
        SUBSCRIPTION;

        void forge(final Path log, final int version) throws IOException {
            switch (this) {
                case SEGMENT -> ForgedRecord.putSegmentVersion(log, version);
                case FRAME -> ForgedRecord.putFrameVersion(log, version);
                case RECORD ->
                    ForgedRecord.put(
                            log,
                            OperationDescriptor.POINT,
                            OperationDescriptor.TYPE_OFFSET,
                            OperationDescriptor.FOLLOW_SERIES + 1);
                default -> ForgedRecord.put(log, OperationDescriptor.WATCH, WatchOperation.VERSION_OFFSET, version);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "short, SEGMENT, 2",
        "short, SEGMENT, 0",
        "short, FRAME, 2",
        "short, FRAME, 0",
        "short, RECORD, 2",
        "short, SUBSCRIPTION, 2",
        "short, SUBSCRIPTION, 0",
        "short-killed, SEGMENT, 2",
        "short-killed, FRAME, 0",
        "short-killed, RECORD, 2",
        "short-killed, SUBSCRIPTION, 2"
    })
    void shouldRefuseALogThatAnotherVersionHasWrittenAndChangeNothing(
            final String name, final Part part, final int version) throws IOException {
        final Path directory = copy(name);
        part.forge(directory.resolve("shard-0/log"), version);
        requireRefused(directory, "shard-0/log/log-0000000000000000.seg");
    }

    /** It is done again by the version that began with it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldRefuseWhatARecoveryOfAnotherVersionHasFoundLost(final int version) throws IOException {
        final Path directory = copy("stopped");
        write(LossNote.file(directory), version, true);
        final Map<String, ByteBuffer> before = contents(directory);
        for (final Executable call : List.<Executable>of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryRecovery.recover(DamagedDirectory.context(directory)),
                () -> DirectoryBackup.make(DamagedDirectory.context(directory), temporary.resolve("backup")),
                () -> DirectoryView.open(directory).close(),
                () -> TollgateEngine.launch(DamagedDirectory.context(directory)).close())) {
            assertEquals(
                    "file=" + LossNote.file(directory) + " version=" + version + ", expected version=1; open this data"
                            + " directory with the version of Tollgate that made it",
                    assertThrows(IllegalStateException.class, call).getMessage());
        }
        assertEquals(before, contents(directory));
    }

    private static void requireRefused(final Path directory, final String file, final Runnable call) {
        final IllegalStateException refusal = assertThrows(IllegalStateException.class, call::run);
        assertTrue(refusal.getMessage().startsWith("file=" + directory.resolve(file)), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("with the version"), refusal::getMessage);
        assertFalse(refusal.getMessage().contains("recover"), refusal::getMessage);
    }

    /** Under a right seal, with some fields more or as it was. */
    private static void write(final Path file, final int version, final boolean isLonger) throws IOException {
        final byte[] whole = Files.readAllBytes(file);
        final byte[] other = Arrays.copyOf(whole, whole.length + (isLonger ? Long.BYTES + Integer.BYTES : 0));
        final byte[] sealed =
                file.endsWith("positions") ? Arrays.copyOf(other, POSITIONS_HEADER_LENGTH) : other.clone();
        final long magic = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        assertTrue(FileSeal.isWhole(Arrays.copyOf(sealed, Math.min(sealed.length, whole.length)), magic));
        FileSeal.seal(sealed, magic, version);
        System.arraycopy(sealed, 0, other, 0, sealed.length);
        Files.write(file, other);
    }

    /** All files but those that hold no data. */
    private static Map<String, ByteBuffer> contents(final Path directory) throws IOException {
        final Map<String, ByteBuffer> contents = new TreeMap<>();
        for (final String file : new DamagedDirectory(directory).files()) {
            if (!file.equals("engine.lock") && !file.equals("counters")) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(directory.resolve(file))));
            }
        }
        return contents;
    }
}
