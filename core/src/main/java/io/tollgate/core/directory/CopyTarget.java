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

/** The target directory of a backup or a recovery: a new or empty one. Control threads. */
final class CopyTarget {
    private CopyTarget() {}

    /**
     * Locks a directory and fills it. If that fails, the written files are deleted.
     *
     * @param source  that must not contain the target.
     * @param target  that is missing or empty.
     * @param filling writes the directory.
     * @return the result of the filling.
     * @throws IllegalArgumentException if the target is not empty, or lies in the source.
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
                    "target=" + target + " is not empty, or not a directory; choose a missing or empty directory");
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

    /**
     * Deletes everything except the lock. The manifest is deleted last, so that the directory stays marked as
     * incomplete until then.
     */
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
