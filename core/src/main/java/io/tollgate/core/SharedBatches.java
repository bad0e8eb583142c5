package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which of the batches of several shards are whole: those whose end is in the logs of all of them. A process that is
 * killed while they are being logged leaves some that are not, and these count on no shard. The logs are read when it
 * is asked for the first time, which is only where a store is rebuilt, and from the oldest cut of a checkpoint on: what
 * is rebuilt from any of them asks for no batch before it. Control threads, one at a time.
 *
 * <p>A shard that has lost its checkpoints is rebuilt from further back than the logs of others go, which begin behind
 * the checkpoints of these: a batch before all those that such a log has was whole, since they start behind it.
 */
final class SharedBatches {
    private final List<ShardFolder> folders;
    private final FileAccess files;

    /** The shards whose logs have the end of a batch, a bit each, by its number. */
    private Optional<Long2LongHashMap> ends = Optional.empty();

    /** Shards that have lost part of their logs, and may have lost the ends of batches. */
    private long lossyShards;

    /**
     * The batches in the logs of all shards.
     *
     * @param folders of the shards, in their order.
     * @param files   to reach the logs through.
     */
    SharedBatches(final List<ShardFolder> folders, final FileAccess files) {
        this.folders = folders;
        this.files = files;
    }

    /**
     * Whether a batch counts of which one shard has the end.
     *
     * @param number of the batch.
     * @param shards that have a part of it, a bit each.
     */
    boolean isWhole(final long number, final long shards) {
        if (Long.bitCount(shards) <= 1) {
            return true;
        }
        if (ends.isEmpty()) {
            ends = Optional.of(survey());
        }
        return (shards & ~(ends.get().get(number) | lossyShards)) == 0;
    }

    private Long2LongHashMap survey() {
        final Long2LongHashMap found = new Long2LongHashMap(0);
        final long[] cut = CheckpointCut.oldest(folders);
        final List<List<Part>> parts = new ArrayList<>();
        long lateShards = 0;
        for (int i = 0; i < folders.size(); i++) {
            final Path log = folders.get(i).log();
            final long shard = 1L << i;
            final List<Part> ofShard = new ArrayList<>();
            if (Files.isDirectory(log)) {
                lateShards |= LogBegin.of(files, log).firstSequence() > cut[i] + 1 ? shard : 0;
                LogReader.survey(files, log, cut[i] + 1, (buffer, offset, length, sequence) -> {
                    final int type = OperationDescriptor.type(buffer, offset);
                    if (type == OperationDescriptor.BATCH_COMMIT) {
                        takeIn(found, ofShard, buffer, offset, shard);
                    } else if (type == OperationDescriptor.LOSS) {
                        lossyShards |= shard;
                    }
                });
            }
            parts.add(ofShard);
        }
        for (int i = 0; i < parts.size(); i++) {
            if ((lossyShards & 1L << i) != 0) {
                takeInDeleted(found, parts.get(i), lateShards);
            }
        }
        return found;
    }

    private static void takeIn(
            final Long2LongHashMap found,
            final List<Part> parts,
            final MutableDirectBuffer buffer,
            final int offset,
            final long shard) {
        final long shards = BatchOperation.shards(buffer, offset);
        if (Long.bitCount(shards) > 1) {
            final long number = BatchOperation.number(buffer, offset);
            found.put(number, found.get(number) | shard);
            parts.add(new Part(number, shards));
        }
    }

    /** Says of each log that begins late that it had the batches before the first of those which it still has. */
    private static void takeInDeleted(final Long2LongHashMap found, final List<Part> parts, final long lateShards) {
        long begunShards = 0;
        for (final Part part : parts) {
            final long here = found.get(part.number());
            begunShards |= here;
            found.put(part.number(), here | part.shards() & lateShards & ~begunShards);
        }
    }

    /** The end of a batch in the log of a shard, one of several. */
    private record Part(long number, long shards) {}
}
