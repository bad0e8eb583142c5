package io.tollgate.core.store.chain;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.chronicle.MemoryValue;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The keys of series and their numbers 0, 1, 2, ..., both ways, without an object on the heap for any of them.
 *
 * <p>The keys lie in a chain of Chronicle Maps; a number leads to its key through the number tables. Keys are compared
 * by their bytes in UTF-8.
 *
 * <p>One thread, the writer, puts. Any control thread finds, which allocates; a lookup by key may wait for a put. A
 * background thread prepares the next map, forces, and asks for sizes. All are stopped before the close.
 */
public final class NameMap extends MapChain<byte[]> {
    /** The result of {@link #find(CharSequence)} for a key without a number. */
    public static final long ABSENT = -1;

    private static final byte[] NO_KEY = new byte[0];

    private final BytesStore<?, ?> scratch = BytesStore.wrap(new byte[Long.BYTES]);
    private final MemoryValue scratchValue = new MemoryValue(Long.BYTES);
    private volatile long size;

    private NameMap(final Backing backing, final long firstMapEntries) {
        super(backing, new NameShape(), firstMapEntries);
        this.scratchValue.bytesStore(scratch, 0, Long.BYTES);
        this.size = count();
    }

    /**
     * Opens the keys in files of a directory, {@code <name>-<k>.map} and {@code <name>-<k>.numbers}, or makes them.
     *
     * @param files to make them through
     * @param directory a directory that exists and that this process has locked with {@link DirectoryLock}
     * @param name the beginning of the file names
     * @param firstMapEntries how many keys the first map has room for, 1 to 2^20; each further map has room for twice
     *     as many, up to 2^20
     * @return the keys
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if the files were made with other settings, or do not fit together; or if the JVM
     *     lacks the flags that {@link JvmAccess#requireOpen()} asks for
     * @throws java.io.UncheckedIOException if a file cannot be opened or made; no new file is left behind
     */
    public static NameMap persisted(
            final FileAccess files, final Path directory, final String name, final long firstMapEntries) {
        return new NameMap(new FileBacking(files, new ChainFiles(directory, name)), firstMapEntries);
    }

    /**
     * Makes a map in memory outside the heap, without files.
     *
     * @param name what errors call the map
     * @param firstMapEntries how many keys the first map has room for, 1 to 2^20; each further map has room for twice
     *     as many, up to 2^20
     * @return the map, empty
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if the JVM lacks the flags that {@link JvmAccess#requireOpen()} asks for
     */
    public static NameMap anonymous(final String name, final long firstMapEntries) {
        return new NameMap(new AnonymousBacking(name), firstMapEntries);
    }

    /**
     * Returns the number of a key. For any control thread.
     *
     * @param key any text
     * @return the number, or {@link #ABSENT}
     * @throws IllegalStateException if the map is closed
     */
    public long find(final CharSequence key) {
        checkOpen();
        final byte[] bytes = encode(key);
        return bytes.length == 0 ? ABSENT : find(bytes, null);
    }

    /**
     * Finds a key in all maps with entries, the newest first. One map is left out, unless it is null.
     */
    private long find(final byte[] bytes, final RecordMap<byte[]> except) {
        final MemoryValue value = new MemoryValue(Long.BYTES);
        final List<RecordMap<byte[]>> maps = maps();
        for (int i = maps.size() - 1; i >= 0; i--) {
            final RecordMap<byte[]> map = maps.get(i);
            if (map != except && map.count() > 0 && map.map().getUsing(bytes, value) != null) {
                final long number = numberOf(bytes, value.address());
                if (number != ABSENT) {
                    return number;
                }
            }
        }
        return ABSENT;
    }

    /** An entry that a killed process has left may have the number of another key, or of none. */
    private long numberOf(final byte[] bytes, final long address) {
        final long number = UnsafeApi.getLong(address);
        return Arrays.equals(bytes, bytesOf(number)) ? number : ABSENT;
    }

    /**
     * Returns true if there is space for a key in the existing maps. For the writer.
     *
     * @param key any text
     * @return false if {@link #put(String, long)} would have to make a map for it
     * @throws IllegalStateException if the map is closed
     */
    public boolean hasSpace(final CharSequence key) {
        return hasSpace(NameShape.chunks(encode(key).length));
    }

