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
 * The files of maps that Chronicle has open in this process. It knows them by their paths, and gives who opens a path
 * that it knows the same open file, whatever has become of the path meanwhile. It counts their users, also one that
 * could not lock the file, and one whose close failed: without more, the next map of that path would lie in a file that
 * may be deleted, where nobody finds it again.
 */
public final class ChronicleFiles {
    private ChronicleFiles() {}

    /**
     * Has Chronicle forget a file of which this process has no map, and closes what an attempt before has left open.
     *
     * @param path of the file, in a directory that this process has locked
     * @return the file by the name that Chronicle knows it by
     * @throws IOException if the path cannot be followed, or what was left open cannot be closed; it is forgotten then
     */
    public static File unused(final Path path) throws IOException {
        final File file = path.toFile().getCanonicalFile();
        // Not released as often as it is counted: once a close has failed no count leads to none.
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
