package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.LossOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which of the batches of several shards count: those whose end is in the logs of all of them, or was there, as far as
 * can be told, before a part of a log was lost or deleted. A process that is killed while they are being logged leaves
 * some that are not whole, and these count on no shard. The logs are read when it is asked for the first time, which is
 * only where a store is rebuilt, and from the oldest cut of a checkpoint on: what is rebuilt from any of them asks for
 * no batch before it. They are read once more, for the order of all batches, where one is not whole and a log has lost
 * something. Control threads, one at a time.
 *
 * <p>A shard that has lost its checkpoints is rebuilt from further back than the logs of others go, which begin behind
 * the checkpoints of these: what such a log had before is lost to it.
 */
final class SharedBatches {
    private final List<ShardFolder> folders;
    private final FileAccess files;

    /** The shards whose logs have the end of a batch, a bit each, by its number. */
    private Optional<Long2LongHashMap> ends = Optional.empty();

    /** The shards whose logs have lost something, a bit each. */
    private long lossyShards;

    private Optional<BatchOrder> order = Optional.empty();

    /** What a log has of batches of several shards. */
    private interface Findings {
        void end(int shard, long number, long shards, long sequence);

        void lose(int shard, long firstSequence, long lastSequence);
    }

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
     * Whether a batch counts of which one shard has a part.
     *
     * @param number of the batch.
     * @param shards that have a part of it, a bit each.
     */
    BatchOrder.Standing standing(final long number, final long shards) {
        if (Long.bitCount(shards) <= 1) {
            return BatchOrder.Standing.WHOLE;
        }
        if (ends.isEmpty()) {
            ends = Optional.of(ends());
        }
        final long missing = shards & ~ends.get().get(number);
        if (missing == 0) {
            return BatchOrder.Standing.WHOLE;
        }
        if ((missing & ~lossyShards) != 0) {
            return BatchOrder.Standing.LOST;
        }
        if (order.isEmpty()) {
            order = Optional.of(order());
        }
        return order.get().standing(number);
    }

    private Long2LongHashMap ends() {
        final Long2LongHashMap found = new Long2LongHashMap(0);
        survey(new Findings() {
            @Override
            public void end(final int shard, final long number, final long shards, final long sequence) {
                found.put(number, found.get(number) | 1L << shard);
            }

            @Override
            public void lose(final int shard, final long firstSequence, final long lastSequence) {
                lossyShards |= 1L << shard;
            }
        });
        return found;
    }

    private BatchOrder order() {
        final BatchOrder found = new BatchOrder(folders.size());
        survey(new Findings() {
            @Override
            public void end(final int shard, final long number, final long shards, final long sequence) {
                found.end(shard, number, shards, sequence);
            }

            @Override
            public void lose(final int shard, final long firstSequence, final long lastSequence) {
                found.lose(shard, firstSequence, lastSequence);
            }
        });
        for (final ShardFolder folder : folders) {
            folder.checkpoints().stream()
                    .flatMap(checkpoint -> CheckpointCut.read(checkpoint).stream())
                    .filter(sequences -> sequences.length == folders.size())
                    .forEach(found::cut);
        }
        found.settle();
        return found;
    }

    private void survey(final Findings findings) {
        final long[] cut = CheckpointCut.oldest(folders);
        for (int i = 0; i < folders.size(); i++) {
            final Path log = folders.get(i).log();
            if (Files.isDirectory(log)) {
                survey(log, i, cut[i], findings);
            }
        }
    }

    private void survey(final Path log, final int shard, final long cut, final Findings findings) {
        final long begin = LogBegin.of(files, log).firstSequence();
        if (begin > 1) {
            findings.lose(shard, 1, begin - 1);
        }
        final ReplayResult end = LogReader.survey(files, log, cut + 1, (buffer, offset, length, sequence) -> {
            final int type = OperationDescriptor.type(buffer, offset);
            if (type == OperationDescriptor.BATCH_COMMIT) {
                final long shards = BatchOperation.shards(buffer, offset);
                if (Long.bitCount(shards) > 1) {
                    findings.end(shard, BatchOperation.number(buffer, offset), shards, sequence);
                }
            } else if (type == OperationDescriptor.LOSS) {
                findings.lose(shard, sequence, LossOperation.lastSequence(buffer, offset));
            }
        });
        end.damages().stream()
                .filter(LogDamage::isLoss)
                .forEach(damage -> findings.lose(shard, damage.firstMissing(), damage.lastMissing()));
    }
}
