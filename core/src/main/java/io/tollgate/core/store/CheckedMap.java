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
 * for texts of any kind, and make a model of the state behind it: a sixth of the time that the first engine of a JVM
 * takes to open.
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
     * @param path the file, which begins as {@link MapDescription#of(CheckedMap)} says, or as Chronicle itself does
     * @throws IOException if the file cannot be opened or mapped; nothing is held then
     * @throws net.openhft.chronicle.hash.ChronicleFileLockException if another process has locked it
     */
    void open(final Path path) throws IOException {
        // By this name Chronicle knows in how many maps of this process the file is open.
        final File file = path.toFile().getCanonicalFile();
        final RandomAccessFile access = CanonicalRandomAccessFiles.acquire(file);
        final PersistedChronicleHashResources resources = new PersistedChronicleHashResources(file);
        resources.setChronicleHashIdentityString("file=" + file);
        try {
            createdOrInMemory = false;
            // Its length is that of the description, up to the next line of the cache.
            initBeforeMapping(file, access, headerSize, false);
            createMappedStoreAndSegments(resources);
            CanonicalRandomAccessFiles.acquireSharedFileLock(file, access.getChannel());
            addCloseable(() -> CanonicalRandomAccessFiles.releaseSharedFileLock(file));
            setResourcesName();
            registerCleaner();
        } catch (final IOException | RuntimeException | Error e) {
            release(resources, e);
            throw e;
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
