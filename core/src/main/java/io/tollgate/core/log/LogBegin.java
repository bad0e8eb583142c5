package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.FileSeal;
import io.tollgate.core.file.OtherVersionException;
import io.tollgate.core.file.WholeFile;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Where a log begins whose old segments were deleted, and how much a store must include that is to be made of a log
 * which lacks something: a file {@code begin} beside the segments. There is none as long as the log has all of them,
 * and was never repaired behind a loss.
 *
 * <pre>
 *   +---------------------------------------------------------------+
 *  0|  magic "TGLOGBEG"                                             |
 *  8|  version (4 bytes), CRC-32C of all other bytes (4 bytes)      |
 * 16|  first sequence: that of a segment                            |
 * 24|  identity of the data directory                               |
 * 32|  needed sequence                                              |
 * 40|  number of the shard (4 bytes), 1 if repaired (4 bytes)       |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * <p>What a log lacks, because segments were deleted or something was lost, a checkpoint has that goes as far as the
 * needed sequence: without one no store is made, and none from the log alone. What was lost for good, and told, is not
 * needed. Where the file does not say that the log was repaired, nothing says of a loss in it whether it is needed: the
 * file was lost, and made anew as segments went.
 *
 * <p>The file is on disk before a segment goes, so what a process that is killed leaves is read alike whether the
 * segments before the beginning are there, some of them, or none: nobody reads them. Control threads, one at a time;
 * another may append meanwhile, and others read what is behind the beginning.
 *
 * @param firstSequence  that the log is to have, 1 where nothing was deleted, or the file is damaged.
 * @param neededSequence the last operation that a store must include which the log is to take further, 0 where it is
 *                       made of the log alone; the one before the first where the file says nothing else.
 * @param isRepaired     whether that is said of all that the log has lost.
 * @param directoryId    which data directory it is of; unknown where there is no file.
 * @param shard          of which shard; {@link #ANY_SHARD} where there is no file.
 * @param isDamaged      whether there is such a file, and it cannot be read, or says nothing of this log.
 */
public record LogBegin(
        long firstSequence, long neededSequence, boolean isRepaired, long directoryId, int shard, boolean isDamaged) {
    /** Where nothing tells, or asks, which shard a log is of. */
    public static final int ANY_SHARD = -1;

    private static final String FILE_NAME = "begin";
    private static final long MAGIC = 0x4745_4247_4F4C_4754L;
    private static final int VERSION = 1;

    private static final int DIRECTORY_ID_OFFSET = FileSeal.LENGTH + Long.BYTES;
    private static final int NEEDED_SEQUENCE_OFFSET = DIRECTORY_ID_OFFSET + Long.BYTES;
    private static final int SHARD_OFFSET = NEEDED_SEQUENCE_OFFSET + Long.BYTES;
    private static final int REPAIRED_OFFSET = SHARD_OFFSET + Integer.BYTES;
    private static final int LENGTH = REPAIRED_OFFSET + Integer.BYTES;

    /** Of another version, which is told from damage. */
    private static final int MAX_LENGTH = 1 << 10;

    private static final LogBegin NONE = new LogBegin(1, 0, false, DirectoryIdentity.UNKNOWN, ANY_SHARD, false);
    private static final LogBegin DAMAGED = damaged(DirectoryIdentity.UNKNOWN, ANY_SHARD);

    /**
     * The file in which a log says where it begins.
     *
     * @param directory of the log.
     * @return its path, whether it is there or not.
     */
    public static Path file(final Path directory) {
        return directory.resolve(FILE_NAME);
    }

    /**
     * Reads where a log begins.
     *
     * @param files     to reach the log through.
     * @param directory of the log, which may not be there.
     * @return the beginning.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static LogBegin of(final FileAccess files, final Path directory) {
        final ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH + 1);
        try (DataFile file = files.openForRead(file(directory))) {
            int read;
            do {
                read = file.read(bytes, bytes.position());
            } while (read > 0 && bytes.hasRemaining());
        } catch (final NoSuchFileException e) {
            return NONE;
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(directory) + " cannot be read: check the disk", e);
        }
        return decode(file(directory), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private static LogBegin damaged(final long directoryId, final int shard) {
        return new LogBegin(1, 0, false, directoryId, shard, true);
    }

    private static LogBegin decode(final Path file, final byte[] bytes) {
        if (bytes.length > MAX_LENGTH || !FileSeal.isWhole(bytes, MAGIC)) {
            return DAMAGED;
        }
        OtherVersionException.requireNone(file, bytes, VERSION);
        if (bytes.length != LENGTH) {
            return DAMAGED;
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        final long firstSequence = buffer.getLong(FileSeal.LENGTH);
        if (firstSequence < 1 || !OperationDescriptor.isSequence(firstSequence)) {
            return DAMAGED;
        }
        final long directoryId = buffer.getLong(DIRECTORY_ID_OFFSET);
        final int shard = buffer.getInt(SHARD_OFFSET);
        final boolean isRepaired = buffer.getInt(REPAIRED_OFFSET) != 0;
        final long neededSequence = buffer.getLong(NEEDED_SEQUENCE_OFFSET);
        final boolean isNeedPossible =
                neededSequence >= firstSequence - 1 && OperationDescriptor.isSequence(neededSequence);
        return shard < ANY_SHARD || !isNeedPossible
                ? DAMAGED
                : new LogBegin(firstSequence, neededSequence, isRepaired, directoryId, shard, false);
    }

    /**
     * Reads where a log begins that may be damaged: the file of another data directory or shard is taken for damaged.
     *
     * @param files     to reach the log through.
     * @param directory of the log, which may not be there.
     * @param logged    the identity of the log, unknown for what most of its segments say.
     * @param shard     that the log is of, or {@link #ANY_SHARD}.
     * @return the beginning, with the identity and the shard that the file has.
     * @throws OtherVersionException if another version has written it.
     * @throws UncheckedIOException  if the disk refuses.
     */
    public static LogBegin ofOwn(final FileAccess files, final Path directory, final long logged, final int shard) {
        final LogBegin found = of(files, directory);
        final long own = logged == DirectoryIdentity.UNKNOWN && found.directoryId != DirectoryIdentity.UNKNOWN
                ? DirectoryIdentity.ofMost(files, directory).stream()
                        .findFirst()
                        .orElse(DirectoryIdentity.UNKNOWN)
                : logged;
        return found.isOfAnother(own) || found.isOfAnotherShard(shard)
                ? damaged(found.directoryId, found.shard)
                : found;
    }

    /**
     * Whether the file is that of another data directory.
     *
     * @param logged the identity that the log has.
     * @return false also where one of them is not known.
     */
    public boolean isOfAnother(final long logged) {
        return DirectoryIdentity.areOfTwo(directoryId, logged);
    }

    /**
     * Whether the file is that of another shard.
     *
     * @param own the shard that the log is of, or {@link #ANY_SHARD}.
     * @return false also where one of them is not known.
     */
    public boolean isOfAnotherShard(final int own) {
        return shard != own && shard != ANY_SHARD && own != ANY_SHARD;
    }

    /**
     * Says what the log lacks.
     *
     * @return where it begins, or what is needed, and why.
     */
    public String lack() {
        return neededSequence < firstSequence
                ? "firstSequence=" + firstSequence + ", as older segments were deleted"
                : "neededSequence=" + neededSequence + ", as the log has lost what a checkpoint had";
    }

    /**
     * Says where a log begins, on disk when this returns; no segment goes.
     *
     * @param files         to reach the log through.
     * @param directory     of the log.
     * @param directoryId   which data directory it is of.
     * @param shard         of which shard.
     * @param firstSequence that it is to have, the first of a segment.
     * @throws UncheckedIOException if the disk refuses or is full; the log begins where it began.
     */
    public static void write(
            final FileAccess files,
            final Path directory,
            final long directoryId,
            final int shard,
            final long firstSequence) {
        new LogBegin(firstSequence, firstSequence - 1, false, directoryId, shard, false).write(files, directory);
    }

    /**
     * Says where a log begins that was repaired, and which of its losses are needed; on disk when this returns.
     *
     * @param files          to reach the log through.
     * @param directory      of the log.
     * @param directoryId    which data directory it is of.
     * @param shard          of which shard.
     * @param firstSequence  that it is to have, the first of a segment.
     * @param neededSequence the last of what is lost that a store has, the one before the first at least.
     * @throws UncheckedIOException if the disk refuses or is full.
     */
    public static void writeRepaired(
            final FileAccess files,
            final Path directory,
            final long directoryId,
            final int shard,
            final long firstSequence,
            final long neededSequence) {
        new LogBegin(firstSequence, neededSequence, true, directoryId, shard, false).write(files, directory);
    }

    /**
     * Says of a copy of the log what this says of it, if that is anything; on disk when this returns.
     *
     * @param files     to reach the copy through.
     * @param directory of the copy.
     * @param copyId    which data directory the copy is of.
     * @param copyShard of which shard.
     * @throws UncheckedIOException if the disk refuses or is full.
     */
    public void copyTo(final FileAccess files, final Path directory, final long copyId, final int copyShard) {
        if (firstSequence > 1 || isRepaired) {
            new LogBegin(firstSequence, neededSequence, isRepaired, copyId, copyShard, false).write(files, directory);
        }
    }

    private void write(final FileAccess files, final Path directory) {
        final byte[] bytes = new byte[LENGTH];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(FileSeal.LENGTH, firstSequence)
                .putLong(DIRECTORY_ID_OFFSET, directoryId)
                .putLong(NEEDED_SEQUENCE_OFFSET, neededSequence)
                .putInt(SHARD_OFFSET, shard)
                .putInt(REPAIRED_OFFSET, isRepaired ? 1 : 0);
        try {
            WholeFile.write(files, file(directory), FileSeal.seal(bytes, MAGIC, VERSION));
        } catch (final IOException e) {
            throw new UncheckedIOException("file=" + file(directory) + " cannot be written: check the disk", e);
        }
    }

    /**
     * Lets a log begin later: deletes the segments that hold nothing but what comes before. The segment in which that
     * ends stays.
     *
     * @param files     to reach the log through.
     * @param directory of the log.
     * @param shard     that it is of.
     * @param sequence  the last operation that is not needed any more.
     * @return how many segments were deleted, those that an earlier call had left included.
     * @throws UncheckedIOException if the disk refuses; what is left goes with the next call.
     */
    public static int advance(final FileAccess files, final Path directory, final int shard, final long sequence) {
        try {
            final LogBegin before = of(files, directory);
            final List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            long begin = before.firstSequence;
            for (final Path segment : segments) {
                final long first = firstSequence(files, segment);
                begin = first <= sequence + 1 ? Math.max(begin, first) : begin;
            }
            if (begin > before.firstSequence) {
                final long id = DirectoryIdentity.ofNewest(files, directory);
                final long needed = Math.max(begin - 1, before.neededSequence);
                new LogBegin(begin, needed, before.isRepaired, id, shard, false).write(files, directory);
            } else {
                // Whoever wrote that may have been refused by the disk.
                files.forceDirectory(directory);
            }
            return deleteBefore(files, directory, segments, begin);
        } catch (final IOException e) {
            throw new UncheckedIOException("log=" + directory + " cannot be shortened: check the disk", e);
        }
    }

    /**
     * Deletes the segments before the beginning that a process that was killed has left.
     *
     * @param files     to reach the log through.
     * @param directory of the log.
     * @param shard     that it is of.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static void finish(final FileAccess files, final Path directory, final int shard) {
        final long begin = of(files, directory).firstSequence();
        if (begin > 1) {
            advance(files, directory, shard, begin - 1);
        }
    }

    private static int deleteBefore(
            final FileAccess files, final Path directory, final List<Path> segments, final long begin)
            throws IOException {
        int end = 0;
        for (int i = 0; i < segments.size(); i++) {
            end = firstSequence(files, segments.get(i)) == begin ? i : end;
        }
        for (int i = 0; i < end; i++) {
            files.delete(segments.get(i));
        }
        if (end > 0) {
            files.forceDirectory(directory);
        }
        return end;
    }

    /** The first sequence of a segment; no sequence is behind a damaged one, or one that is not used yet. */
    private static long firstSequence(final FileAccess files, final Path segment) throws IOException {
        try (DataFile file = files.openForRead(segment);
                SegmentReader reader = new SegmentReader()) {
            reader.wrap(file, SegmentDescriptor.HEADER_LENGTH);
            return reader.headerFault(SegmentDescriptor.segmentIndex(segment)).isEmpty()
                    ? reader.buffer()
                            .getLong(reader.offset(0, SegmentDescriptor.HEADER_LENGTH)
                                    + SegmentDescriptor.FIRST_SEQUENCE_OFFSET)
                    : Long.MAX_VALUE;
        }
    }
}
