package io.tollgate.core.store.chronicle;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.openhft.chronicle.hash.impl.util.CanonicalRandomAccessFiles;

/**
 * Chronicle's table of the map files that are open in this process. Chronicle caches open files by path: a second open
 * of a path returns the same open file, even if the path now names another file. Chronicle counts the users of each
 * file. The count includes users that failed to lock the file or to close it. Without a correction, the next map of
 * that path could use a deleted file, and its data would be lost.
 */
public final class ChronicleFiles {
    private ChronicleFiles() {}

    /**
     * Removes a file from Chronicle's table, and closes the file if an earlier attempt left it open. This process must
     * not have the file mapped.
     *
     * @param path of the file, in a directory that this process has locked
     * @return the canonical file, which Chronicle uses as the key of its table
     * @throws IOException if the path cannot be resolved, or the old file cannot be closed. A failed close does not
     *     keep the entry in the table
     */
    public static File unused(final Path path) throws IOException {
        final File file = path.toFile().getCanonicalFile();
        // The entry is removed directly, because the count never reaches zero after a failed close.
        final Object left = ((Map<?, ?>) get(openFiles(), null)).remove(file);
        if (left != null) {
            ((RandomAccessFile) get(openFile(), left)).close();
        }
        return file;
    }

    /**
     * Checks that Chronicle has the fields that this class uses.
     *
     * @throws IllegalStateException if this is another version of Chronicle
     */
    static void requireSupportedVersion() {
        openFiles();
        openFile();
    }

    private static Field openFiles() {
        return ChronicleVersion.field(CanonicalRandomAccessFiles.class, "CANONICAL_RAFS", ConcurrentHashMap.class);
    }

    private static Field openFile() {
        final Class<?> user = ChronicleVersion.nested(CanonicalRandomAccessFiles.class, "RafReference");
        return ChronicleVersion.field(user, "raf", RandomAccessFile.class);
    }

    private static Object get(final Field field, final Object object) {
        try {
            return field.get(object);
        } catch (final IllegalAccessException e) {
            throw ChronicleVersion.refusal(field.getDeclaringClass(), "a field that cannot be read", e);
        }
    }

    /**
     * Locks an open file, so that no other process starts Chronicle's own repair of the map. The call waits while
     * another process holds an exclusive lock.
     *
     * @param file the canonical file, which Chronicle uses as the key of its table
     * @param access the open file
     * @throws net.openhft.chronicle.hash.ChronicleFileLockException if the file cannot be locked. The use of the file
     *     is released before the exception is thrown
     */
    static void lock(final File file, final RandomAccessFile access) {
        try {
            CanonicalRandomAccessFiles.acquireSharedFileLock(file, access.getChannel());
        } catch (final RuntimeException | Error e) {
            CanonicalRandomAccessFiles.release(file);
            throw e;
        }
    }
}
