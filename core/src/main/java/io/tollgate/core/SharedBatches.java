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

/**
 * Which of the batches of several shards count: those whose end is in the logs of all of them, or was there, as far as
 * can be told, before a part of a log was lost or deleted. A process that is killed while they are being logged leaves
 * some that are not whole, and these count on no shard. The logs are read when it is asked for the first time, which is
 * only where a store is rebuilt, and from the oldest cut of a checkpoint on: what is rebuilt from any of them asks for
 * no batch before it. Control threads, one at a time.
 *
 * <p>A shard that has lost its checkpoints is rebuilt from further back than the logs of others go, which begin behind
 * the checkpoints of these: what such a log had before is lost to it.
 */
final class SharedBatches {
    private final List<ShardFolder> folders;
    private final FileAccess files;
    private Optional<BatchOrder> order = Optional.empty();

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
        if (order.isEmpty()) {
            order = Optional.of(survey());
        }
        return order.get().standing(number);
    }

    private BatchOrder survey() {
        final BatchOrder found = new BatchOrder(folders.size());
        final long[] cut = CheckpointCut.oldest(folders);
        for (int i = 0; i < folders.size(); i++) {
            final Path log = folders.get(i).log();
            if (Files.isDirectory(log)) {
                survey(log, i, cut[i], found);
            }
            folders.get(i).checkpoints().stream()
                    .flatMap(checkpoint -> CheckpointCut.read(checkpoint).stream())
                    .filter(sequences -> sequences.length == folders.size())
                    .forEach(found::cut);
        }
        found.settle();
        return found;
    }

    private void survey(final Path log, final int shard, final long cut, final BatchOrder found) {
        final long begin = LogBegin.of(files, log).firstSequence();
        if (begin > 1) {
            found.lose(shard, 1, begin - 1);
        }
        final ReplayResult end = LogReader.survey(files, log, cut + 1, (buffer, offset, length, sequence) -> {
            final int type = OperationDescriptor.type(buffer, offset);
            if (type == OperationDescriptor.BATCH_COMMIT) {
                final long shards = BatchOperation.shards(buffer, offset);
                if (Long.bitCount(shards) > 1) {
                    found.end(shard, BatchOperation.number(buffer, offset), shards, sequence);
                }
            } else if (type == OperationDescriptor.LOSS) {
                found.lose(shard, sequence, LossOperation.lastSequence(buffer, offset));
            }
        });
        end.damages().stream()
                .filter(LogDamage::isLoss)
                .forEach(damage -> found.lose(shard, damage.firstMissing(), damage.lastMissing()));
    }
}