    /**
     * Puts a key and its number. For the writer. If the current map is full and the next one is not prepared, this
     * prepares it. That may take long, and is counted by {@link #stalls()}.
     *
     * @param key the key, 1 to 128 bytes in UTF-8, without a number so far
     * @param number the number, equal to {@link #size()}
     * @throws IllegalArgumentException if the key is too short or too long, is no text, or has a number; or if the
     *     number is not the next
     * @throws IllegalStateException if the map is closed
     * @throws java.io.UncheckedIOException if a further map is needed and cannot be made; this map stays as it was
     */
    public void put(final String key, final long number) {
        checkOpen();
        final byte[] bytes = encode(key);
        if (bytes.length == 0) {
            throw new IllegalArgumentException(
                    "key=" + key + ", expected 1.." + NameShape.MAX_NAME_LENGTH + " bytes of UTF-8");
        }
        if (number != size) {
            throw new IllegalArgumentException("key=" + key + " number=" + number + ", expected number=" + size);
        }
        final int chunks = NameShape.chunks(bytes.length);
        final RecordMap<byte[]> map = writable(chunks);
        requireNew(key, find(bytes, map));
        final long keyOffset = put(map, key, bytes, number) - map.address();
        map.append(number, NameWord.of(keyOffset, bytes.length), chunks);
        size = number + 1;
    }

    private static void requireNew(final String key, final long found) {
        if (found != ABSENT) {
            throw new IllegalArgumentException("key=" + key + ", expected a new key, but it has number=" + found);
        }
    }

    private long put(final RecordMap<byte[]> map, final String key, final byte[] bytes, final long number) {
        scratch.writeLong(0, number);
        try (ExternalMapQueryContext<byte[], MemoryValue, ?> context = map.map().queryContext(bytes)) {
            context.updateLock().lock();
            final Data<MemoryValue> value = context.wrapValueAsData(scratchValue);
            final MapEntry<byte[], MemoryValue> existing = context.entry();
            if (existing == null) {
                context.insert(context.absentEntry(), value);
            } else {
                final Data<MemoryValue> found = existing.value();
                requireNew(key, numberOf(bytes, found.bytes().addressForRead(found.offset())));
                context.replaceValue(existing, value);
            }
            final Data<byte[]> stored = context.entry().key();
            return stored.bytes().addressForRead(stored.offset());
        }
    }

    /**
     * Returns the key of a number. For any control thread.
     *
     * @param number the number, 0 to below {@link #size()}
     * @return the key
     * @throws IllegalArgumentException if no key has this number
     * @throws IllegalStateException if the map is closed
     */
    public String keyOf(final long number) {
        checkOpen();
        final byte[] bytes = bytesOf(number);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("number=" + number + ", expected 0.." + (size - 1));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] bytesOf(final long number) {
        if (number < 0 || number >= size) {
            return NO_KEY;
        }
        final List<RecordMap<byte[]>> maps = maps();
        int i = maps.size() - 1;
        while (maps.get(i).count() == 0 || maps.get(i).firstNumber() > number) {
            i--;
        }
        final RecordMap<byte[]> map = maps.get(i);
        final long word = map.word(number - map.firstNumber());
        final byte[] bytes = new byte[NameWord.length(word)];
        new UnsafeBuffer(map.address() + NameWord.place(word), bytes.length).getBytes(0, bytes);
        return bytes;
    }

    /** The bytes of a key; none if it has no bytes, too many, or half a character. */
    private static byte[] encode(final CharSequence key) {
        if (key.length() > NameShape.MAX_NAME_LENGTH) {
            return NO_KEY;
        }
        final byte[] bytes = new byte[key.length()];
        for (int i = 0; i < bytes.length; i++) {
            if (key.charAt(i) > 0x7F) {
                return encodeText(key);
            }
            bytes[i] = (byte) key.charAt(i);
        }
        return bytes;
    }

    private static byte[] encodeText(final CharSequence key) {
        final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        try {
            final ByteBuffer encoded = encoder.encode(CharBuffer.wrap(key));
            return encoded.remaining() > NameShape.MAX_NAME_LENGTH
                    ? NO_KEY
                    : Arrays.copyOf(encoded.array(), encoded.remaining());
        } catch (final CharacterCodingException e) {
            return NO_KEY;
        }
    }

    /**
     * Returns how many keys have a number. For any thread.
     *
     * @return the next number, as well
     */
    public long size() {
        return size;
    }
}
