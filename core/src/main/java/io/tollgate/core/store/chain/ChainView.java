package io.tollgate.core.store.chain;

import static io.tollgate.core.store.chain.NumberTableDescriptor.HEADER_LENGTH;
import static io.tollgate.core.store.chain.NumberTableDescriptor.MAP_LENGTH_OFFSET;
import static io.tollgate.core.store.chain.NumberTableDescriptor.tableLength;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.core.file.FileProbe;
import io.tollgate.core.file.Uninterruptibles;
import io.tollgate.core.store.memory.AreaTable;
import io.tollgate.core.store.memory.LongTable;
import io.tollgate.core.store.memory.MappedArea;
import io.tollgate.core.store.memory.NumberedLongs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;

/**
 * A read-only mapping of the maps of a chain, which another process may be writing. Each entry is found through the
 * number table of its map. It is checked once: it must lie inside the map, and its address must be aligned.
 *
 * <p>Any thread may ask for addresses. One thread at a time looks for new entries.
 *
 * @param <T> holds a word for each entry
 */
public final class ChainView<T extends NumberedLongs> implements AutoCloseable {
    /** Adds an entry by its word, which may have any value. */
    @FunctionalInterface
    private interface Taking<T> {
        void take(T entries, long number, FileWindows map, long word);
    }

    private record Part(NumberTable numbers, FileWindows map) implements AutoCloseable {
        @Override
        public void close() {
            CloseHelper.closeAll(numbers, map);
        }
    }

    private final ChainFiles files;
    private final int valueLength;
    private final int maxEntryLength;
    private final Taking<T> taking;
    private final BooleanSupplier isAbandoned;
    private final T entries;
    private volatile Part[] parts = {};
    private long[] counts = new long[0];
    private volatile long size;
    private boolean isClosed;

