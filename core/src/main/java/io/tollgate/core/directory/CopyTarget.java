package io.tollgate.core.directory;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.manifest.DataDirectory;
import io.tollgate.core.manifest.DirectoryLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The directory that a backup or a recovery writes: a new one, or an empty one. Control threads. */
final class CopyTarget {
    private CopyTarget() {}

    /**
     * Locks a directory and fills it. If that fails, what was written is deleted.
     *
     * @param source  in which the target must not lie.
     * @param target  that is missing or empty.
     * @param filling writes the directory.
     * @return the result of the filling.
     * @throws IllegalArgumentException if something is in the target, or if it lies in the source.
     * @throws UncheckedIOException     if the disk refuses.
     */
    static <T> T fill(
            final FileAccess files, final Path source, final Path target, final Function<DataDirectory, T> filling) {
        if (FileTree.realPath(target.toAbsolutePath()).startsWith(source)) {
            throw new IllegalArgumentException(
                    "target=" + target + " lies in dataDirectory=" + source + ", expected a directory outside of it");
        }
        final boolean isThere = FileProbe.isTaken(target);
        if (isThere && !(FileProbe.isDirectory(target) && new DataDirectory(target).isEmpty())) {
            throw new IllegalArgumentException(
                    "target=" + target + " is there, expected nothing or an empty directory");
        }
        try {
            FileTree.makeRestricted(files, target);
            final DirectoryLock lock = DirectoryLock.acquire(target, files.audience());
            try (lock) {
                final DataDirectory directory = new DataDirectory(lock.directory());
                try {
                    final T filled = filling.apply(directory);
                    files.forceDirectory(directory.path());
                    return filled;
                } catch (final IOException | RuntimeException | Error e) {
                    clearAfter(e, files, directory);
                    throw e;
                }
            } catch (final IOException | RuntimeException | Error e) {
                deleteAfter(e, files, target, isThere);
                throw e;
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(
                    "target=" + target + ": cannot be written; check the disk and its free space", e);
        }
    }

    private static void clearAfter(final Throwable cause, final FileAccess files, final DataDirectory directory) {
        try {
            clear(files, directory);
        } catch (final RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private static void deleteAfter(
            final Throwable cause, final FileAccess files, final Path target, final boolean isThere) {
        try {
            files.delete(target.resolve(DirectoryLock.FILE_NAME));
            if (!isThere) {
                files.delete(target);
            }
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Deletes all but the lock. The manifest goes last: until then the directory says that it is incomplete. */
    static void clear(final FileAccess files, final DataDirectory directory) {
        try {
            for (final Path entry : files.list(directory.path())) {
                if (!entry.endsWith(DirectoryLock.FILE_NAME) && !entry.equals(directory.manifest())) {
                    FileTree.delete(files, entry);
                }
            }
            files.delete(directory.manifest());
        } catch (final IOException e) {
            throw new UncheckedIOException("directory=" + directory.path() + ": cannot be cleared; delete it", e);
        }
    }
}
