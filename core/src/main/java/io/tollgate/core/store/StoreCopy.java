package io.tollgate.core.store;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Copies stores that were closed cleanly. What was never used of their files is zero in the copies, whatever the disk
 * has put there: a check of what is used does not see that, and it would go from each copy into the next one.
 */
public final class StoreCopy {
    /** How much is used of a file of which no mark says it. */
    private static final long WHOLE_FILE = Long.MAX_VALUE;

    private StoreCopy() {}

    /**
     * Copies a store that was closed cleanly, with its mark, which is made last.
     *
     * @param files     to write through.
     * @param directory of the shard.
     * @param target    where to; made if it is not there. What it holds of another store goes.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void copy(final FileAccess files, final Path directory, final Path target) {
        try {
            files.createDirectory(target);
            StoreDirectory.removeCleanMark(files, target);
            StoreDirectory.discard(files, target);
            final Map<String, Long> usedLengths = usedLengths(directory);
            for (final Path file : StoreDirectory.files(directory)) {
                FileCopy.copyForced(files, file, target.resolve(file.getFileName()), usedLength(file, usedLengths));
            }
            FileCopy.copyForced(
                    files,
                    directory.resolve(StoreDirectory.CLEAN_FILE),
                    target.resolve(StoreDirectory.CLEAN_FILE),
                    WHOLE_FILE);
            files.forceDirectory(target);
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + directory + ": cannot be copied to " + target
                            + "; check the disk and its free space",
                    e);
        }
    }

    /**
     * Copies the files of a store that was closed cleanly to where they are to be changed: without the mark, and not
     * forced, as a store that is open is made anew after whatever may happen to it.
     *
     * @param files     to write through.
     * @param directory of a checkpoint.
     * @param target    the directory of the shard, which has no store.
     * @throws UncheckedIOException if the disk refuses or is full.
     */
    public static void restore(final FileAccess files, final Path directory, final Path target) {
        try {
            final Map<String, Long> usedLengths = usedLengths(directory);
            for (final Path file : StoreDirectory.files(directory)) {
                FileCopy.copy(files, file, target.resolve(file.getFileName()), usedLength(file, usedLengths));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "directory=" + directory + ": cannot be copied to " + target
                            + "; check the disk and its free space",
                    e);
        }
    }

    /** How much is used of each file of a store, by name, as the mark of its close says. */
    private static Map<String, Long> usedLengths(final Path directory) {
        return StoreDirectory.closedFiles(directory).stream()
                .collect(Collectors.toMap(StoreFile::name, StoreFile::usedLength));
    }

    private static long usedLength(final Path file, final Map<String, Long> usedLengths) {
        return usedLengths.getOrDefault(file.getFileName().toString(), WHOLE_FILE);
    }
}
