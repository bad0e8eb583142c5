package io.tollgate.core.store;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import net.openhft.chronicle.hash.VanillaGlobalMutableState;
import net.openhft.chronicle.hash.impl.PersistedChronicleHashResources;
import net.openhft.chronicle.hash.impl.util.CanonicalRandomAccessFiles;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * A Chronicle Map whose file was found to say what Chronicle would write for this configuration, byte for byte ({@link
 * MapDescription}). So it is opened by the configuration. Chronicle would read what the file says once more, by means
 * for texts of any kind, and make a model of the state behind it, for which it loads hundreds of classes.
 *
 * <p>Once it is open it differs from a map that Chronicle has opened in nothing but its class.
 *
 * @param <K> the type of the keys
 */
final class CheckedMap<K> extends VanillaChronicleMap<K, MemoryValue, Object> {
    private CheckedMap(final ChronicleMapBuilder<K, MemoryValue> builder) {
        super(builder);
    }

    /**
     * Returns a map that has no file yet.
     *
     * @param <K> the type of the keys
     * @param builder the configuration of the map, not used again
     * @return the map
     * @throws IllegalStateException if this Chronicle is not the one this was written for
     */
    static <K> CheckedMap<K> of(final ChronicleMapBuilder<K, MemoryValue> builder) {
        // The constructor alone would leave out what samples of keys and values tell.
        MapDescription.call(builder, "preMapConstruction");
        return new CheckedMap<>(builder);
    }

    /**
     * Opens it, once.
     *
     * @param path the file, which was checked
     * @param headerLength of what it says of itself, as it was checked, in bytes
     * @throws IOException if the file cannot be opened or mapped, or is too short; nothing is held then
     * @throws net.openhft.chronicle.hash.ChronicleFileLockException if it cannot be locked. Who has the file open in
     *     another process, and has it for himself, is waited for
     */
    void open(final Path path, final long headerLength) throws IOException {
        final File file = ChronicleFiles.unused(path);
        final RandomAccessFile access = CanonicalRandomAccessFiles.acquire(file);
        final PersistedChronicleHashResources resources = new PersistedChronicleHashResources(file);
        resources.setChronicleHashIdentityString("file=" + file);
        try {
            createdOrInMemory = false;
            initBeforeMapping(file, access, headerLength, false);
            requireWhole(access.length());
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

    /** A file that is shorter than its map would be made longer. */
    private void requireWhole(final long fileLength) throws IOException {
        final long length = globalMutableState().getDataStoreSize();
        if (fileLength < length) {
            throw new IOException("length=" + fileLength + ", expected a map of " + length + " bytes");
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
