package io.tollgate.core;

import io.tollgate.core.store.OwnerOnly;
import io.tollgate.core.store.StoreDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Where the logs of all shards were cut for a checkpoint: a file {@code cut} in the checkpoint of each of them. No
 * batch stands across a cut, so nobody who starts from the checkpoint looks for one in what a log has before it.
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
    private static final int VERSION_OFFSET = 8;
    private static final int CRC_OFFSET = 12;
    private static final int HEADER_LENGTH = 16;

    private CheckpointCut() {}

    static Path file(final Path checkpoint) {
        return checkpoint.resolve(FILE_NAME);
    }

    /** Writes a cut into a checkpoint that is being made; on disk when this returns. */
    static void write(final Path checkpoint, final long[] sequences) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(HEADER_LENGTH + sequences.length * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(0);
        for (final long sequence : sequences) {
            bytes.putLong(sequence);
        }
        bytes.putInt(CRC_OFFSET, crc(bytes.array())).flip();
        try (FileChannel channel = FileChannel.open(
                file(checkpoint), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file())) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Copies the cut of a checkpoint into a copy of that.
     *
     * @param shard    of the checkpoint.
     * @param sequence at which the copy ends: a cut that is not there is that of a newer checkpoint, and is left out.
     */
    static void copy(final Path checkpoint, final Path copy, final int shard, final long sequence) throws IOException {
        final Optional<long[]> cut = read(checkpoint);
        if (cut.isPresent() && cut.get().length > shard && cut.get()[shard] == sequence) {
            write(copy, cut.get());
        }
    }

    /**
     * Reads the cut of a checkpoint.
     *
     * @return a sequence for each shard; empty if there is none, as in a checkpoint that was not made beside an engine,
     *     or it is damaged.
     * @throws IllegalStateException if a later version has written it.
     */
    static Optional<long[]> read(final Path checkpoint) {
        final byte[] bytes;
        try {
            bytes = Files.readAllBytes(file(checkpoint));
        } catch (final NoSuchFileException e) {
            // A newer one has just taken its place.
            return Optional.empty();
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(checkpoint) + ": cannot be read; check the disk", e);
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER_LENGTH
                || bytes.length % Long.BYTES != 0
                || buffer.getLong(0) != MAGIC
                || buffer.getInt(CRC_OFFSET) != crc(bytes)) {
            return Optional.empty();
        }
        if (buffer.getInt(VERSION_OFFSET) != VERSION) {
            throw new IllegalStateException("file=" + file(checkpoint) + " version=" + buffer.getInt(VERSION_OFFSET)
                    + ", expected version=" + VERSION
                    + "; open this data directory with the version of Tollgate that made it");
        }
        final long[] sequences = new long[(bytes.length - HEADER_LENGTH) / Long.BYTES];
        buffer.position(HEADER_LENGTH).asLongBuffer().get(sequences);
        return Optional.of(sequences);
    }

    /** Whether there is one that cannot be read. */
    static boolean isDamaged(final Path checkpoint) {
        return Files.exists(file(checkpoint)) && read(checkpoint).isEmpty();
    }

    /**
     * Up to where nobody needs the logs, whichever checkpoint that stands a shard is rebuilt from.
     *
     * @param folders of all shards, in their order.
     * @return the least of all cuts, a sequence for each shard; all zero where a shard has no checkpoint, or one
     *     without a cut, or in an earlier layout: from that nobody starts.
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
                if (cut.isEmpty() || StoreDirectory.isOutdated(checkpoint)) {
                    return new long[folders.size()];
                }
                for (int i = 0; i < least.length; i++) {
                    least[i] = Math.min(least[i], cut.get()[i]);
                }
            }
        }
        return least;
    }

    private static int crc(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        crc.update(new byte[Integer.BYTES]);
        crc.update(bytes, HEADER_LENGTH, bytes.length - HEADER_LENGTH);
        return (int) crc.getValue();
    }
}