    private ChainView(
            final ChainFiles files,
            final int valueLength,
            final int maxEntryLength,
            final BooleanSupplier isAbandoned,
            final T entries,
            final Taking<T> taking) {
        this.files = files;
        this.valueLength = valueLength;
        this.maxEntryLength = maxEntryLength;
        this.entries = entries;
        this.taking = taking;
        this.isAbandoned = isAbandoned;
        try {
            if (!openNew()) {
                throw new DirectoryDamagedException(
                        "file=" + files.map(0) + ": found none, expected the maps of a store; run recover",
                        files.map(0));
            }
            takeMore();
        } catch (final RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, this);
            throw e;
        }
    }

    /**
     * Memory areas of one length.
     *
     * @param directory   of the store.
     * @param name        the beginning of the file names.
     * @param valueLength of each area in bytes.
     * @param isAbandoned   returns true if the store was given up or replaced: then the directory may have files of
     *     another store.
     * @return a chain whose entries are addresses of areas.
     * @throws IllegalStateException if there is no chain, or it does not fit together.
     * @throws UncheckedIOException  if a file cannot be read.
     */
    public static ChainView<AreaTable> records(
            final Path directory, final String name, final int valueLength, final BooleanSupplier isAbandoned) {
        final RecordShape shape = new RecordShape(valueLength);
        return new ChainView<>(
                new ChainFiles(directory, name),
                valueLength,
                shape.areasLength(),
                isAbandoned,
                new AreaTable(valueLength, shape.areasPerEntry()),
                (areas, number, map, word) -> {
                    if (areas.isFirst(number)) {
                        final long address = map.address(word, shape.areasLength());
                        areas.addFirst(number, (address & AreaTable.ALIGNMENT - 1) == 0 ? address : 0);
                    } else {
                        areas.addNext(number);
                    }
                });
    }

    /**
     * Keys of series.
     *
     * @param directory of the store.
     * @param name      the beginning of the file names.
     * @param isAbandoned returns true if the store was given up or replaced: then the directory may have files of
     *     another store.
     * @return a chain whose entries are words of {@link NameWord} with addresses in the place of offsets.
     * @throws IllegalStateException if there is no chain, or it does not fit together.
     * @throws UncheckedIOException  if a file cannot be read.
     */
    public static ChainView<LongTable> names(
            final Path directory, final String name, final BooleanSupplier isAbandoned) {
        return new ChainView<>(
                new ChainFiles(directory, name),
                Long.BYTES,
                NameShape.MAX_NAME_LENGTH,
                isAbandoned,
                new LongTable(),
                (words, number, map, word) -> {
                    final long address = map.address(NameWord.place(word), NameWord.length(word));
                    words.set(number, address == 0 ? 0 : NameWord.of(address, NameWord.length(word)));
                });
    }

    /** The entries found so far, by their numbers. */
    public T entries() {
        return entries;
    }

    /** {@return how many entries were found so far} */
    long size() {
        return size;
    }

    /**
     * Adds all entries written since the last call, including those of new maps. If the tables show no new entry, this
     * neither allocates, nor waits, nor calls the operating system.
     *
     * @return the number of entries now.
     * @throws IllegalStateException if a file that has come does not fit the others, or the store was given up.
     * @throws UncheckedIOException  if a file cannot be read.
     */
    public long refresh() {
        if (hasMore()) {
            takeMore();
        }
        return size;
    }

    private boolean hasMore() {
        long count = 0;
        NumberTable last = null;
        for (final Part part : parts) {
            last = part.numbers();
            count += count(last);
        }
        return last != null && (count > size || last.isContinued());
    }

    private synchronized void takeMore() {
        if (!isClosed) {
            include();
            while (parts[parts.length - 1].numbers().isContinued() && openNew()) {
                include();
            }
        }
    }

    /**
     * Looks for an entry that was not found so far: first in the known maps, and after that in new ones.
     *
     * @param number of the entry, 0 or more.
     * @return its word, 0 if there is no such entry.
     * @throws IllegalStateException if a file that has come does not fit the others, or the store was given up.
     * @throws UncheckedIOException  if a file cannot be read.
     */
    public synchronized long search(final long number) {
        if (!isClosed) {
            include();
            while (number >= size && openNew()) {
                include();
            }
        }
        return entries.get(number);
    }

    /** Reads the count of the newest map first: if a map has entries, the counts of all maps before it are final. */
    private void include() {
        final Part[] known = parts;
        for (int i = known.length - 1; i >= 0; i--) {
            counts[i] = count(known[i].numbers());
        }
        long end = 0;
        for (int i = 0; i < known.length; i++) {
            final NumberTable numbers = known[i].numbers();
            if (counts[i] > 0 && numbers.firstNumber() != end) {
                throw new DirectoryDamagedException("table=" + numbers.name() + ": found firstNumber="
                        + numbers.firstNumber() + ", expected " + end + "; run recover, or restore the directory");
            }
            for (long number = Math.max(end, size); number < end + counts[i]; number++) {
                taking.take(entries, number, known[i].map(), numbers.word(number - end));
            }
            end += counts[i];
        }
        size = Math.max(size, end);
    }

    private static long count(final NumberTable numbers) {
        final long count = numbers.count();
        return count < 0 ? 0 : Math.min(count, numbers.capacity());
    }

    private boolean openNew() {
        return Uninterruptibles.call(this::openAll);
    }

    /** Opens the maps that came into use since the last call. If one cannot be opened, none is. */
    private boolean openAll() {
        final List<Part> all = new ArrayList<>(List.of(parts));
        try {
            for (Part next = openNext(all); next != null; next = openNext(all)) {
                all.add(next);
            }
            // Checked after the opening: if the store was given up, these may be the files of another store.
            requireKept();
            entries.cover(
                    all.stream().mapToLong(part -> part.numbers().capacity()).sum());
        } catch (final IOException e) {
            closeNewAfter(e, all);
            requireKept();
            throw new UncheckedIOException(
                    "directory=" + files.directory() + " chain=" + files.name() + ": cannot be read", e);
        } catch (final RuntimeException | Error e) {
            closeNewAfter(e, all);
            requireKept();
            throw e;
        }
        final boolean isMore = all.size() > parts.length;
        counts = new long[all.size()];
        parts = all.toArray(new Part[0]);
        return isMore;
    }

    private void requireKept() {
        if (isAbandoned.getAsBoolean()) {
            throw new IllegalStateException("directory=" + files.directory()
                    + ": was rebuilt from its log, or restored, since this view was opened; open another one to read");
        }
    }

    private void closeNewAfter(final Throwable cause, final List<Part> all) {
        CloseHelper.closeAll(cause::addSuppressed, all.subList(parts.length, all.size()));
    }

    /** Returns the next map, null if it is not in use yet: a map that was made ahead may be removed and made again. */
    private Part openNext(final List<Part> all) throws IOException {
        final int index = all.size();
        // Read before the files are opened: if the map is in use by then, its files stay.
        final boolean isReported = index == 0 || all.get(index - 1).numbers().isContinued();
        if (!FileProbe.isThere(files.map(index))) {
            return null;
        }
        final Part next;
        try {
            next = open(index);
        } catch (final IOException | RuntimeException e) {
            if (isReported || FileProbe.isThere(files.map(index)) && FileProbe.isThere(files.numbers(index))) {
                throw e;
            }
            return null;
        }
        // A map with entries stays, because only maps in use are appended to.
        if (!isReported && next.numbers().count() == 0) {
            next.close();
            return null;
        }
        return next;
    }

    private Part open(final int index) throws IOException {
        final Path numbersFile = files.numbers(index);
        final long tableLength = Files.size(numbersFile);
        final long capacity = (tableLength - HEADER_LENGTH) / Long.BYTES;
        if (capacity < 1 || capacity > MapChain.MAX_MAP_ENTRIES || tableLength(capacity) != tableLength) {
            throw new DirectoryDamagedException(
                    "table=" + numbersFile + ": found length=" + tableLength + ", expected that of 1.."
                            + MapChain.MAX_MAP_ENTRIES + " words; run recover",
                    numbersFile);
        }
        final MappedArea area = MappedArea.readOnly(numbersFile, (int) tableLength);
        try {
            final long mapLength = area.buffer().getLong(MAP_LENGTH_OFFSET);
            if (mapLength > ChainFiles.MAX_MAP_LENGTH) {
                throw new DirectoryDamagedException(
                        "table=" + numbersFile + ": found mapLength=" + mapLength + ", expected at most "
                                + ChainFiles.MAX_MAP_LENGTH + "; run recover",
                        numbersFile);
            }
            final NumberTable numbers = new NumberTable(numbersFile.toString(), area, capacity);
            numbers.check(index, valueLength, mapLength);
            return new Part(numbers, FileWindows.map(files.map(index), mapLength, maxEntryLength));
        } catch (final IOException | RuntimeException | Error e) {
            CloseHelper.close(e::addSuppressed, area);
            throw e;
        }
    }

    /** Unmaps all files. After this there are no entries. */
    @Override
    public synchronized void close() {
        isClosed = true;
        entries.clear();
        CloseHelper.closeAll(parts);
        parts = new Part[0];
        size = 0;
    }
}
