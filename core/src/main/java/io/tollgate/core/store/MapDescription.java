package io.tollgate.core.store;

import static net.openhft.chronicle.hash.impl.VanillaChronicleHash.RESERVED_GLOBAL_MUTABLE_STATE_BYTES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.VanillaChronicleMap;
import net.openhft.chronicle.wire.TextWire;

/**
 * What a map of a configuration says of itself at the beginning of its file. Chronicle Map opens any file by what that
 * says: it makes objects of the classes named there, maps as much as it asks for, and goes where it points. So a file
 * is compared with this first, and has to say the same, byte for byte; then it is opened by the configuration
 * ({@link CheckedMap}).
 *
 * <pre>
 *  byte 0        8               12                                              line     line + 8
 *  +-------------+---------------+------------------------------------+----------+--------+------------+
 *  | hash of     | length of the | description, a text of a few       | zero, to | lock   | state (25) |
 *  | what is     | description   | kilobytes: classes, counts and     | a cache  | (8)    | MapState   |
 *  | behind (8)  | (4)           | lengths                            | line     |        |            |
 *  +-------------+---------------+------------------------------------+----------+--------+------------+
 * </pre>
 *
 * <p>The hash is Chronicle's guard against accidents. The lengths depend on the size of the machine's pages, so a map
 * is opened on machines like the one that made it.
 */
final class MapDescription {
    private static final int LENGTH_OFFSET = 8;
    private static final int TEXT_OFFSET = 12;
    private static final int MAX_TEXT_LENGTH = 1 << 14;
    private static final int LOCK_LENGTH = 8;
    private static final String ADVICE = "open it on a machine like the one that made it, or restore it";

    private final VanillaChronicleMap<?, ?, ?> layout;
    private final ByteBuffer start;
    private final long mapLength;

    private MapDescription(final VanillaChronicleMap<?, ?, ?> layout, final ByteBuffer start, final long mapLength) {
        this.layout = layout;
        this.start = start;
        this.mapLength = mapLength;
    }

    /**
     * Returns what a map says that is made now.
     *
     * @param builder the configuration of the map
     * @return the description
     * @throws IllegalStateException if this Chronicle is not the one this was written for
     */
    static MapDescription of(final ChronicleMapBuilder<?, MemoryValue> builder) {
        MapState.install();
        // Its constructor alone would leave out what samples of keys and values tell.
        final VanillaChronicleMap<?, ?, ?> map = (VanillaChronicleMap<?, ?, ?>) call(builder.clone(), "newMap");
        final Bytes<ByteBuffer> text = Bytes.wrapForWrite(ByteBuffer.allocate(MAX_TEXT_LENGTH));
        new TextWire(text).getValueOut().typedMarshallable(map);
        return of(map, text.toByteArray());
    }

    /**
     * Returns what a map says, as far as we can tell without Chronicle's own word.
     *
     * @param map a map that has no file yet, which is laid out accordingly
     * @return the description
     */
    static MapDescription of(final CheckedMap<?> map) {
        return of(map, DescriptionText.of(map));
    }

    private static MapDescription of(final VanillaChronicleMap<?, ?, ?> map, final byte[] text) {
        final int end = TEXT_OFFSET + text.length;
        try {
            map.initBeforeMapping(null, null, end, false);
        } catch (final IOException e) {
            throw new UncheckedIOException("a map without a file cannot be laid out", e);
        }
        final long mapLength = map.sizeInBytesWithoutTiers();
        final int stateOffset = (int) map.headerSize + LOCK_LENGTH;
        final MapState state = new MapState();
        final ByteBuffer start =
                ByteBuffer.allocate(stateOffset + (int) state.maxSize()).order(ByteOrder.LITTLE_ENDIAN);
        start.putInt(LENGTH_OFFSET, text.length).put(TEXT_OFFSET, text);
        start.putLong(0, LongHashFunction.xx_r39().hashBytes(start, LENGTH_OFFSET, end - LENGTH_OFFSET));
        state.bytesStore(BytesStore.wrap(start.array()), stateOffset, state.maxSize());
        state.setSegmentHeadersOffset(segmentOffset(map));
        state.setDataStoreSize(mapLength);
        return new MapDescription(map, start, mapLength);
    }

