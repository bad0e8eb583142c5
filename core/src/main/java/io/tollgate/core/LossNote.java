package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.ShardPlace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a recovery has found lost, until it can be told: the file {@code tollgate.losses} in the data directory. It is
 * on disk before the recovery changes anything, and goes when the directory is closed cleanly. What is left by one that
 * was stopped in between is told by the next; until then no engine opens the directory.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TGLOSSES"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 *   +---------------------------------------------------------------+
 * 16|  number of shards that are missing, and the index of each     |
 *   |  number of losses, and of each:                               |
 *   |    shard; first and last sequence; whether promised, covered; |
 *   |    known from, to; valid from, to; number of keys, and each   |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>From 16 on as {@link DataOutputStream} writes integers, longs, booleans and texts; the keys are in their order,
 * each once. Who writes or removes it has locked the directory.
 *
 * @param missing   shards that are lost as a whole, in order.
 * @param losses    of the logs, in the order of shards and sequences.
 * @param isDamaged whether there is such a file, and it cannot be read.
 */
record LossNote(List<Integer> missing, List<Loss> losses, boolean isDamaged) {
    private static final String FILE_NAME = "tollgate.losses";
    private static final long MAGIC = 0x5345_5353_4F4C_4754L;
    private static final int VERSION = 1;
    private static final int MAX_LENGTH = 1 << 26;

    static Path file(final Path dataDirectory) {
        return dataDirectory.resolve(FILE_NAME);
    }

    /**
     * Reads what an earlier recovery has left.
     *
     * @return nothing lost where it has left nothing, or what cannot be read.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the disk refuses.
     */
    static LossNote of(final Path dataDirectory) {
        final Path file = file(dataDirectory);
        final byte[] bytes;
        try {
            bytes = WholeFile.read(file, MAX_LENGTH);
        } catch (final NoSuchFileException e) {
            return new LossNote(List.of(), List.of(), false);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be read; check the disk", e);
        }
        if (!FileSeal.isWhole(bytes, MAGIC)) {
            return new LossNote(List.of(), List.of(), true);
        }
        OtherVersionException.requireNone(file, bytes, VERSION);
        try {
            return read(new DataInputStream(
                    new ByteArrayInputStream(bytes, FileSeal.LENGTH, bytes.length - FileSeal.LENGTH)));
        } catch (final IOException e) {
            // Written by nobody, under a right checksum.
            return new LossNote(List.of(), List.of(), true);
        }
    }

