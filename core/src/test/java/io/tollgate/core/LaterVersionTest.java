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
import io.tollgate.core.store.ShardHeader;
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

/** What a later version has written is no damage, whoever steps back behind it: nothing is repaired, or thrown away. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LaterVersionTest {
    /** Of the positions no more is sealed. */
    private static final int POSITIONS_HEADER_LENGTH = 64;

    private static final int SUBSCRIPTIONS_VERSION = 2;

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
        "closed, shard-0/clean, 3, false",
        "closed, shard-0/clean, 3, true",
        "closed, shard-0/checkpoint/clean, 3, false",
        "closed, shard-0/checkpoint.old/clean, 3, true",
        "closed, shard-0/checkpoint/cut, 1, false",
        "closed, shard-0/checkpoint/cut, 1, true",
        "closed, shard-0/log/begin, 4, true",
        "closed, tollgate.header, 1, false",
        "closed, tollgate.header, 1, true",
        "killed, shard-0/positions, 1, false",
        "killed, shard-0/positions, 1, true",
        "killed, shard-0/checkpoint/clean, 3, true",
        "killed, shard-0/checkpoint.old/clean, 3, false",
        "killed, shard-0/checkpoint/cut, 1, false",
        "killed, shard-0/log/begin, 4, false",
        "killed, tollgate.header, 1, false",
        "killed, tollgate.header, 1, true"
    })
    void shouldRefuseWhatALaterVersionHasWrittenAndChangeNothing(
            final String name, final String file, final int lastVersion, final boolean isLonger) throws IOException {
        final Path directory = copy(name);
        write(directory.resolve(file), lastVersion + 1, isLonger);
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

    /** Its header stands for all layouts in it but that of its subscriptions: it has the version of the latest. */
    @ParameterizedTest
    @CsvSource({
        "closed, shard-0",
        "closed, shard-0/checkpoint",
        "closed, shard-0/checkpoint.old",
        "killed, shard-0/checkpoint",
        "killed, shard-0/checkpoint.old"
    })
    void shouldRefuseAStoreThatALaterVersionHasClosedAndChangeNothing(final String name, final String store)
            throws IOException {
        final Path directory = copy(name);
        forge(directory, store, "header", ByteOrder.LITTLE_ENDIAN, ShardHeader.VERSION);
        requireRefused(directory, store + "/header");
        if (store.equals("shard-0")) {
            requireRefused(
                    directory,
                    store + "/header",
                    () -> DirectoryView.open(directory).close());
        }
    }

    /** To open it with this version, as where an earlier one has made it, would be of no use. */
    @Test
    void shouldAdviseForAStoreThatALaterVersionHasClosedToOpenItWithThat() throws IOException {
        final Path directory = copy("closed");
        forge(directory, "shard-0", "header", ByteOrder.LITTLE_ENDIAN, ShardHeader.VERSION);
        final List<String> faults = DirectoryInspection.of(directory).forEachSeries(series -> {});
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).endsWith("with the version of Tollgate that made it"), faults::toString);
    }

    /** A recovery would make them of the log, and have told of nothing that the later version has. */
    @ParameterizedTest
    @CsvSource({
        "closed, shard-0",
        "closed, shard-0/checkpoint",
        "closed, shard-0/checkpoint.old",
        "killed, shard-0/checkpoint",
        "killed, shard-0/checkpoint.old"
    })
    void shouldRefuseSubscriptionsThatALaterVersionHasWrittenAndChangeNothing(final String name, final String store)
            throws IOException {
        final Path directory = copy(name);
        forge(directory, store, "subscriptions", ByteOrder.BIG_ENDIAN, SUBSCRIPTIONS_VERSION);
        requireRefused(directory, store + "/subscriptions");
    }

    /** The first shard, whose store was not closed either, is not given up before that is seen. */
    @ParameterizedTest
    @ValueSource(strings = {"header", "subscriptions"})
    void shouldRefuseWhatALaterVersionHasClosedOfTheSecondShardAndChangeNothingOfTheFirst(final String file)
            throws IOException {
        final Path directory = temporary.resolve("shards");
        new GoldenArchive("checkpoints-5-shards").unpack(directory);
        final boolean isHeader = file.equals("header");
        forge(
                directory,
                "shard-1/checkpoint",
                file,
                isHeader ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                isHeader ? ShardHeader.VERSION : SUBSCRIPTIONS_VERSION);
        requireRefused(directory, "shard-1/checkpoint/" + file);
    }

    @ParameterizedTest
    @CsvSource({
        "shard-1/checkpoint/clean, 3",
        "shard-1/checkpoint.old/clean, 3",
        "shard-1/checkpoint/cut, 1",
        "shard-1/positions, 1"
    })
    void shouldRefuseWhatALaterVersionHasWrittenOfTheSecondShardAndChangeNothingOfTheFirst(
            final String file, final int lastVersion) throws IOException {
        final Path directory = temporary.resolve("shards");
        new GoldenArchive("checkpoints-5-shards").unpack(directory);
        write(directory.resolve(file), lastVersion + 1, false);
        requireRefused(directory, file);
    }

    /** The mark of the close says that it was another one then. */
    @Test
    void shouldTakeAVersionThatNobodyHasWrittenForDamage() throws IOException {
        final Path directory = copy("closed");
        putLaterVersion(directory, "shard-0", "header", ByteOrder.LITTLE_ENDIAN, ShardHeader.VERSION);
        putLaterVersion(directory, "shard-0", "subscriptions", ByteOrder.BIG_ENDIAN, SUBSCRIPTIONS_VERSION);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        assertFalse(
                DirectoryRecovery.recover(DamagedDirectory.context(directory)).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    /** The mark of the close says that all was so. */
    private static void forge(
            final Path directory, final String store, final String name, final ByteOrder order, final int known)
            throws IOException {
        putLaterVersion(directory, store, name, order, known);
        ForgedMark.write(directory.resolve(store));
    }

    private static void putLaterVersion(
            final Path directory, final String store, final String name, final ByteOrder order, final int known)
            throws IOException {
        final Path file = directory.resolve(store).resolve(name);
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(order);
        assertEquals(known, bytes.getInt(Long.BYTES), file::toString);
        Files.write(file, bytes.putInt(Long.BYTES, known + 1).array());
    }

    /** A part of a log that is not the last version's. */
    private enum Part {
        SEGMENT,
        FRAME,
        RECORD,
        SUBSCRIPTION;

        void forge(final Path log) throws IOException {
            switch (this) {
                case SEGMENT -> ForgedRecord.putSegmentVersion(log, 2);
                case FRAME -> ForgedRecord.putFrameVersion(log, 2);
                case RECORD ->
                    ForgedRecord.put(
                            log,
                            OperationDescriptor.POINT,
                            OperationDescriptor.TYPE_OFFSET,
                            OperationDescriptor.FOLLOW_SERIES + 1);
                default ->
                    ForgedRecord.put(
                            log,
                            OperationDescriptor.WATCH,
                            WatchOperation.VERSION_OFFSET,
                            WatchOperation.TEXT_VERSION + 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "short, SEGMENT",
        "short, FRAME",
        "short, RECORD",
        "short, SUBSCRIPTION",
        "short-killed, SEGMENT",
        "short-killed, FRAME",
        "short-killed, RECORD",
        "short-killed, SUBSCRIPTION"
    })
    void shouldRefuseALogThatALaterVersionHasWrittenAndChangeNothing(final String name, final Part part)
            throws IOException {
        final Path directory = copy(name);
        part.forge(directory.resolve("shard-0/log"));
        requireRefused(directory, "shard-0/log/log-0000000000000000.seg");
    }

    /** It is done again by the version that began with it. */
    @Test
    void shouldRefuseWhatALaterRecoveryHasFoundLost() throws IOException {
        final Path directory = copy("stopped");
        write(LossNote.file(directory), 2, true);
        final Map<String, ByteBuffer> before = contents(directory);
        for (final Executable call : List.<Executable>of(
                () -> DirectoryCheck.of(directory),
                () -> DirectoryRecovery.recover(DamagedDirectory.context(directory)),
                () -> DirectoryBackup.make(DamagedDirectory.context(directory), temporary.resolve("backup")),
                () -> DirectoryView.open(directory).close(),
                () -> TollgateEngine.launch(DamagedDirectory.context(directory)).close())) {
            assertEquals(
                    "file=" + LossNote.file(directory) + " version=2, expected version=1 or before; open this data"
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
        final byte[] later = Arrays.copyOf(whole, whole.length + (isLonger ? Long.BYTES + Integer.BYTES : 0));
        final byte[] sealed =
                file.endsWith("positions") ? Arrays.copyOf(later, POSITIONS_HEADER_LENGTH) : later.clone();
        final long magic = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        assertTrue(FileSeal.isWhole(Arrays.copyOf(sealed, Math.min(sealed.length, whole.length)), magic));
        FileSeal.seal(sealed, magic, version);
        System.arraycopy(sealed, 0, later, 0, sealed.length);
        Files.write(file, later);
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