    /** Returns where the header of the only segment lies, as an offset in the map in bytes. */
    static long segmentOffset(final VanillaChronicleMap<?, ?, ?> map) {
        return OS.pageAlign(map.headerSize + RESERVED_GLOBAL_MUTABLE_STATE_BYTES);
    }

    /**
     * Has Chronicle do what it does where it makes a map.
     *
     * @param builder the configuration of the map
     * @param name of a private method without parameters
     * @return what it returns
     * @throws IllegalStateException if this Chronicle is not the one this was written for
     */
    static Object call(final ChronicleMapBuilder<?, MemoryValue> builder, final String name) {
        try {
            final Method method = ChronicleMapBuilder.class.getDeclaredMethod(name);
            method.setAccessible(true);
            return method.invoke(builder);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            throw otherChronicle(e);
        }
    }

    /** Another Chronicle lacks what was looked for in it. */
    static IllegalStateException otherChronicle(final Exception cause) {
        return new IllegalStateException(
                "chronicle-map="
                        + ChronicleMapBuilder.class.getProtectionDomain().getCodeSource()
                        + ": expected version 2026.1; use that one",
                cause);
    }

    /**
     * Returns how long the description is, with what is before it, up to the line at which the lock lies.
     *
     * @return the length in bytes
     */
    long headerLength() {
        return layout.headerSize;
    }

    /**
     * Returns how long such a map is. Its file ends with a whole page.
     *
     * @return the length in bytes
     */
    long mapLength() {
        return mapLength;
    }

    /**
     * Returns such a map, which lies nowhere: what it tells is where things would lie.
     *
     * @return the map, neither made nor opened
     */
    VanillaChronicleMap<?, ?, ?> layout() {
        return layout;
    }

    /**
     * Tells whether a file is that of such a map.
     *
     * @param file the file of a map
     * @return whether it has the length, and says the same of itself
     * @throws UncheckedIOException if it cannot be read
     */
    boolean isOf(final Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.size() == OS.pageAlign(mapLength) && difference(channel) < 0;
        } catch (final IOException e) {
            throw cannotBeRead(file, e);
        }
    }

    /**
     * Refuses a file that is not that of such a map.
     *
     * @param file the file of a map
     * @throws UnlikeMapException if it has another length, or does not say the same of itself
     * @throws UncheckedIOException if it cannot be read
     */
    void check(final Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final long fileLength = OS.pageAlign(mapLength);
            if (channel.size() != fileLength) {
                throw new UnlikeMapException(
                        "file=" + file, 0, "length=" + channel.size(), "length=" + fileLength, ADVICE);
            }
            final int position = difference(channel);
            if (position >= 0) {
                throw new UnlikeMapException(
                        "file=" + file + " position=" + position,
                        position,
                        "a description that differs from there",
                        "that of a map of " + mapLength + " bytes as it is made here",
                        ADVICE);
            }
        } catch (final IOException e) {
            throw cannotBeRead(file, e);
        }
    }

    /** Where a file differs, by preference behind the hash, which differs wherever that does; -1 if nowhere. */
    private int difference(final FileChannel channel) throws IOException {
        final ByteBuffer found = ByteBuffer.allocate(start.limit());
        int read = 0;
        while (found.hasRemaining() && read >= 0) {
            read = channel.read(found, found.position());
        }
        found.flip();
        final int from = Math.min(LENGTH_OFFSET, found.limit());
        final int behind =
                found.duplicate().position(from).mismatch(start.duplicate().position(from));
        return behind < 0 ? found.mismatch(start()) : from + behind;
    }

    /**
     * Returns what such a map begins with.
     *
     * @return all to the end of the state
     */
    ByteBuffer start() {
        return start.duplicate();
    }

    private static UncheckedIOException cannotBeRead(final Path file, final IOException cause) {
        return new UncheckedIOException("file=" + file + ": cannot be read; check the disk and its permissions", cause);
    }
}