    private static LossNote read(final DataInputStream in) throws IOException {
        final List<Integer> missing = new ArrayList<>();
        final int missingCount = in.readInt();
        if (missingCount > ShardPlace.MAX_COUNT) {
            throw new IOException("missingShards=" + missingCount + ", expected " + ShardPlace.MAX_COUNT + " at most");
        }
        for (int i = 0; i < missingCount; i++) {
            missing.add(readShard(in));
        }
        final List<Loss> losses = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            losses.add(readLoss(in));
        }
        return new LossNote(List.copyOf(missing), List.copyOf(losses), false);
    }

    private static int readShard(final DataInputStream in) throws IOException {
        final int index = in.readInt();
        if (index < 0 || index >= ShardPlace.MAX_COUNT) {
            throw new IOException("shard=" + index + ", expected 0 to " + (ShardPlace.MAX_COUNT - 1));
        }
        return index;
    }

    private static Loss readLoss(final DataInputStream in) throws IOException {
        return new Loss(
                readShard(in),
                readSequence(in),
                readSequence(in),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readKeys(in));
    }

    private static long readSequence(final DataInputStream in) throws IOException {
        final long sequence = in.readLong();
        if (!OperationDescriptor.isSequence(sequence)) {
            throw new IOException("sequence=" + sequence + ", expected 0 to " + OperationDescriptor.MAX_SEQUENCE);
        }
        return sequence;
    }

    /** Each is there once, and in order: any number of empty ones would fill the heap. */
    private static List<String> readKeys(final DataInputStream in) throws IOException {
        final List<String> keys = new ArrayList<>();
        for (int count = in.readInt(); count > 0; count--) {
            final String key = in.readUTF();
            if (!keys.isEmpty() && key.compareTo(keys.get(keys.size() - 1)) <= 0) {
                throw new IOException("key=" + key + ", expected one behind " + keys.get(keys.size() - 1));
            }
            keys.add(key);
        }
        return List.copyOf(keys);
    }

    /** The same without shards that there never were: the header said another count then. */
    LossNote within(final int shardCount) {
        return new LossNote(missing.stream().filter(index -> index < shardCount).toList(), losses, isDamaged);
    }

    /** The same without what is there again: somebody has put it back before it was repaired. */
    LossNote without(final IntPredicate isShardThere, final Predicate<Loss> isThere) {
        return new LossNote(
                missing.stream().filter(index -> !isShardThere.test(index)).toList(),
                losses.stream().filter(noted -> !isThere.test(noted)).toList(),
                isDamaged);
    }

    /**
     * What is to be told now: what is found, and what was noted and cannot be found any more, as it was repaired; not
     * where all of it is found, be it in parts: what a checkpoint has of it, and what is behind that.
     */
    LossNote with(final Collection<Integer> missingNow, final Collection<Loss> found) {
        final TreeSet<Integer> all = new TreeSet<>(missing);
        all.addAll(missingNow);
        final Map<Integer, LostRanges> again = found.stream()
                .collect(Collectors.groupingBy(
                        Loss::shard,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Loss::range, Collectors.toList()), LostRanges::joined)));
        final Stream<Loss> repaired = losses.stream()
                .filter(noted ->
                        !again.getOrDefault(noted.shard(), LostRanges.NONE).include(noted.range()));
        return new LossNote(
                List.copyOf(all),
                Stream.concat(repaired, found.stream())
                        .sorted(Comparator.comparingInt(Loss::shard).thenComparingLong(Loss::firstSequence))
                        .toList(),
                false);
    }

    /** Whether nothing is lost. */
    boolean isNothing() {
        return missing.isEmpty() && losses.isEmpty();
    }

    /** What a shard has lost. */
    List<Loss> lossesOf(final int shard) {
        return losses.stream().filter(loss -> loss.shard() == shard).toList();
    }

    /** Writes it down where there is something to tell; on disk when this returns. */
    void write(final FileAccess files, final Path dataDirectory) {
        if (isNothing()) {
            return;
        }
        final Path file = file(dataDirectory);
        try {
            WholeFile.write(files, file, FileSeal.seal(bytes(), MAGIC, VERSION));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be made; check the disk and its free space", e);
        }
    }

    /** All of the file, but for its seal. */
    private byte[] bytes() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[FileSeal.LENGTH]);
        out.writeInt(missing.size());
        for (final int index : missing) {
            out.writeInt(index);
        }
        out.writeInt(losses.size());
        for (final Loss loss : losses) {
            out.writeInt(loss.shard());
            out.writeLong(loss.firstSequence());
            out.writeLong(loss.lastSequence());
            out.writeBoolean(loss.isPromised());
            out.writeBoolean(loss.isCovered());
            out.writeLong(loss.knownFromNs());
            out.writeLong(loss.knownToNs());
            out.writeLong(loss.validFromNs());
            out.writeLong(loss.validToNs());
            out.writeInt(loss.series().size());
            for (final String key : loss.series()) {
                out.writeUTF(key);
            }
        }
        return bytes.toByteArray();
    }

    /**
     * Takes it away, as it is being told. That is not forced: where it fails nothing may be told any more; where the
     * power fails it is told once more.
     */
    static void remove(final FileAccess files, final Path dataDirectory) {
        final Path file = file(dataDirectory);
        try {
            files.delete(file);
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file + ": cannot be deleted; check the disk", e);
        }
    }

    /**
     * The note as a damage: a recovery that was stopped.
     *
     * @throws IllegalStateException if another version has written it: that alone goes on with the recovery.
     */
    static List<Damage> damages(final Path dataDirectory) {
        final Path file = file(dataDirectory);
        if (!Presence.isThere(file)) {
            return List.of();
        }
        of(dataDirectory);
        return List.of(new Damage(file, 0, "what a recovery that was stopped has found lost", "no file"));
    }

    /**
     * Requires that no recovery was stopped before it could tell what is lost.
     *
     * @throws IllegalStateException if one was.
     */
    static void requireNone(final Path dataDirectory) {
        for (final Damage damage : damages(dataDirectory)) {
            throw new IllegalStateException(damage + "; run recover, or restore the directory from a backup");
        }
    }
}
