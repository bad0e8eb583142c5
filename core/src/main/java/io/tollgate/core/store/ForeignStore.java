package io.tollgate.core.store;

import static io.tollgate.core.store.SeriesRecordDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.FLAGS_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.FLAG_CLOSED;
import static io.tollgate.core.store.SeriesRecordDescriptor.HISTORY_BLOCK_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.HISTORY_COUNT_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.KIND_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.LAST_TIME_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.LENGTH;
import static io.tollgate.core.store.SeriesRecordDescriptor.LIFE_END_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.POINT_COUNT_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.SCALE_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.store.SeriesRecordDescriptor.VERSION_OFFSET;

import io.tollgate.core.file.Closing;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The store of a shard, read from outside: by another process while the engine writes, after it has died, or after it
 * was closed. Only files are read; no map is opened, no lock is taken, nothing is written.
 *
 * <p>What is read of a series is one state of it: its version is read before and after. One thread.
 */
public final class ForeignStore implements AutoCloseable {
    /** What a series is read again for that is changed just then. */
    private static final int MAX_ATTEMPTS = 1_000;

    /** Where no engine is seen: one of another container may be there all the same. */
    private static final int MAX_ATTEMPTS_UNSEEN = 10;

    private final List<ForeignChain> chains = new ArrayList<>();
    private final ByteBuffer header;
    private final ShardPlace place;
    private final int maxAttempts;
    private final ForeignChain names;
    private final ForeignChain series;
    private final ForeignChain[] blocks;
    private final ByteBuffer record = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer block =
            ByteBuffer.allocate(BlockDescriptor.MEDIUM_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer version = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Looks into a shard.
     *
     * @param directory of the shard.
     * @param isWritten whether an engine is seen that has it open: what is torn is mostly left so where none is.
     * @throws IllegalStateException if there is no store of this version, naming what was found.
     * @throws UncheckedIOException  if the files cannot be read.
     */
    public ForeignStore(final Path directory, final boolean isWritten) {
        maxAttempts = isWritten ? MAX_ATTEMPTS : MAX_ATTEMPTS_UNSEEN;
        final Path headerFile = directory.resolve(StoreDirectory.HEADER_FILE);
        try {
            final byte[] bytes =
                    Presence.isThere(headerFile) ? WholeFile.read(headerFile, ShardHeader.LENGTH) : new byte[0];
            header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            if (bytes.length != ShardHeader.LENGTH || header.getLong(ShardHeader.MAGIC_OFFSET) != ShardHeader.MAGIC) {
                throw new IllegalStateException("file=" + headerFile + ": found no header of a store; run recover");
            }
            StoreVersions.requireKnown(directory);
            if (header.getInt(ShardHeader.VERSION_OFFSET) != ShardHeader.VERSION) {
                throw new IllegalStateException("file=" + headerFile + ": found version="
                        + header.getInt(ShardHeader.VERSION_OFFSET) + ", expected version=" + ShardHeader.VERSION
                        + "; open and close it with this version, which rebuilds it");
            }
            place = place(headerFile, header);
            names = open(directory, "names");
            series = open(directory, "series");
            blocks = new ForeignChain[] {
                open(directory, ShardStore.BLOCK_NAMES[BlockDescriptor.SMALL]),
                open(directory, ShardStore.BLOCK_NAMES[BlockDescriptor.MEDIUM])
            };
        } catch (final IOException e) {
            Closing.after(e, chains);
            throw new UncheckedIOException("directory=" + directory + ": cannot be read", e);
        } catch (final RuntimeException | Error e) {
            Closing.after(e, chains);
            throw e;
        }
    }

    private ForeignChain open(final Path directory, final String name) throws IOException {
        final ForeignChain chain = new ForeignChain(directory, name);
        chains.add(chain);
        return chain;
    }

    private static ShardPlace place(final Path headerFile, final ByteBuffer header) {
        try {
            return new ShardPlace(
                    header.getInt(ShardHeader.SHARD_INDEX_OFFSET), header.getInt(ShardHeader.SHARD_COUNT_OFFSET));
        } catch (final IllegalArgumentException e) {
            throw new IllegalStateException("file=" + headerFile + ": found " + e.getMessage() + "; run recover", e);
        }
    }

    /** {@return the engine clock at the last clean close, {@code Long.MIN_VALUE} before the first} */
    public long now() {
        return header.getLong(ShardHeader.NOW_OFFSET);
    }

    /**
     * Looks how many series there are now.
     *
     * @return the count: positions 0 to below it may be read.
     * @throws UncheckedIOException if the files cannot be read.
     */
    public long seriesCount() {
        try {
            names.refresh();
            return series.refresh();
        } catch (final IOException e) {
            throw new UncheckedIOException("series: cannot be counted", e);
        }
    }

    /**
     * Reads a series.
     *
     * @param position of the series among those of the shard, from 0 in the order of their definitions.
     * @param now      tells the instant behind which points are pending, if it is known; asked after the series was
     *                 looked at.
     * @return what there is of it.
     * @throws UncheckedIOException if the files cannot be read.
     */
    public SeriesSummary read(final long position, final Supplier<OptionalLong> now) {
        final long number = place.number(position);
        try {
            boolean isWhole = false;
            long pending = 0;
            OptionalLong seenFrom = OptionalLong.empty();
            Optional<Life> life = Optional.empty();
            final long offset = series.word(position);
            for (int i = 0; i < maxAttempts && !isWhole; i++) {
                final boolean isRead = isRead(position, offset, number);
                final long before = record.getLong(VERSION_OFFSET);
                seenFrom = now.get();
                pending = isRead && seenFrom.isPresent() ? pendingCount(number, seenFrom.getAsLong()) : 0;
                life = isRead ? life(number) : Optional.empty();
                isWhole = isRead && pending >= 0 && life.isPresent() && isUnchanged(position, offset, before);
            }
            final Life known = life.orElse(Life.UNTOLD);
            return new SeriesSummary(
                    number,
                    key(position),
                    record.get(KIND_OFFSET) == 0,
                    record.get(SCALE_OFFSET),
                    record.getLong(POINT_COUNT_OFFSET),
                    isWhole && seenFrom.isPresent() ? OptionalLong.of(pending) : OptionalLong.empty(),
                    record.getLong(HISTORY_COUNT_OFFSET),
                    known.horizon(),
                    record.getLong(FIRST_TIME_OFFSET),
                    record.getLong(LAST_TIME_OFFSET),
                    known.end(),
                    known.endKnownAt(),
                    known.successor(),
                    isWhole);
        } catch (final IOException e) {
            throw new UncheckedIOException("seriesNumber=" + number + ": cannot be read", e);
        }
    }

    /** Reads a record. Nothing is left of one before where it cannot be read, or is that of another series. */
    private boolean isRead(final long position, final long offset, final long number) throws IOException {
        final boolean isRead = series.read(position, offset, record, LENGTH)
                && record.getLong(SeriesRecordDescriptor.SERIES_NUMBER_OFFSET) == number;
        if (!isRead) {
            Arrays.fill(record.array(), (byte) 0);
            record.putLong(FIRST_TIME_OFFSET, Long.MAX_VALUE).putLong(LAST_TIME_OFFSET, Long.MIN_VALUE);
        }
        return isRead;
    }

    /**
     * Reads which series comes before one.
     *
     * @param position of the series.
     * @return the number that it names, {@code Long.MIN_VALUE} for none, or where that cannot be read.
     * @throws UncheckedIOException if the files cannot be read.
     */
    public long predecessor(final long position) {
        try {
            final long offset = series.word(position);
            for (int i = 0; i < maxAttempts && series.read(position, offset, record, LENGTH); i++) {
                final long before = record.getLong(VERSION_OFFSET);
                final Optional<Life> life = life(place.number(position));
                if (life.isPresent() && isUnchanged(position, offset, before)) {
                    return life.get().predecessor();
                }
            }
            return Life.UNTOLD.predecessor();
        } catch (final IOException e) {
            throw new UncheckedIOException("seriesNumber=" + place.number(position) + ": cannot be read", e);
        }
    }

    /** Whether the record that was read is still that of its series, and what else was read of it belongs to it. */
    private boolean isUnchanged(final long position, final long offset, final long before) throws IOException {
        return (before & 1) == 0
                && series.read(position, offset + VERSION_OFFSET, version, Long.BYTES)
                && version.getLong(0) == before
                && record.getLong(SeriesRecordDescriptor.SERIES_NUMBER_OFFSET) == place.number(position);
    }

    /**
     * Counts points from the last one back; -1 where the blocks are not whole. A chain that leads back to itself, as
     * somebody may have made it, comes to a block that was marked: whenever as many were seen again, one is.
     */
    private long pendingCount(final long number, final long now) throws IOException {
        long left = record.getLong(POINT_COUNT_OFFSET);
        long pending = 0;
        long next = left > 0 && record.getLong(LAST_TIME_OFFSET) > now
                ? record.getLong(TAIL_BLOCK_OFFSET)
                : BlockDescriptor.NO_BLOCK;
        long marked = BlockDescriptor.NO_BLOCK;
        for (long seen = 1; next != BlockDescriptor.NO_BLOCK; seen++) {
            if (left <= 0 || next == marked || !readPoints(next, number)) {
                return -1;
            }
            final int count = block.getInt(BlockDescriptor.COUNT_OFFSET);
            int index = count;
            while (index > 0 && block.getLong(PointBlockDescriptor.hotOffset(index - 1)) > now) {
                index--;
            }
            pending += count - index;
            marked = Long.bitCount(seen) == 1 ? next : marked;
            left -= count;
            next = index > 0 ? BlockDescriptor.NO_BLOCK : block.getLong(BlockDescriptor.PREVIOUS_OFFSET);
        }
        return pending;
    }

    /** What of a series became known beside its points; {@code Long.MIN_VALUE} for what did not. */
    private record Life(long horizon, long end, long endKnownAt, long successor, long predecessor) {
        static final Life UNTOLD =
                new Life(HistoryBlock.NO_HORIZON, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    /** Reads the life of a series; empty where the block that tells of it is not whole. */
    private Optional<Life> life(final long number) throws IOException {
        final boolean isClosed = (record.get(FLAGS_OFFSET) & FLAG_CLOSED) != 0;
        final long historyBlock = record.getLong(HISTORY_BLOCK_OFFSET);
        if (historyBlock == BlockDescriptor.NO_BLOCK) {
            return isClosed ? Optional.empty() : Optional.of(Life.UNTOLD);
        }
        if (!readBlock(historyBlock, BlockDescriptor.TYPE_HISTORY, number)) {
            return Optional.empty();
        }
        final long horizon = historyField(HistoryBlockDescriptor.HORIZON_OFFSET);
        return Optional.of(new Life(
                horizon,
                isClosed ? record.getLong(LIFE_END_OFFSET) : Long.MIN_VALUE,
                isClosed ? historyField(HistoryBlockDescriptor.END_KNOWN_AT_OFFSET) : Long.MIN_VALUE,
                isClosed ? number(HistoryBlockDescriptor.SUCCESSOR_OFFSET) : Long.MIN_VALUE,
                number(HistoryBlockDescriptor.PREDECESSOR_OFFSET)));
    }

    /** The number of another series, which is stored with 1 added. */
    private long number(final int offset) {
        final long stored = historyField(offset);
        return stored == 0 ? Long.MIN_VALUE : stored - 1;
    }

    private long historyField(final int offset) {
        return block.getLong(HistoryBlockDescriptor.RECORD_OFFSET + offset);
    }

    private boolean readPoints(final long blockNumber, final long number) throws IOException {
        if (!readBlock(blockNumber, BlockDescriptor.TYPE_POINTS, number)) {
            return false;
        }
        final int count = block.getInt(BlockDescriptor.COUNT_OFFSET);
        return count > 0 && count <= PointBlockDescriptor.capacity(BlockDescriptor.sizeClass(blockNumber));
    }

    /** Reads a SMALL or MEDIUM block; false if it is none, or not that of the series. */
    private boolean readBlock(final long blockNumber, final byte type, final long number) throws IOException {
        final int sizeClass = BlockDescriptor.sizeClass(blockNumber);
        if (sizeClass >= blocks.length) {
            return false;
        }
        final ForeignChain chain = blocks[sizeClass];
        final long index = BlockDescriptor.index(blockNumber);
        long offset = chain.word(index);
        if (offset == 0) {
            chain.refresh();
            offset = chain.word(index);
        }
        return chain.read(index, offset, block, BlockDescriptor.length(sizeClass))
                && block.get(BlockDescriptor.TYPE_OFFSET) == type
                && block.getLong(BlockDescriptor.BLOCK_NUMBER_OFFSET) == blockNumber
                && block.getLong(BlockDescriptor.SERIES_NUMBER_OFFSET) == number;
    }

    /**
     * Reads the key of a series.
     *
     * @param position of the series among those of the shard, below {@link #seriesCount()}.
     * @return the key, empty if it cannot be read.
     * @throws UncheckedIOException if the files cannot be read.
     */
    public String keyAt(final long position) {
        try {
            return key(position);
        } catch (final IOException e) {
            throw new UncheckedIOException("seriesPosition=" + position + ": its key cannot be read", e);
        }
    }

    private String key(final long position) throws IOException {
        final long word = names.word(position);
        final int length = NameWord.length(word);
        if (length == 0
                || length > NameShape.MAX_NAME_LENGTH
                || !names.read(position, NameWord.place(word), block, length)) {
            return "";
        }
        final byte[] bytes = new byte[length];
        block.get(0, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Closing.each(chains);
    }
}
