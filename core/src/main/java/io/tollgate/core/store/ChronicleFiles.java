package io.tollgate.core.store;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Map;
import net.openhft.chronicle.hash.impl.util.CanonicalRandomAccessFiles;

/**
 * The files of maps that Chronicle has open in this process. It knows them by their paths, and gives who opens a path
 * that it knows the same open file, whatever has become of the path meanwhile. It counts their users, also one that
 * could not lock the file, and one whose close failed: without more, the next map of that path would lie in a file that
 * may be deleted, where nobody finds it again.
 */
final class ChronicleFiles {
    private ChronicleFiles() {}

    /**
     * Has Chronicle forget a file of which this process has no map, and closes what an attempt before has left open.
     *
     * @param path of the file, in a directory that this process has locked
     * @return the file by the name that Chronicle knows it by
     * @throws IOException if the path cannot be followed, or what was left open cannot be closed; it is forgotten then
     * @throws IllegalStateException if this Chronicle is not the one this was written for
     */
    static File unused(final Path path) throws IOException {
        final File file = path.toFile().getCanonicalFile();
        // Not released as often as it is counted: once a close has failed no count leads to none.
        final Object left = ((Map<?, ?>) field(CanonicalRandomAccessFiles.class, "CANONICAL_RAFS", null)).remove(file);
        if (left != null) {
            ((RandomAccessFile) field(left.getClass(), "raf", left)).close();
        }
        return file;
    }

    private static Object field(final Class<?> type, final String name, final Object object) {
        try {
            final Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            throw MapDescription.otherChronicle(e);
        }
    }

    /**
     * Locks an open file, so that no other process repairs the map by Chronicle's means.
     *
     * @param file by the name that Chronicle knows it by
     * @param access to it
     * @throws net.openhft.chronicle.hash.ChronicleFileLockException if it cannot be locked; it has no user more then.
     *     Who has the file open in another process, and has it for himself, is waited for
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
