package io.tollgate.core.store.chain;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.manifest.DirectoryLock;
import io.tollgate.core.store.chronicle.JvmAccess;
import io.tollgate.core.store.chronicle.LongKey;
import io.tollgate.core.store.chronicle.MemoryValue;
import io.tollgate.core.store.memory.AreaTable;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Memory areas of one constant length, made one after the other, and reached by their numbers 0, 1, 2, ...
 *
 * <p>The areas lie in the values of a chain of Chronicle Maps. An area stays where it is until the chain is closed, so
 * its address may be kept. Nobody touches an address after {@link #close()}: writers and readers are stopped first.
 *
 * <p>One thread, the writer, appends. Any thread asks for addresses: it finds the address of a number that the writer
 * has passed on with release and that it has loaded with acquire; a number it has from elsewhere may still say 0.
 * A background thread prepares the next map, forces, and asks for sizes.
 */
public final class RecordChain extends MapChain<LongKey> {
    private final int valueLength;
    private final AreaTable areas;
    private final LongKey key = new LongKey();
    private final MemoryValue entry;
    private final UnsafeBuffer memory = new UnsafeBuffer(0, 0);
    private volatile long size;

    private RecordChain(final Backing backing, final int valueLength, final long firstMapEntries) {
        this(backing, new RecordShape(valueLength), firstMapEntries);
    }

    private RecordChain(final Backing backing, final RecordShape shape, final long firstMapEntries) {
        super(backing, shape, shape.wholeEntries(firstMapEntries));
        valueLength = shape.valueLength();
        areas = new AreaTable(valueLength, shape.areasPerEntry());
        this.entry = new MemoryValue(shape.entryLength());
        try {
            resolve();
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, this);
            throw e;
        }
    }

    /**
     * Opens a chain in files of a directory, {@code <name>-<k>.map} and {@code <name>-<k>.numbers}, or makes it.
     *
     * @param files to make them through
     * @param directory a directory that exists and that this process has locked with {@link DirectoryLock}
     * @param name the beginning of the file names
     * @param valueLength the length of each area in bytes, a multiple of 8
     * @param firstMapEntries how many areas the first map has room for, 1 to 2^20, or as many more as fill its last
     *     entry; each further map has room for twice as many, up to 2^20
     * @return the chain
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if the files were made with other settings, or do not fit together; or if the JVM
     *     lacks the flags that {@link JvmAccess#requireOpen()} asks for
     * @throws java.io.UncheckedIOException if a file cannot be opened or made; no new file is left behind
     */
    public static RecordChain persisted(
            final FileAccess files,
            final Path directory,
            final String name,
            final int valueLength,
            final long firstMapEntries) {
        return new RecordChain(new FileBacking(files, new ChainFiles(directory, name)), valueLength, firstMapEntries);
    }

    /**
     * Makes a chain in memory outside the heap, without files.
     *
     * @param name what errors call the chain
     * @param valueLength the length of each area in bytes, a multiple of 8
     * @param firstMapEntries how many areas the first map has room for, 1 to 2^20, or as many more as fill its last
     *     entry; each further map has room for twice as many, up to 2^20
     * @return the chain, empty
     * @throws IllegalArgumentException if an argument is out of its range
     * @throws IllegalStateException if the JVM lacks the flags that {@link JvmAccess#requireOpen()} asks for
     */
    public static RecordChain anonymous(final String name, final int valueLength, final long firstMapEntries) {
        return new RecordChain(new AnonymousBacking(name), valueLength, firstMapEntries);
    }

    private void resolve() {
        areas.cover(capacity());
        long number = 0;
        for (final RecordMap<LongKey> map : maps()) {
            final long count = map.count();
            for (long i = 0; i < count; i++) {
                add(number++, map.address() + map.word(i));
            }
        }
        size = number;
    }

    private void add(final long number, final long address) {
        if (areas.isFirst(number)) {
            areas.addFirst(number, address);
        } else {
            areas.addNext(number);
        }
    }

    /**
     * Appends an area, filled with zeros. For the writer. If the current map is full and the next one is not prepared,
     * this prepares it. That may take long, and is counted by {@link #stalls()}.
     *
     * @return the number of the area, which is the {@link #size()} before the call
     * @throws IllegalStateException if the chain is closed
     * @throws java.io.UncheckedIOException if a further map is needed and cannot be made; the chain stays as it was
     */
    public long append() {
        final long number = size;
        if (number == areas.covered()) {
            areas.cover(capacity() + nextMapEntries());
        }
        final int chunks = areas.isFirst(number) ? 1 : 0;
        final RecordMap<LongKey> map = writable(chunks);
        add(number, chunks == 0 ? 0 : putEntry(map, number));
        map.append(number, areas.get(number) - map.address(), chunks);
        size = number + 1;
        return number;
    }

    /** Puts an entry, all zero, whose key is the number of its first area, and returns where that lies. */
    private long putEntry(final RecordMap<LongKey> map, final long number) {
        // It may be there already, where a process was killed between the put and the table.
        map.map().acquireUsing(key.number(number), entry);
        memory.wrap(entry.address(), (int) entry.maxSize());
        memory.setMemory(0, memory.capacity(), (byte) 0);
        return BitUtil.align(entry.address(), AreaTable.ALIGNMENT);
    }

    /**
     * Returns where an area lies. For any thread; a few loads, nothing is allocated.
     *
     * @param number any number
     * @return the absolute address of the area, at a multiple of 8; 0 when there is no such number, or the chain is
     *     closed
     */
    public long address(final long number) {
        return areas.get(number);
    }

    /** The areas by their numbers, chain by chain. */
    public static AreaTable[] areas(final RecordChain... chains) {
        return Arrays.stream(chains).map(chain -> chain.areas).toArray(AreaTable[]::new);
    }

    /** The areas by their numbers. */
    public AreaTable areas() {
        return areas;
    }

    /**
     * Returns how many areas there are. For any thread.
     *
     * @return the number of the next area, as well
     */
    public long size() {
        return size;
    }

    @Override
    public void prepareNext() {
        areas.cover(capacity() + nextMapEntries());
        super.prepareNext();
    }

    @Override
    public void prepareSpace(final long areaCount) {
        super.prepareSpace(areaCount);
        areas.cover(capacity());
    }

    /**
     * Gives the memory back; files stay. From now on there is no address. A second call does nothing.
     */
    @Override
    public void close() {
        areas.clear();
        super.close();
    }
}
