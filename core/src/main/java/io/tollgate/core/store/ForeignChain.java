package io.tollgate.core.store;

import static io.tollgate.core.store.NumberTableDescriptor.CAPACITY_OFFSET;
import static io.tollgate.core.store.NumberTableDescriptor.COUNT_OFFSET;
import static io.tollgate.core.store.NumberTableDescriptor.HEADER_LENGTH;
import static io.tollgate.core.store.NumberTableDescriptor.MAGIC;
import static io.tollgate.core.store.NumberTableDescriptor.MAGIC_OFFSET;
import static io.tollgate.core.store.NumberTableDescriptor.VERSION;
import static io.tollgate.core.store.NumberTableDescriptor.VERSION_OFFSET;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Presence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The maps of a chain, read through their files while another process may be writing them: nothing is mapped, so a file
 * that is cut under it gives a short read and nothing worse. One thread.
 */
final class ForeignChain implements AutoCloseable {
    private record Part(FileChannel map, FileChannel numbers, long capacity) implements AutoCloseable {
        @Override
        public void close() {
            closeRead(map, numbers);
        }
    }

    private final ChainFiles files;
    private final List<Part> parts = new ArrayList<>();
    private long[] ends = new long[0];
    private final ByteBuffer words = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    ForeignChain(final Path directory, final String name) throws IOException {
        files = new ChainFiles(directory, name);
        try {
            openNew();
        } catch (final IOException | RuntimeException | Error e) {
            Closing.after(e, parts);
            throw e;
        }
    }

    /** Opens the maps that have come since, as far as they are whole. */
    private void openNew() throws IOException {
        boolean isMore = true;
        while (isMore) {
            final Path map = files.map(parts.size());
            final Path numbers = files.numbers(parts.size());
            isMore = Presence.isThere(map) && Presence.isThere(numbers) && open(map, numbers);
        }
    }

    private static void closeRead(final FileChannel map, final FileChannel numbers) {
        try {
            closeRead(map);
        } finally {
            closeRead(numbers);
        }
    }

    /** What the disk says then is of no account, as nothing was written. */
    private static void closeRead(final FileChannel channel) {
        try {
            channel.close();
        } catch (final IOException e) {
            // It is closed all the same.
        }
    }

    private boolean open(final Path map, final Path numbers) throws IOException {
        final List<FileChannel> opened = new ArrayList<>();
        boolean isWhole = false;
        try {
            opened.add(FileChannel.open(map, StandardOpenOption.READ));
            opened.add(FileChannel.open(numbers, StandardOpenOption.READ));
            isWhole = isTable(opened.get(1));
            if (isWhole) {
                parts.add(new Part(opened.get(0), opened.get(1), words.getLong(CAPACITY_OFFSET)));
            }
        } catch (final IOException | RuntimeException | Error e) {
            Closing.after(e, opened);
            throw e;
        }
        if (!isWhole) {
            closeRead(opened.get(0), opened.get(1));
        }
        return isWhole;
    }

    /** Whether a file begins as a table of this version does; its header is in the words then. */
    private boolean isTable(final FileChannel numbers) throws IOException {
        final boolean isRead = read(numbers, 0, words, HEADER_LENGTH);
        final long capacity = words.getLong(CAPACITY_OFFSET);
        return isRead
                && words.getLong(MAGIC_OFFSET) == MAGIC
                && words.getInt(VERSION_OFFSET) == VERSION
                && capacity >= 1
                && capacity <= MapChain.MAX_MAP_ENTRIES;
    }

    /** Looks how many entries are complete now. */
    long refresh() throws IOException {
        openNew();
        ends = new long[parts.size()];
        // Newest map first: one that has something tells that all of those before it were told.
        for (int i = ends.length - 1; i >= 0; i--) {
            ends[i] = count(parts.get(i));
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    private long count(final Part part) throws IOException {
        final boolean isRead = read(part.numbers(), COUNT_OFFSET, words, Long.BYTES);
        final long count = words.getLong(0);
        return isRead && count >= 0 && count <= part.capacity() ? count : 0;
    }

    /** The part that an entry lies in, -1 if there was none at the last look. */
    private int partOf(final long number) {
        int index = 0;
        while (index < ends.length && number >= ends[index]) {
            index++;
        }
        return number < 0 || index == ends.length ? -1 : index;
    }

    /** The word of an entry, 0 if there was none at the last look. */
    long word(final long number) throws IOException {
        final int index = partOf(number);
        if (index < 0) {
            return 0;
        }
        final long place = number - (index == 0 ? 0 : ends[index - 1]);
        final int offset = NumberTableDescriptor.wordOffset(place);
        return read(parts.get(index).numbers(), offset, words, Long.BYTES) ? words.getLong(0) : 0;
    }

    /** Reads part of the map that an entry lies in; false where the map has no such part. */
    boolean read(final long number, final long offset, final ByteBuffer target, final int length) throws IOException {
        final int index = partOf(number);
        return index >= 0 && offset > 0 && read(parts.get(index).map(), offset, target, length);
    }

    private static boolean read(final FileChannel channel, final long offset, final ByteBuffer target, final int length)
            throws IOException {
        target.clear().limit(length);
        int read = 0;
        while (target.hasRemaining() && read >= 0) {
            read = channel.read(target, offset + target.position());
        }
        final boolean isWhole = !target.hasRemaining();
        target.clear();
        return isWhole;
    }

    @Override
    public void close() {
        Closing.each(parts);
    }
}
