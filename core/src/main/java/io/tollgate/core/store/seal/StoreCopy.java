package io.tollgate.core.store.seal;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileCopy;
import io.tollgate.core.store.memory.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Copies closed stores. Bytes that were never used are zero in the copy. */
public final class StoreCopy {
    private StoreCopy() {}

    /**
     * Copies a closed store. The seal is copied last. When this returns, the copy is a closed store and durable.
     *
     * @param files     to access the directories with.
     * @param directory of the store.
     * @param target    the directory to copy to, created if it is missing.
     * @throws IllegalStateException if the store has no intact seal.
     * @throws UncheckedIOException if a file operation fails.
     */
    public static void copy(final FileAccess files, final Path directory, final Path target) {
        try {
            files.createDirectory(target);
            StoreDirectory.discard(files, target);
            for (final StoreFile file : sealOf(directory).files()) {
                FileCopy.copyForced(
                        files, directory.resolve(file.name()), target.resolve(file.name()), file.usedLength());
            }
            final Path seal = StoreSeal.file(directory);
            FileCopy.copyForced(files, seal, target.resolve(seal.getFileName()), Long.MAX_VALUE);
            files.forceDirectory(target);
        } catch (final IOException e) {
            throw failure(directory, target, e);
        }
    }

    /**
     * Copies the files of a closed store into a directory, to be opened and changed there. The copy has no seal and is
     * not forced, because an open store is rebuilt after any failure.
     *
     * @param files     to access the directories with.
     * @param directory of the store.
     * @param target    the directory to copy to, which has no store.
     * @throws IllegalStateException if the store has no intact seal.
     * @throws UncheckedIOException if a file operation fails.
     */
    public static void restore(final FileAccess files, final Path directory, final Path target) {
        try {
            for (final StoreFile file : sealOf(directory).files()) {
                FileCopy.copy(files, directory.resolve(file.name()), target.resolve(file.name()), file.usedLength());
            }
        } catch (final IOException e) {
            throw failure(directory, target, e);
        }
    }

    private static StoreSeal sealOf(final Path directory) {
        return StoreSeal.read(directory)
                .orElseThrow(() -> new DirectoryDamagedException(
                        "file=" + StoreSeal.file(directory) + ": missing or damaged; run recover",
                        StoreSeal.file(directory)));
    }

    private static UncheckedIOException failure(final Path directory, final Path target, final IOException cause) {
        return new UncheckedIOException(
                "directory=" + directory + ": cannot be copied to " + target + "; check the disk and its free space",
                cause);
    }
}
