package io.tollgate.core.store.chronicle;

import io.tollgate.api.DirectoryDamagedException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.hash.impl.PersistedChronicleHashResources;
import net.openhft.chronicle.hash.impl.util.CanonicalRandomAccessFiles;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * An existing Chronicle Map that is opened from its configuration. Chronicle itself would parse the description at the
 * start of the file. The parser loads hundreds of classes, and creates objects of any class that the description names.
 * This class reads only the length of the description. The checksums of a closed store protect the whole file.
 * <pre>
 *  byte 0        8               12                                              line     line + 8
 *  +-------------+---------------+------------------------------------+----------+--------+------------+
 *  | hash of     | length of the | description, a text of a few       | zero, to | lock   | state (25) |
 *  | the rest (8)| description   | kilobytes: classes, counts and     | a cache  | (8)    | MapState   |
 *  |             | (4)           | lengths                            | line     |        |            |
 *  +-------------+---------------+------------------------------------+----------+--------+------------+
 * </pre>
 *
 * <p>An open map differs only in its class from a map that Chronicle has opened.
 *
 * @param <K> the type of the keys
 */
public final class CheckedMap<K> extends VanillaChronicleMap<K, MemoryValue, Object> {
    private static final int LENGTH_OFFSET = 8;
    private static final int TEXT_OFFSET = 12;
    private static final int MAX_TEXT_LENGTH = 1 << 14;

    private final Path path;
    private final long headerLength;

    private CheckedMap(final ChronicleMapBuilder<K, MemoryValue> builder, final Path path, final long headerLength)
            throws IOException {
        super(builder);
        this.path = path;
        this.headerLength = headerLength;
        initBeforeMapping(null, null, headerLength, false);
    }

    /**
     * Computes the layout of a map without opening it. The length of the map is known after this call.
     *
     * @param <K> the type of the keys
     * @param builder the configuration of the map, not used again
     * @param path the file of the map
     * @return the map
     * @throws IOException if the file cannot be read, or is too short
     * @throws IllegalStateException if the length of the file's description is impossible
     */
    public static <K> CheckedMap<K> of(final ChronicleMapBuilder<K, MemoryValue> builder, final Path path)
            throws IOException {
        try {
            // The constructor itself does not compute the sizes of the sample keys and values.
            preparation().invoke(builder);
        } catch (final ReflectiveOperationException e) {
            throw ChronicleVersion.refusal(ChronicleMapBuilder.class, "a method that fails", e);
        }
        return new CheckedMap<>(builder, path, headerLength(path));
    }

    /**
     * Looks up the method that Chronicle uses to complete a configuration.
     *
     * @return the method
     * @throws IllegalStateException if this is another version of Chronicle
     */
    static Method preparation() {
        return ChronicleVersion.method(ChronicleMapBuilder.class, "preMapConstruction");
    }

    private static long headerLength(final Path path) throws IOException {
        final ByteBuffer start = ByteBuffer.allocate(TEXT_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (start.hasRemaining()) {
                if (channel.read(start) < 0) {
                    throw new IOException("length=" + start.position() + " is too short for a map; restore the file");
                }
            }
        }
        final int length = start.getInt(LENGTH_OFFSET);
        if (length <= 0 || length > MAX_TEXT_LENGTH) {
            throw new DirectoryDamagedException(
                    "file=" + path + ": found descriptionLength=" + length + ", expected 1.." + MAX_TEXT_LENGTH
                            + "; restore the file",
                    path);
        }
        return TEXT_OFFSET + length;
    }

    /**
     * Opens the map. Must not be called twice.
     *
     * @throws IOException if the file cannot be opened or mapped, or is too short. No resource is held then
     * @throws net.openhft.chronicle.hash.ChronicleFileLockException if it cannot be locked. The call waits while
     *     another process holds an exclusive lock
     */
    public void open() throws IOException {
        final File file = ChronicleFiles.unused(path);
        final RandomAccessFile access = CanonicalRandomAccessFiles.acquire(file);
        final PersistedChronicleHashResources resources = new PersistedChronicleHashResources(file);
        resources.setChronicleHashIdentityString("file=" + file);
        try {
            createdOrInMemory = false;
            initBeforeMapping(file, access, headerLength, false);
            requireIntact(access.length());
            createMappedStoreAndSegments(resources);
            ChronicleFiles.lock(file, access);
            addCloseable(() -> CanonicalRandomAccessFiles.releaseSharedFileLock(file));
            setResourcesName();
            registerCleaner();
        } catch (final IOException | RuntimeException | Error e) {
            release(resources, e);
            throw e;
        }
    }

    /** Rejects a file that is shorter than its map, because Chronicle would extend it. */
    private void requireIntact(final long fileLength) throws IOException {
        final long length = globalMutableState().getDataStoreSize();
        if (fileLength < length) {
            throw new IOException(
                    "length=" + fileLength + " is shorter than the map of " + length + " bytes; restore the file");
        }
    }

    private static void release(final PersistedChronicleHashResources resources, final Throwable cause) {
        try {
            resources.releaseManually();
        } catch (final RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    protected VanillaGlobalMutableState createGlobalMutableState() {
        return new MapState();
    }
}
