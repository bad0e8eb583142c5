package io.tollgate.core.directory;

import io.tollgate.core.file.FileContents;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.log.LogExtent;
import io.tollgate.core.manifest.CountersFile;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.manifest.ManifestFile;
import io.tollgate.core.report.DirectoryState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.NullMarked;

/**
 * The state, sizes, positions and counters of a data directory. An engine of another process may have it open, or may
 * have been killed, or may have closed it. The directory is not locked or changed. {@link DirectoryView} reads its
 * series.
 *
 * @param directory as a path without links.
 * @param state     of it.
 * @param owner     the process that has it open, empty if it has ended.
 * @param log       size and positions of the log.
 * @param store     the length of all files of the store, in bytes.
 * @param counters  of the engine that has it open or had it open last.
 * @param errors    the distinct errors of that engine, the first line of each.
 */
@NullMarked
public record DirectoryInspection(
        Path directory,
        DirectoryState state,
        Optional<String> owner,
        Log log,
        long store,
        List<Counter> counters,
        List<DistinctError> errors) {
    /**
     * A counter of an engine.
     *
     * @param label of the counter.
     * @param value of the counter.
     */
    public record Counter(String label, long value) {
        /** The beginning of a label, before the name of a subscription: the updates waiting in its fullest queue. */
        public static final String QUEUE_USED = CountersFile.QUEUE_USED;

        /** The beginning of a label, before the name of a subscription: the capacity of that queue. */
        public static final String QUEUE_CAPACITY = CountersFile.QUEUE_CAPACITY;
    }

    /**
     * A distinct error of an engine, with its occurrences.
     *
     * @param count   the number of occurrences.
     * @param firstMs of the first occurrence, in milliseconds since the epoch.
     * @param lastMs  of the last occurrence, in milliseconds since the epoch.
     * @param text    the first line.
     */
    public record DistinctError(int count, long firstMs, long lastMs, String text) {
        /** {@return the count and the first line} */
        @Override
        public String toString() {
            return count + " x " + text;
        }
    }

    /**
     * The log of a directory.
     *
     * @param segmentCount    the number of segments.
     * @param byteCount       their total length.
     * @param firstSequence   the first operation, 0 if unknown.
     * @param appliedSequence the last applied operation, -1 if unknown.
     * @param durableSequence the last operation forced to disk, -1 if unknown.
     */
    public record Log(
            int segmentCount, long byteCount, long firstSequence, long appliedSequence, long durableSequence) {}

    /**
     * Inspects a data directory.
     *
     * @param directory to inspect.
     * @return the findings.
     * @throws IllegalStateException if it is not a data directory, or another version wrote it.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static DirectoryInspection of(final Path directory) {
        return Uninterruptibles.putOff(() -> of(DataDirectory.existing(directory)));
    }

    private static DirectoryInspection of(final DataDirectory directory) {
        final byte[] bytes = counterBytes(directory);
        return new DirectoryInspection(
                directory.path(),
                directory.state(),
                DirectoryLock.livingOwner(directory.path()),
                log(directory),
                storeBytes(directory.store()),
                readCounters(bytes),
                readErrors(bytes));
    }

    private static Log log(final DataDirectory directory) {
        final LogExtent extent = LogExtent.of(new SystemFileAccess(), directory.log());
        final Optional<ManifestFile.Found> found = ManifestFile.read(directory.path());
        if (found.isEmpty()) {
            return new Log(extent.segmentCount(), extent.byteCount(), 0, -1, -1);
        }
        final long first = found.get().manifest().firstSequence();
        final long closed =
                found.get().manifest().seal().map(seal -> seal.sequence()).orElse(-1L);
        final boolean isKnown = closed < 0 && !found.get().positions().isDamaged();
        return new Log(
                extent.segmentCount(),
                extent.byteCount(),
                first,
                isKnown ? found.get().positions().appliedSequence() : closed,
                isKnown ? found.get().positions().durableSequence() : closed);
    }

    private static byte[] counterBytes(final DataDirectory directory) {
        final Path file = directory.path().resolve(DataDirectory.COUNTERS_FILE);
        try {
            return FileContents.read(file, CountersFile.LENGTH);
        } catch (final NoSuchFileException e) {
            return new byte[0];
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read", e);
        }
    }

    /** Damaged bytes give no counters. The file holds no data that must be preserved. */
    private static List<Counter> readCounters(final byte[] bytes) {
        try {
            return CountersFile.values(bytes).stream()
                    .map(value -> new Counter(value.label(), value.value()))
                    .toList();
        } catch (final RuntimeException e) {
            return List.of();
        }
    }

    private static List<DistinctError> readErrors(final byte[] bytes) {
        try {
            return CountersFile.errors(bytes).stream()
                    .map(error -> new DistinctError(error.count(), error.firstMs(), error.lastMs(), error.text()))
                    .toList();
        } catch (final RuntimeException e) {
            return List.of(new DistinctError(1, 0, 0, "the error log is damaged"));
        }
    }

    private static long storeBytes(final Path store) {
        long bytes = 0;
        try {
            for (final Path file :
                    FileProbe.isDirectory(store) ? FileTree.entries(store, FileTree.ALL) : List.<Path>of()) {
                bytes += length(file);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + store + ": cannot be read", e);
        }
        return bytes;
    }

    /** Returns the length of a regular file, 0 for other entries and for a file deleted meanwhile. */
    private static long length(final Path file) throws IOException {
        try {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.size() : 0;
        } catch (final NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Returns the engine clock: the current one from the counters, or the one at the last clean close.
     *
     * @return nanoseconds since the epoch, empty if unknown.
     */
    public OptionalLong now() {
        return DirectoryView.now(new DataDirectory(directory));
    }
}
