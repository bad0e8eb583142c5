package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.ShardPlace;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Where the logs of all shards were cut for a checkpoint: a file {@code cut} in the checkpoint of each of them. No
 * batch stands across a cut, so nobody who starts from the checkpoint looks for one in what a log has before it. One
 * that says another end of its own shard than the checkpoint has is that of another checkpoint, and counts as damaged.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TOLLGCUT"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  of each shard: the last operation that its checkpoint has    |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Control threads.
 */
final class CheckpointCut {
    private static final String FILE_NAME = "cut";
    private static final long MAGIC = 0x5455_4347_4C4C_4F54L;
    private static final int VERSION = 1;

    /** For more shards than there can be. */
    private static final int MAX_LENGTH = 1 << 17;

    private CheckpointCut() {}

    static Path file(final Path checkpoint) {
        return checkpoint.resolve(FILE_NAME);
    }

    /** Writes a cut into a checkpoint that is being made; on disk when this returns. */
    static void write(final FileAccess files, final Path checkpoint, final long[] sequences) throws IOException {
        final byte[] bytes = new byte[FileSeal.LENGTH + sequences.length * Long.BYTES];
        sequences(bytes).put(sequences);
        WholeFile.write(files, file(checkpoint), FileSeal.seal(bytes, MAGIC, VERSION));
    }

    /**
     * Copies the cut of a checkpoint into a copy of that.
     *
     * @param files    to write through.
     * @param shard    of the checkpoint.
     * @param sequence at which the copy ends: a cut that is not there is that of a newer checkpoint, and is left out.
     */
    static void copy(
            final FileAccess files, final Path checkpoint, final Path copy, final int shard, final long sequence)
            throws IOException {
        final Optional<long[]> cut = read(checkpoint);
        if (cut.isPresent() && cut.get().length > shard && cut.get()[shard] == sequence) {
            write(files, copy, cut.get());
        }
    }

    /**
     * Reads the cut of a checkpoint.
     *
     * @return a sequence for each shard; empty if there is none, as in a checkpoint that was not made beside an engine,
     *     or it is damaged, or that of another checkpoint.
     * @throws OtherVersionException if another version has written it.
     */
    static Optional<long[]> read(final Path checkpoint) {
        final byte[] bytes;
        try {
            bytes = WholeFile.read(file(checkpoint), MAX_LENGTH);
        } catch (final NoSuchFileException e) {
            // A newer one has just taken its place.
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(checkpoint) + ": cannot be read; check the disk", e);
        }
        if (!FileSeal.isWhole(bytes, MAGIC)) {
            return Optional.empty();
        }
        OtherVersionException.requireNone(file(checkpoint), bytes, VERSION);
        if (bytes.length % Long.BYTES != 0) {
            return Optional.empty();
        }
        final LongBuffer sequences = sequences(bytes);
        final long[] cut = new long[sequences.remaining()];
        sequences.get(cut);
        return Optional.of(cut)
                .filter(found -> Arrays.stream(found).allMatch(OperationDescriptor::isSequence))
                .filter(found -> isOf(checkpoint, found));
    }

    /** Where the checkpoint cannot tell, it is damaged itself. */
    private static boolean isOf(final Path checkpoint, final long[] cut) {
        final Optional<ShardPlace> place = StoreDirectory.place(checkpoint);
        final OptionalLong sequence = StoreDirectory.cleanSequence(checkpoint);
        return place.isEmpty()
                || sequence.isEmpty()
                || place.get().index() < cut.length && cut[place.get().index()] == sequence.getAsLong();
    }

    private static LongBuffer sequences(final byte[] bytes) {
        return ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .position(FileSeal.LENGTH)
                .asLongBuffer();
    }

    /** The last operation that any checkpoint in a directory says that the log of a shard had, 0 if none does. */
    static long last(final DataFolder folder, final int shard) {
        return folder.shardIndexes().stream()
                .flatMap(index -> folder.shard(index).checkpoints().stream())
                .flatMap(checkpoint -> read(checkpoint).stream())
                .filter(sequences -> sequences.length > shard)
                .mapToLong(sequences -> sequences[shard])
                .max()
                .orElse(0);
    }

    /** Those of all the checkpoints that stand, of all shards each. */
    static Stream<long[]> all(final List<ShardFolder> folders) {
        return folders.stream()
                .flatMap(folder -> folder.checkpoints().stream())
                .flatMap(checkpoint -> read(checkpoint).stream())
                .filter(sequences -> sequences.length == folders.size());
    }

    /** Whether there is one that cannot be read, or is that of another checkpoint. */
    static boolean isDamaged(final Path checkpoint) {
        return Presence.isThere(file(checkpoint)) && read(checkpoint).isEmpty();
    }

    /** Takes one away that is damaged: its checkpoint is whole without it. */
    static void remove(final FileAccess files, final Path checkpoint) {
        try {
            files.delete(file(checkpoint));
            files.forceDirectory(checkpoint);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(checkpoint) + ": cannot be deleted; check the disk", e);
        }
    }

    /**
     * Up to where nobody needs the logs, whichever checkpoint that stands a shard is rebuilt from.
     *
     * @param folders of all shards, in their order.
     * @return the least of all cuts, a sequence for each shard; all zero where a shard has no checkpoint, or one
     *     without a cut.
     */
    static long[] oldest(final List<ShardFolder> folders) {
        final long[] least = new long[folders.size()];
        Arrays.fill(least, Long.MAX_VALUE);
        for (final ShardFolder folder : folders) {
            final List<Path> standing = folder.checkpoints();
            if (standing.isEmpty()) {
                return new long[folders.size()];
            }
            for (final Path checkpoint : standing) {
                final Optional<long[]> cut = read(checkpoint).filter(sequences -> sequences.length == least.length);
                if (cut.isEmpty()) {
                    return new long[folders.size()];
                }
                for (int i = 0; i < least.length; i++) {
                    least[i] = Math.min(least[i], cut.get()[i]);
                }
            }
        }
        return least;
    }
}
