package io.tollgate.core.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.api.Engine;
import io.tollgate.api.UnsupportedVersionException;
import io.tollgate.api.watch.QueueOptions;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.WatchedMetric;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.fixture.DamagedDirectory;
import io.tollgate.core.fixture.DirectoryFiles;
import io.tollgate.core.fixture.InPlaceRecovery;
import io.tollgate.core.log.ForgedRecord;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.WatchOperation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of an earlier or later version are not damage. They are neither repaired nor discarded. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherVersionTest {
    private static final int MANIFEST_PAGE_LENGTH = 4_096;

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
            engine.updates()
                    .subscribe(Subscription.of("all", "*").withMetrics(WatchedMetric.LEVEL), QueueOptions.DEFAULT);
            new DamagedDirectory(made.resolve("short")).copyTo(made.resolve("short-killed"));
        }
    }

    private Path copy(final String name) throws IOException {
        return new DamagedDirectory(made.resolve(name))
                .copyTo(temporary.resolve(name))
                .path();
    }

    @ParameterizedTest
    @CsvSource({
        "killed, checkpoint/seal, 2",
        "killed, checkpoint/seal, 0",
        "closed, manifest, 2",
        "closed, manifest, 0",
        "killed, manifest, 2",
        "killed, manifest, 0"
    })
    void shouldRefuseAFileOfAnotherVersionAndChangeNothing(final String name, final String file, final int version)
            throws IOException {
        final Path directory = copy(name);
        final Path place = place(directory, file);
        write(place, version);
        requireRefused(directory, directory.relativize(place).toString());
    }

    /** The name of the newest checkpoint contains a sequence. */
    private static Path place(final Path directory, final String file) {
        final DirectoryFiles files = new DirectoryFiles(directory);
        return file.startsWith("checkpoint")
                ? files.checkpoint().resolve(file.substring("checkpoint".length() + 1))
                : directory.resolve(file);
    }

    /** An opening, a check, a recovery and a backup refuse it. The log and the sealed files stay unchanged. */
    private void requireRefused(final Path directory, final String file) throws IOException {
        final Map<String, ByteBuffer> before = contents(directory);
        requireRefused(directory, file, () -> DirectoryCheck.of(directory));
        requireRefused(directory, file, () -> InPlaceRecovery.recover(DamagedDirectory.context(directory)));
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

    /** The seal has the checksum of another version. */
    @Test
    void shouldReportAnUnwrittenVersionAsDamage() throws IOException {
        final Path directory = copy("closed");
        putVersion(directory, "header", 2);
        putVersion(directory, "subscriptions", 2);
        assertEquals(DirectoryCheck.State.DAMAGED, DirectoryCheck.of(directory).state());
        assertFalse(InPlaceRecovery.recover(DamagedDirectory.context(directory)).isPromiseBroken());
        assertEquals(DirectoryCheck.State.SOUND, DirectoryCheck.of(directory).state());
    }

    private static void putVersion(final Path directory, final String name, final int version) throws IOException {
        final Path file = new DirectoryFiles(directory).store().resolve(name);
        final ByteOrder order = name.equals("header") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(order);
        assertEquals(VERSION, bytes.getInt(Long.BYTES), file::toString);
        Files.write(file, bytes.putInt(Long.BYTES, version).array());
    }

    /** A part of a log that has another version. */
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
                            OperationDescriptor.LAST_TYPE + 1);
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
        part.forge(directory.resolve("log"), version);
        requireRefused(directory, "log/log-0000000000000000.seg");
    }

    private static void requireRefused(final Path directory, final String file, final Runnable call) {
        final UnsupportedVersionException refusal = assertThrows(UnsupportedVersionException.class, call::run);
        assertEquals(Optional.of(directory.resolve(file)), refusal.path());
        assertNotEquals(refusal.expected(), refusal.found());
        assertTrue(refusal.getMessage().startsWith("file=" + directory.resolve(file)), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("with the version"), refusal::getMessage);
        assertFalse(refusal.getMessage().contains("recover"), refusal::getMessage);
    }

    /** Changes the version and its checksum, in both pages of the manifest. */
    private static void write(final Path file, final int version) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        final int pages = file.endsWith("manifest") ? 2 : 1;
        final int length = pages == 1 ? bytes.length : MANIFEST_PAGE_LENGTH;
        for (int i = 0; i < pages; i++) {
            final byte[] page = Arrays.copyOfRange(bytes, i * length, (i + 1) * length);
            final long magic =
                    ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            assertTrue(FileSeal.isIntact(page, magic));
            FileSeal.seal(page, magic, version);
            System.arraycopy(page, 0, bytes, i * length, length);
        }
        Files.write(file, bytes);
    }

    /** Returns all files that hold data, which excludes the store of an unclosed directory. */
    private static Map<String, ByteBuffer> contents(final Path directory) throws IOException {
        final Map<String, ByteBuffer> contents = new TreeMap<>();
        final boolean isClosed = Files.exists(new DirectoryFiles(directory).seal());
        for (final String file : new DamagedDirectory(directory).files()) {
            final boolean isOfNoData = isClosed
                    ? file.equals("engine.lock") || file.equals("counters")
                    : !file.startsWith("log/") && !file.startsWith("checkpoint-");
            if (!isOfNoData) {
                contents.put(file, ByteBuffer.wrap(Files.readAllBytes(directory.resolve(file))));
            }
        }
        return contents;
    }
}
